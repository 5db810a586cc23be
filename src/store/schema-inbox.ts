/** Tables of what comes in and when it is its turn. */
import type { Generated } from 'kysely';

interface DeliveryTable {
  guid: string;
  event: string;
  received_at: number;
}

/** One row for each lane with something in it; `error` is set while it backs off. */
interface LaneTable {
  id: string;
  repo: string;
  installation_id: number;
  run_at: number;
  token: string | null;
  lease_until: number;
  /** Newest input that the holder of the lease was given. */
  taken_seq: number;
  attempts: number;
  /** Workers in a row that did not live to end their lease. */
  lost: number;
  error: string | null;
  /** Its place in the line; null until it is due, and again once it is leased. */
  round: number | null;
  place: number | null;
}

/** `turn`: the first round of the line in which the repository has no lane yet. */
interface RepoTurnTable {
  repo: string;
  turn: number;
}

interface InputTable {
  seq: Generated<number>;
  lane: string;
  guid: string;
  event: string;
  body: string;
  at: number;
}

interface ParkedTable {
  seq: number;
  lane: string;
  repo: string;
  installation_id: number;
  guid: string;
  event: string;
  body: string;
  error: string;
  parked_at: number;
  attempts: Generated<number>;
}

interface HeadTable {
  repo: string;
  sha: string;
  number: number;
  seen_at: number;
}

interface TimerTable {
  lane: string;
  why: string;
  repo: string;
  installation_id: number;
  due_at: number;
}

interface CronTable {
  name: string;
  slot: number;
}

/** How far GitHub's list of deliveries was read; one row. `read_at` is when the last one that was ended began. */
interface HookReadingTable {
  id: number;
  seen_id: string | null;
  seen_at: number | null;
  token: string | null;
  lease_until: number;
  began_at: number;
  read_at: number;
}

/** What an installation's writes took of GitHub's limits: `<epoch ms>*<units>`, in order, comma between. */
interface PaceTable {
  installation_id: number;
  taken: string;
  blocked_until: number;
  /** After that, nothing in the row matters any more. */
  kept_until: number;
}

export interface InboxTables {
  delivery: DeliveryTable;
  lane: LaneTable;
  repo_turn: RepoTurnTable;
  input: InputTable;
  parked: ParkedTable;
  head: HeadTable;
  timer: TimerTable;
  cron: CronTable;
  pace: PaceTable;
  hook_reading: HookReadingTable;
}
