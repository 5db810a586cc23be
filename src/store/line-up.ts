/** Gives each lane that has become due its place in the line, so that handing one out costs the same however many wait (A4). */
import { sql } from 'kysely';
import type { LaneKey, RepoName } from '../model/repo.ts';
import { IS_SOUND, WANTS_AT } from './due-lanes.ts';
import type { Engine, Tx } from './engine.ts';

/** So many at once: enough to keep ahead of the workers, few enough that no lease waits for it. */
const OLDEST = 400;
/** Behind more than that, what has just come still finds its round at once: it need not be the noisy one's. */
const NEWEST = 100;

interface Due {
  id: LaneKey;
  repo: RepoName;
  installation_id: number;
  run_at: number;
  /** The oldest input: who came first goes first. */
  oldest: number;
}

/**
 * Start-time fair queueing (Goyal, Vin, Cheng 1996), a repository being a flow: its lanes stand in rounds one after
 * another, and a repository that comes new joins the round that is being served, not the end of the line.
 * @returns all that are due where there is room for them and nobody stands in line; null when a line stands
 */
export async function lineUp(engine: Engine, tx: Tx, room: number): Promise<LaneKey[] | null> {
  const oldest = await newlyDue(engine, tx, 'asc', OLDEST);
  if (oldest.length === 0) return null;
  if (oldest.length <= room && !(await someoneWaits(tx)))
    return oldest.toSorted((a, b) => a.oldest - b.oldest).map(({ id }) => id);
  const newest = oldest.length < OLDEST ? [] : await newlyDue(engine, tx, 'desc', NEWEST);
  const due = [...new Map([...oldest, ...newest].map((lane) => [lane.id, lane])).values()];
  const byRepo = Map.groupBy(
    due.toSorted((a, b) => a.oldest - b.oldest),
    ({ repo }) => repo,
  );
  const starts = await takeRounds(tx, byRepo);
  const rows = [...byRepo].flatMap(([repo, lanes]) =>
    lanes.map(({ oldest, ...lane }, index) => ({ ...lane, round: (starts.get(repo) ?? 0) + index, place: oldest })),
  );
  // All of them are there and ours: each row conflicts. It is one statement on both engines.
  await tx
    .insertInto('lane')
    .values(rows.map((row) => ({ ...row, lease_until: 0, taken_seq: 0, attempts: 0, lost: 0 })))
    .onConflict((on) =>
      on.column('id').doUpdateSet((eb) => ({ round: eb.ref('excluded.round'), place: eb.ref('excluded.place') })),
    )
    .execute();
  return null;
}

async function someoneWaits(tx: Tx): Promise<boolean> {
  const first = await tx.selectFrom('lane').select('id').where('round', 'is not', null).limit(1).executeTakeFirst();
  return first !== undefined;
}

function newlyDue(engine: Engine, tx: Tx, order: 'asc' | 'desc', limit: number): Promise<Due[]> {
  return tx
    .selectFrom('lane')
    .select((eb) => [
      'id',
      'repo',
      'installation_id',
      'run_at',
      eb.fn
        .coalesce(
          eb
            .selectFrom('input')
            .whereRef('input.lane', '=', 'lane.id')
            .select((of) => of.fn.min('input.seq').as('seq')),
          sql<number>`0`,
        )
        .as('oldest'),
    ])
    .where(WANTS_AT, '<=', engine.now())
    .where(IS_SOUND)
    .orderBy(WANTS_AT, order)
    .limit(limit)
    .$if(engine.rowLocks, (query) => query.forUpdate('lane').skipLocked())
    .execute();
}

/** @returns the first of the rounds that each repository gets, one for each of its lanes. */
async function takeRounds(tx: Tx, byRepo: Map<RepoName, Due[]>): Promise<Map<RepoName, number>> {
  const { now } = await tx
    .selectNoFrom((eb) => [
      eb.fn
        .coalesce(
          eb
            .selectFrom('lane')
            .where('round', 'is not', null)
            .select((of) => of.fn.min('round').as('round')),
          eb.selectFrom('repo_turn').select((of) => of.fn.max('turn').as('turn')),
          sql<number>`1`,
        )
        .as('now'),
    ])
    .executeTakeFirstOrThrow();
  // Who was not served in this round yet still takes part in it.
  const served = Number(now) - 1;
  const taken = await tx
    .insertInto('repo_turn')
    .values([...byRepo.keys()].sort().map((repo) => ({ repo, turn: served + (byRepo.get(repo)?.length ?? 0) })))
    .onConflict((on) =>
      on.column('repo').doUpdateSet((eb) => ({
        turn: eb
          .case()
          .when('repo_turn.turn', '>', served)
          .then(sql<number>`repo_turn.turn + excluded.turn - ${sql.lit(served)}`)
          .else(eb.ref('excluded.turn'))
          .end(),
      })),
    )
    .returning(['repo', 'turn'])
    .execute();
  return new Map(taken.map(({ repo, turn }) => [repo, turn - (byRepo.get(repo)?.length ?? 0)]));
}
