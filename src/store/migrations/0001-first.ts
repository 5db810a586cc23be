/** Migration 1: inbox, lanes, ledger. Never edited once released. */

import type { Migration } from './index.ts';

export const first: Migration = ({ sequence }) => [
  'create table delivery (guid text primary key, event text not null, received_at bigint not null)',
  'create index delivery_received on delivery (received_at)',
  `create table lane (
    id text primary key, repo text not null, installation_id bigint not null, run_at bigint not null,
    token text, lease_until bigint not null default 0, taken_seq bigint not null default 0,
    attempts integer not null default 0, error text)`,
  'create table repo_turn (repo text primary key, turn bigint not null)',
  `create table input (
    seq ${sequence}, lane text not null, guid text not null, event text not null, body text not null, at bigint not null)`,
  'create index input_lane on input (lane, seq)',
  `create table parked (
    seq bigint primary key, lane text not null, repo text not null, installation_id bigint not null,
    guid text not null, event text not null, body text not null, error text not null, parked_at bigint not null)`,
  `create table head (
    repo text not null, sha text not null, number integer not null, seen_at bigint not null,
    primary key (sha, repo, number))`,
  `create table session (
    repo text not null, number integer not null, id text not null, branch text not null, state text not null,
    fast_lane integer not null, blocked integer not null, planned_at bigint not null, ended_at bigint,
    version integer not null, data text not null, primary key (repo, number), unique (repo, id))`,
  'create index session_state on session (repo, state)',
  'create index session_branch on session (repo, branch)',
  'create index session_ended on session (repo, ended_at)',
  `create table transition (
    seq ${sequence}, repo text not null, number integer not null, from_state text not null, to_state text not null,
    at bigint not null, data text not null, unique (repo, number, at, from_state, to_state))`,
  `create table worklog (
    seq ${sequence}, repo text not null, number integer not null, key_digest text not null, at bigint not null,
    data text not null, unique (repo, number, key_digest))`,
  'create index worklog_at on worklog (repo, at)',
  `create table pull (
    repo text not null, number integer not null, session integer, head_sha text not null, state text not null,
    data text not null, primary key (repo, number))`,
  'create index pull_session on pull (repo, session)',
  'create table scan (repo text not null, number integer not null, data text not null, primary key (repo, number))',
  `create table artefact (
    repo text not null, number integer not null, role text not null, id text not null, primary key (repo, number, role))`,
  `create table command_done (
    repo text not null, comment_id text not null, line_digest text not null, line text not null,
    primary key (repo, comment_id, line_digest))`,
  `create table cycle (
    repo text not null, day text not null, number integer not null, data text not null, primary key (repo, day))`,
  'create table repository (name text primary key, installation_id bigint not null, files text not null)',
  'create table cron (name text primary key, slot bigint not null)',
  'create table heartbeat (id integer primary key, at bigint not null)',
];
