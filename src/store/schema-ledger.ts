/** Tables of what is known: sessions, pull requests, configuration, what was written. */
import type { Generated } from 'kysely';

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

export interface LedgerTables {
  session: SessionTable;
  transition: TransitionTable;
  worklog: WorklogTable;
  pull: PullTable;
  scan: ScanTable;
  pull_detail: PullDetailTable;
  check_seen: CheckSeenTable;
  artefact: ArtefactTable;
  command_done: CommandDoneTable;
  cycle: CycleTable;
  board_page: BoardPageTable;
  batch_plan: BatchPlanTable;
  repository: RepositoryTable;
}
