/** Migration 6: how often in a row a lane lost its worker, so that what kills its worker is handled alone, then parked (A1). */

import type { Migration } from './index.ts';

export const lostLeases: Migration = () => [
  'alter table lane add column lost integer not null default 0',
  'create index lane_lost on lane (lost) where lost > 0',
];
