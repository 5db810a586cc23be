/** Migration 5: plans of sub-issues, by their parent (B3). */

import type { Migration } from './index.ts';

export const plans: Migration = () => [
  `create table batch_plan (
    repo text not null, number integer not null, ended integer not null, data text not null,
    primary key (repo, number))`,
];
