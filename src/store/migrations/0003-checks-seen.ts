/** Migration 3: outcomes of checks as they were seen, for flaky ones and for trends (W10). */

import type { Migration } from './index.ts';

export const checksSeen: Migration = () => [
  `create table check_seen (
    repo text not null, sha text not null, name text not null, outcome text not null, at bigint not null, data text not null,
    primary key (repo, sha, name, outcome))`,
  'create index check_seen_at on check_seen (repo, at)',
];
