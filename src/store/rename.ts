/** A repository has a new name: everything that is kept under the old one follows, in one transaction. */
import { sql } from 'kysely';
import type { RepoName } from '../model/repo.ts';
import type { Engine, Tx } from './engine.ts';
import { addInputs, touchLanes } from './lanes.ts';
import { moveTimers } from './timers.ts';

/** Tables whose rows belong to a repository, with the columns that tell its rows apart. */
const KEYED = [
  ['session', ['number']],
  ['pull', ['number']],
  ['scan', ['number']],
  ['pull_detail', ['number']],
  ['check_seen', ['sha', 'name', 'outcome']],
  ['batch_plan', ['number']],
  ['artefact', ['number', 'role']],
  ['command_done', ['comment_id', 'line_digest']],
  ['cycle', ['day']],
  ['head', ['sha', 'number']],
  ['transition', ['number', 'at', 'from_state', 'to_state']],
  ['worklog', ['number', 'key_digest']],
] as const;

/** Of these, tables whose `data` names the repository once more. */
const WITH_DATA = new Set(['session', 'transition', 'worklog', 'pull', 'pull_detail', 'check_seen', 'cycle', 'batch_plan']);

/** Every table with a `repo` column. */
const BY_REPO = [...KEYED.map(([table]) => table), 'board_page', 'timer', 'repo_turn', 'parked', 'lane'];

/**
 * Where both names have a row, the old name's stays: it holds the history, the other was begun by an event that came
 * before the news. Work in lanes waits on under the new name; who holds a lease of the old one has lost it.
 * @param installationId the one of the new name's owner; null: the same as before
 * @returns whether work now waits under the new name
 */
export async function renameIn(
  engine: Engine,
  tx: Tx,
  from: RepoName,
  to: RepoName,
  installationId: number | null,
): Promise<boolean> {
  if (from === to || !(await isKept(tx, from))) return false;
  await moveRepository(tx, from, to, installationId);
  for (const [table, key] of KEYED) await moveRows(tx, table, key, from, to);
  // They hold addresses under the old name.
  await tx.deleteFrom('board_page').where('repo', 'in', [from, to]).execute();
  await moveCron(tx, from, to);
  await moveTimers(tx, from, to, installationId);
  await tx.deleteFrom('repo_turn').where('repo', '=', from).execute();
  await sql`update parked set repo = ${to}, lane = ${renamed('lane', from, to)} where repo = ${from}`.execute(tx);
  return moveLanes(engine, tx, from, to, installationId);
}

/** Of most repositories nothing is kept: their news costs one look in the transaction that takes it in. */
async function isKept(tx: Tx, repo: RepoName): Promise<boolean> {
  const looks = [
    ...BY_REPO.map((table) => sql`select 1 from ${sql.table(table)} where repo = ${repo}`),
    sql`select 1 from repository where name = ${repo}`,
    sql`select 1 from cron where name = ${slotName(repo)}`,
  ];
  const { rows } = await sql`select 1 where exists (${sql.join(looks, sql`) or exists (`)})`.execute(tx);
  return rows.length > 0;
}

const slotName = (repo: RepoName): string => `sweep:${repo}`;

async function moveRepository(tx: Tx, from: RepoName, to: RepoName, installationId: number | null): Promise<void> {
  const known = await tx.selectFrom('repository').select('name').where('name', '=', from).executeTakeFirst();
  if (!known) return;
  await tx.deleteFrom('repository').where('name', '=', to).execute();
  const installed = installationId === null ? {} : { installation_id: installationId };
  await tx
    .updateTable('repository')
    .set({ name: to, ...installed })
    .where('name', '=', from)
    .execute();
}

async function moveRows(tx: Tx, table: string, key: readonly string[], from: RepoName, to: RepoName): Promise<void> {
  const same = sql.join(
    key.map((column) => sql`old.${sql.ref(column)} = ${sql.table(table)}.${sql.ref(column)}`),
    sql` and `,
  );
  const rows = sql.table(table);
  await sql`delete from ${rows} where repo = ${to} and exists
    (select 1 from ${rows} as old where old.repo = ${from} and ${same})`.execute(tx);
  if (table === 'session') {
    // An id belongs to one session of a repository.
    await sql`delete from session where repo = ${to} and id in (select id from session where repo = ${from})`.execute(tx);
  }
  const [old, now] = [from, to].map((name) => `"repo":${JSON.stringify(name)}`);
  const data = WITH_DATA.has(table) ? sql`, data = replace(data, ${old}, ${now})` : sql``;
  await sql`update ${rows} set repo = ${to}${data} where repo = ${from}`.execute(tx);
}

async function moveCron(tx: Tx, from: RepoName, to: RepoName): Promise<void> {
  const [old, now] = [slotName(from), slotName(to)];
  const slot = await tx.selectFrom('cron').select('slot').where('name', '=', old).executeTakeFirst();
  if (!slot) return;
  await tx.deleteFrom('cron').where('name', '=', now).execute();
  await tx.updateTable('cron').set({ name: now }).where('name', '=', old).execute();
}

/** Inputs get new numbers: the holder of a lane of the new name ends its work by number, and has not seen these. */
async function moveLanes(engine: Engine, tx: Tx, from: RepoName, to: RepoName, installationId: number | null): Promise<boolean> {
  const lanes = await tx.selectFrom('lane').select(['id', 'installation_id']).where('repo', '=', from).orderBy('id').execute();
  if (lanes.length === 0) return false;
  const installations = new Map(lanes.map((lane) => [lane.id, lane.installation_id]));
  const ids = [...installations.keys()];
  const rows = await tx.selectFrom('input').selectAll().where('lane', 'in', ids).orderBy('seq').execute();
  const inputs = rows.map(({ lane, guid, event, body }) => ({
    lane: to + lane.slice(from.length),
    repo: to,
    installationId: installationId ?? installations.get(lane) ?? 0,
    guid,
    event,
    body,
  }));
  await tx.deleteFrom('input').where('lane', 'in', ids).execute();
  await tx.deleteFrom('lane').where('id', 'in', ids).execute();
  await touchLanes(engine, tx, inputs);
  await addInputs(engine, tx, inputs);
  return inputs.length > 0;
}

function renamed(column: string, from: RepoName, to: RepoName) {
  return sql`cast(${to} as text) || substr(${sql.ref(column)}, ${sql.lit(from.length + 1)})`;
}
