/** Puts inputs into lanes. */

import type { LaneKey, RepoName } from '../model/repo.ts';
import type { Engine, Tx } from './engine.ts';

export interface LaneSeed {
  lane: LaneKey;
  repo: RepoName;
  installationId: number;
}

export interface QueuedInput extends LaneSeed {
  guid: string;
  event: string;
  /** JSON of an `Input`. */
  body: string;
}

/** Both engines bound the parameters of one statement; the least is SQLite's 32,766. */
const ROWS_AT_ONCE = 2000;

/**
 * Makes the lanes due, but for those that back off. Locks their rows until the transaction ends, always in the same
 * order; only then may inputs be added, so that within a lane a higher `seq` never commits before a lower one
 * (`complete` removes all up to a `seq`).
 */
export async function touchLanes(engine: Engine, tx: Tx, seeds: LaneSeed[]): Promise<void> {
  const lanes = new Map(seeds.map((seed) => [seed.lane, seed]));
  const rows = [...lanes.keys()].sort().flatMap((id) => {
    const seed = lanes.get(id);
    return seed
      ? [
          {
            id,
            repo: seed.repo,
            installation_id: seed.installationId,
            run_at: engine.now(),
            lease_until: 0,
            taken_seq: 0,
            attempts: 0,
            lost: 0,
          },
        ]
      : [];
  });
  for (const part of parts(rows)) {
    await tx
      .insertInto('lane')
      .values(part)
      .onConflict((on) =>
        on.column('id').doUpdateSet((eb) => ({
          installation_id: eb.ref('excluded.installation_id'),
          run_at: eb
            .case()
            .when(eb.or([eb('lane.error', 'is not', null), eb('lane.run_at', '<', eb.ref('excluded.run_at'))]))
            .then(eb.ref('lane.run_at'))
            .else(eb.ref('excluded.run_at'))
            .end(),
        })),
      )
      .execute();
  }
}

/** Adds inputs in this order; their lanes must have been touched in the same transaction. */
export async function addInputs(engine: Engine, tx: Tx, inputs: QueuedInput[]): Promise<void> {
  const at = engine.now();
  const rows = inputs.map(({ lane, guid, event, body }) => ({ lane, guid, event, body, at }));
  for (const part of parts(rows)) await tx.insertInto('input').values(part).execute();
}

export function* parts<T>(rows: T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}
