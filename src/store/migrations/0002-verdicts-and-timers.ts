/** Migration 2: verdicts with what they were made of, and lanes to be woken later. */

import type { Migration } from './index.ts';

export const verdictsAndTimers: Migration = () => [
  'create table pull_detail (repo text not null, number integer not null, data text not null, primary key (repo, number))',
  `create table timer (
    lane text not null, why text not null, repo text not null, installation_id bigint not null, due_at bigint not null,
    primary key (lane, why))`,
  'create index timer_due on timer (due_at)',
];
