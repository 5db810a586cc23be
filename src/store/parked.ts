/** What was put aside after failing too often: shown, and put back on demand. */

import type { Input } from '../model/trigger.ts';
import type { Engine } from './engine.ts';
import { writeWork } from './engine.ts';
import { addInputs, parts, touchLanes } from './lanes.ts';
import type { ParkedInput } from './types.ts';

/** Oldest first. */
export async function parked(engine: Engine, limit: number): Promise<ParkedInput[]> {
  const rows = await engine.db.selectFrom('parked').selectAll().orderBy('parked_at').orderBy('seq').limit(limit).execute();
  return rows.map(({ seq, guid, lane, event, body, error, parked_at }) => ({
    seq,
    guid,
    lane,
    event,
    input: JSON.parse(body) as Input,
    error,
    parkedAt: new Date(parked_at).toISOString(),
  }));
}

/** They get new places at the end of their lanes: a lane that is being handled must not sweep them away. */
export async function replay(engine: Engine, seqs: number[]): Promise<number> {
  const { count } = await writeWork(engine, async (tx) => {
    const found = [];
    for (const part of parts([...new Set(seqs)])) {
      found.push(...(await tx.deleteFrom('parked').where('seq', 'in', part).returningAll().execute()));
    }
    const inputs = found
      .sort((a, b) => a.seq - b.seq)
      .map(({ lane, repo, installation_id: installationId, guid, event, body }) => ({
        lane,
        repo,
        installationId,
        guid,
        event,
        body,
      }));
    await touchLanes(engine, tx, inputs);
    await addInputs(engine, tx, inputs);
    return { count: inputs.length, added: inputs.length > 0 };
  });
  return count;
}
