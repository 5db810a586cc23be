/** Writes all ledger effects of one decision, or none, and only while the lease holds (fencing). */

import { sql } from 'kysely';
import type { LedgerEffect } from '../model/effect.ts';
import { record } from './effects.ts';
import type { Engine, Tx } from './engine.ts';
import { writeWork } from './engine.ts';
import { saveHeads } from './heads.ts';
import type { Lease } from './inbox-types.ts';
import { touchLanes } from './lanes.ts';
import { held } from './lease.ts';
import { setTimer } from './timers.ts';
import type { Wake } from './wake.ts';
import { repoOf, wake } from './wake.ts';

type Refusal = 'stale' | 'lease-lost';

/** Thrown to undo the transaction. */
class Refused extends Error {
  readonly why: Refusal;

  constructor(why: Refusal) {
    super(why);
    this.why = why;
  }
}

export async function commit(engine: Engine, lease: Lease, effects: LedgerEffect[]): Promise<'done' | Refusal> {
  try {
    await writeWork(engine, async (tx) => ({ added: await recordAll(engine, tx, lease, effects) }));
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.why;
    throw error;
  }
}

/** Row locks in the order that receiving takes them too (heads, lanes), after the repository's own. */
async function recordAll(engine: Engine, tx: Tx, lease: Lease, effects: LedgerEffect[]): Promise<boolean> {
  const installationId = await lockRepository(tx, lease);
  const wakes = effects.filter((effect): effect is Wake => effect.kind === 'wake' && effect.at === undefined);
  const pulls = effects.flatMap((effect) => (effect.kind === 'pull.save' ? [effect.pull] : []));
  await saveHeads(
    engine,
    tx,
    pulls.map(({ repo, headSha: sha, number }) => ({ repo, sha, number })),
  );
  if (wakes.length > 0) {
    const lanes = [lease.lane, ...wakes.map((each) => each.lane)];
    await touchLanes(
      engine,
      tx,
      lanes.map((lane) => ({ lane, repo: repoOf(lane), installationId })),
    );
  }
  if (!(await held(engine, tx, lease))) throw new Refused('lease-lost');
  let added = false;
  for (const effect of effects) {
    if (effect.kind === 'wake' && effect.at !== undefined) await setTimer(tx, installationId, { ...effect, at: effect.at });
    else if (effect.kind === 'wake') added = (await wake(engine, tx, installationId, effect)) || added;
    else if (!(await record(tx, effect))) throw new Refused('stale');
  }
  return added;
}

/**
 * Makes commits of one repository follow one another: slots are counted and taken in one step (L4).
 * @returns the installation's id
 */
async function lockRepository(tx: Tx, { lane, token }: Lease): Promise<number> {
  const row = await tx
    .insertInto('repository')
    .columns(['name', 'installation_id', 'files'])
    .expression((eb) =>
      eb
        .selectFrom('lane')
        .select(['repo', 'installation_id', sql<string>`cast('{}' as text)`.as('files')])
        .where('id', '=', lane)
        .where('token', '=', token),
    )
    .onConflict((on) => on.column('name').doUpdateSet((eb) => ({ installation_id: eb.ref('excluded.installation_id') })))
    .returning('installation_id')
    .executeTakeFirst();
  if (!row) throw new Refused('lease-lost');
  return row.installation_id;
}
