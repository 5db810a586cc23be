/** Migration 7: how far GitHub's delivery list was read back, and how often a parked input had been tried (A1, A2). */

import type { Migration } from './index.ts';

/** One row from the beginning: a reading is claimed by changing it. */
export const missedDeliveries: Migration = () => [
  `create table hook_reading (
    id integer primary key, seen_id text, seen_at bigint, token text, lease_until bigint not null default 0,
    began_at bigint not null default 0, read_at bigint not null default 0)`,
  'insert into hook_reading (id) values (1)',
  'alter table parked add column attempts integer not null default 0',
];
