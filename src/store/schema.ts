/** The tables as the newest migration leaves them. Times are epoch milliseconds, flags 0 or 1, `data` and `body` JSON. */
import type { InboxTables } from './schema-inbox.ts';
import type { LedgerTables } from './schema-ledger.ts';

interface HeartbeatTable {
  id: number;
  at: number;
  /** So much as a group of webhooks takes; null on PostgreSQL. */
  room: string | null;
}

export interface Tables extends InboxTables, LedgerTables {
  heartbeat: HeartbeatTable;
  schema_version: { version: number; applied_at: number };
  /** One row for each migration that older releases cannot live with: how many migrations a release must know. */
  schema_floor: { version: number; oldest: number; why: string };
}
