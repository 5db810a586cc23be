/** The tables as the newest migration leaves them. Times are epoch milliseconds, flags 0 or 1, `data` and `body` JSON. */
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

interface SessionTable {
  repo: string;
  number: number;
  id: string;
  branch: string;
  state: string;
  fast_lane: number;
  blocked: number;
  planned_at: number;
  ended_at: number | null;
  version: number;
  data: string;
}

interface TransitionTable {
  seq: Generated<number>;
  repo: string;
  number: number;
  /** Empty for the birth, so that the unique key holds. */
  from_state: string;
  to_state: string;
  at: number;
  data: string;
}

interface WorklogTable {
  seq: Generated<number>;
  repo: string;
  number: number;
  /** Digest of the entry's key: the key itself may be longer than an index takes. */
  key_digest: string;
  at: number;
  data: string;
}

interface PullTable {
  repo: string;
  number: number;
  session: number | null;
  head_sha: string;
  state: string;
  data: string;
}

interface ScanTable {
  repo: string;
  number: number;
  data: string;
}

interface PullDetailTable {
  repo: string;
  number: number;
  data: string;
}

interface CheckSeenTable {
  repo: string;
  sha: string;
  name: string;
  outcome: string;
  at: number;
  data: string;
}

interface TimerTable {
  lane: string;
  why: string;
  repo: string;
  installation_id: number;
  due_at: number;
}

interface ArtefactTable {
  repo: string;
  number: number;
  role: string;
  id: string;
}

interface CommandDoneTable {
  repo: string;
  comment_id: string;
  line_digest: string;
  line: string;
}

interface CycleTable {
  repo: string;
  day: string;
  number: number;
  data: string;
}

/** Pages of a board in the middle of being read; `data` is deflated JSON in base64. */
interface BoardPageTable {
  repo: string;
  page: number;
  day: string;
  shape: string;
  at: number;
  data: string;
}

/** Plans of sub-issues; `number` is the parent's. */
interface BatchPlanTable {
  repo: string;
  number: number;
  ended: number;
  data: string;
}

interface RepositoryTable {
  name: string;
  installation_id: number;
  /** JSON object: path to text. */
  files: string;
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

interface HeartbeatTable {
  id: number;
  at: number;
  /** So much as a group of webhooks takes; null on PostgreSQL. */
  room: string | null;
}

export interface Tables {
  delivery: DeliveryTable;
  lane: LaneTable;
  repo_turn: RepoTurnTable;
  input: InputTable;
  parked: ParkedTable;
  head: HeadTable;
  session: SessionTable;
  transition: TransitionTable;
  worklog: WorklogTable;
  pull: PullTable;
  scan: ScanTable;
  pull_detail: PullDetailTable;
  timer: TimerTable;
  check_seen: CheckSeenTable;
  artefact: ArtefactTable;
  command_done: CommandDoneTable;
  cycle: CycleTable;
  board_page: BoardPageTable;
  batch_plan: BatchPlanTable;
  repository: RepositoryTable;
  cron: CronTable;
  pace: PaceTable;
  heartbeat: HeartbeatTable;
  hook_reading: HookReadingTable;
  schema_version: { version: number; applied_at: number };
  /** One row for each migration that older releases cannot live with: how many migrations a release must know. */
  schema_floor: { version: number; oldest: number; why: string };
}
