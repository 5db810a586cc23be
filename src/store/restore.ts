/** Puts what a rebuild found on GitHub into the ledger, in one transaction, and lets the board look at it. */
import type { SessionLedger } from '../model/facts.ts';
import type { Restoration, Restored } from '../model/rebuild.ts';
import { boardLane, type RepoName, subjectLane } from '../model/repo.ts';
import type { Session } from '../model/session.ts';
import { type RecordEffect, record } from './effects.ts';
import type { Engine, Tx } from './engine.ts';
import { writeWork } from './engine.ts';
import { saveHeads } from './heads.ts';
import { touchLanes } from './lanes.ts';
import { REPOSITORY_ITSELF } from './repositories.ts';
import { rowOf } from './save-session.ts';
import { sessionLedgers } from './session-ledgers.ts';
import { type Wake, wake } from './wake.ts';

/** Thrown to undo the transaction of a dry run. */
class OnlyTried extends Error {
  readonly restored: Restored;

  constructor(restored: Restored) {
    super('a dry run');
    this.restored = restored;
  }
}

export async function restore(engine: Engine, restoration: Restoration, dryRun: boolean): Promise<Restored> {
  try {
    const { restored } = await writeWork(engine, async (tx) => {
      const done = await restoreAll(engine, tx, restoration);
      if (dryRun) throw new OnlyTried(done.restored);
      return done;
    });
    return restored;
  } catch (error) {
    if (error instanceof OnlyTried) return error.restored;
    throw error;
  }
}

/** Row locks in the order of a commit: the repository, heads, lanes, then the ledger's own rows. */
async function restoreAll(engine: Engine, tx: Tx, given: Restoration): Promise<{ restored: Restored; added: boolean }> {
  const { repo, installationId, sessions } = given;
  await saveRepository(tx, given);
  const heads = sessions.flatMap(({ pulls }) => pulls.map(({ headSha: sha, number }) => ({ repo, sha, number })));
  await saveHeads(engine, tx, heads);
  const wakes = wakesOf(given);
  await touchLanes(
    engine,
    tx,
    wakes.map(({ lane }) => ({ lane, repo, installationId })),
  );
  const known = new Map(
    (await sessionLedgers({ db: tx }, repo, (eb) => eb.lit(true))).map((each) => [each.session.number, each]),
  );
  const restored: Restored = { written: [], kept: [] };
  for (const found of sessions) {
    const { number } = found.session;
    const stored = known.get(number);
    const keeps = stored !== undefined && newest(stored) >= newest(found);
    if (!keeps) await writeSession(tx, found, stored ?? null);
    await rememberMissing(tx, repo, number, found.artefacts);
    (keeps ? restored.kept : restored.written).push(number);
  }
  await writeRest(tx, given);
  let added = false;
  for (const look of wakes) added = (await wake(engine, tx, installationId, look)) || added;
  return { restored, added };
}

/** The board heals what is open; what is over is nobody's to look at unless someone says so. */
function wakesOf({ repo, look }: Restoration): Wake[] {
  return [
    { kind: 'wake', lane: boardLane(repo), why: 'rebuilt', board: 'installed' },
    ...look.map((number): Wake => ({ kind: 'wake', lane: subjectLane(repo, number), why: 'rebuilt' })),
  ];
}

async function saveRepository(tx: Tx, { repo, installationId, files }: Restoration): Promise<void> {
  const row = { installation_id: installationId, ...(files ? { files: JSON.stringify(files) } : {}) };
  await tx
    .insertInto('repository')
    .values({ name: repo, files: '{}', ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
}

/** The last thing that happened to it, ISO 8601. */
function newest({ session, transitions, worklog }: SessionLedger): string {
  const { plannedAt, startedAt, endedAt } = session;
  const times = [plannedAt, startedAt ?? '', endedAt ?? '', ...[...transitions, ...worklog].map(({ at }) => at)];
  return times.sort().at(-1) ?? plannedAt;
}

/** @param stored an older row of it; its version is continued, so that nobody who read it can write after us */
async function writeSession(tx: Tx, found: SessionLedger, stored: SessionLedger | null): Promise<void> {
  const { session, pulls, transitions, worklog } = found;
  const version = Math.max((stored?.session.version ?? 0) + 1, session.version);
  const row = rowOf({ ...session, id: await freeId(tx, session), version });
  await tx
    .insertInto('session')
    .values(row)
    .onConflict((on) => on.columns(['repo', 'number']).doUpdateSet(row))
    .execute();
  const effects: RecordEffect[] = [
    ...pulls.map((pull) => ({ kind: 'pull.save', pull }) as const),
    ...transitions.map((transition) => ({ kind: 'transition.add', transition }) as const),
    ...worklog.map((entry) => ({ kind: 'worklog.add', entry }) as const),
  ];
  for (const effect of effects) await record(tx, effect);
}

/** Two cards can only name one id when somebody wrote into them; the one that is later gets its number behind it. */
async function freeId(tx: Tx, { repo, number, id }: Session): Promise<string> {
  const rival = await tx
    .selectFrom('session')
    .select('number')
    .where('repo', '=', repo)
    .where('id', '=', id)
    .where('number', '!=', number)
    .executeTakeFirst();
  return rival ? `${id}-${number}` : id;
}

async function writeRest(tx: Tx, { repo, artefacts, cycles, done }: Restoration): Promise<void> {
  await rememberMissing(tx, repo, REPOSITORY_ITSELF, artefacts);
  for (const cycle of cycles) {
    const { day, number } = cycle;
    await tx
      .insertInto('cycle')
      .values({ repo, day, number, data: JSON.stringify(cycle) })
      .onConflict((on) => on.columns(['repo', 'day']).doNothing())
      .execute();
  }
  for (const { commentId, line } of done) await record(tx, { kind: 'command.done', repo, commentId, line });
}

/** What the ledger remembers itself it has seen later than the rebuild did. */
async function rememberMissing(tx: Tx, repo: RepoName, number: number, artefacts: Record<string, string>): Promise<void> {
  const rows = Object.entries(artefacts).map(([role, id]) => ({ repo, number, role, id }));
  if (rows.length === 0) return;
  await tx
    .insertInto('artefact')
    .values(rows)
    .onConflict((on) => on.columns(['repo', 'number', 'role']).doNothing())
    .execute();
}
