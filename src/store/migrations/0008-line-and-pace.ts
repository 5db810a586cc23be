/** Migration 8: a line for due lanes that is not sorted anew for each lease; GitHub's limits held over all replicas (A4, A5). */

import type { Migration } from './index.ts';

/** `round` and `place` are null until a lane is due and stands in the line. An older release lets them be. */
export const lineAndPace: Migration = () => [
  'alter table lane add column round bigint',
  'alter table lane add column place bigint',
  'create index lane_line on lane (round, place) where round is not null',
  `create index lane_wants on lane
    ((case when round is not null then null when run_at > lease_until then run_at else lease_until end))`,
  'create index repo_turn_turn on repo_turn (turn)',
  `create table pace (
    installation_id bigint primary key, taken text not null, blocked_until bigint not null default 0, kept_until bigint not null)`,
  'create index pace_kept on pace (kept_until)',
];
