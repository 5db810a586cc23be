/** Puts inputs into lanes. */

import type { LaneKey, RepoName } from '../model/repo.ts';
import type { Engine, Tx } from './engine.ts';
import { overRows } from './over-rows.ts';

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

/**
 * Makes the lanes due, but for those that back off. Locks their rows until the transaction ends, always in the same
 * order; only then may inputs be added, so that within a lane a higher `seq` never commits before a lower one
 * (`complete` removes all up to a `seq`).
 */
export async function touchLanes(engine: Engine, tx: Tx, seeds: LaneSeed[]): Promise<void> {
  const lanes = new Map(seeds.map((seed) => [seed.lane, seed]));
  const rows = [...lanes].map(([id, { repo, installationId }]) => ({ id, repo, installation_id: installationId }));
  await upsertLanes(engine, tx, rows.sort(byId));
}

const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);

const upsertLanes = overRows<{ id: string; repo: string; installation_id: number }, unknown>(
  ['id', 'repo', 'installation_id'],
  (engine, rows) =>
    engine.db
      .insertInto('lane')
      .values(rows.map((row) => ({ ...row, run_at: engine.now(), lease_until: 0, taken_seq: 0, attempts: 0, lost: 0 })))
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
      ),
);

/** Adds inputs in this order; their lanes must have been touched in the same transaction. */
export async function addInputs(engine: Engine, tx: Tx, inputs: QueuedInput[]): Promise<void> {
  const rows = inputs.map(({ lane, guid, event, body }) => ({ lane, guid, event, body }));
  await insertInputs(engine, tx, rows);
}

const insertInputs = overRows<Pick<QueuedInput, 'lane' | 'guid' | 'event' | 'body'>, unknown>(
  ['lane', 'guid', 'event', 'body'],
  (engine, rows) => engine.db.insertInto('input').values(rows.map((row) => ({ ...row, at: engine.now() }))),
);
