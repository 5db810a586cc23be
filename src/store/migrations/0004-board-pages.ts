/** Migration 4: pages of a big board, so that a sweep cut short goes on from where it was (W1). */

import type { Migration } from './index.ts';

export const boardPages: Migration = () => [
  `create table board_page (
    repo text not null, page integer not null, day text not null, shape text not null, at bigint not null, data text not null,
    primary key (repo, page))`,
];
