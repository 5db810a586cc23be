/** What was put aside after failing too often: shown, and put back or thrown away on demand. */

import type { Input } from '../model/trigger.ts';
import type { Engine, Tx } from './engine.ts';
import { write, writeWork } from './engine.ts';
import type { ParkedInput, ParkedWhich } from './inbox-types.ts';
import { addInputs, touchLanes } from './lanes.ts';
import { parts } from './over-rows.ts';

/** Oldest first. */
export async function parked(engine: Engine, limit: number, which: ParkedWhich = {}): Promise<ParkedInput[]> {
  const { seqs, lane, repo, guid } = which;
  if (seqs?.length === 0) return [];
  const rows = await engine.db
    .selectFrom('parked')
    .selectAll()
    .$if(seqs !== undefined, (query) => query.where('seq', 'in', seqs ?? []))
    .$if(lane !== undefined, (query) => query.where('lane', '=', lane ?? ''))
    .$if(repo !== undefined, (query) => query.where('repo', '=', repo ?? ''))
    .$if(guid !== undefined, (query) => query.where('guid', '=', guid ?? ''))
    .orderBy('parked_at')
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ seq, guid, lane, event, body, error, attempts, parked_at }) => ({
    seq,
    guid,
    lane,
    event,
    input: JSON.parse(body) as Input,
    error,
    attempts,
    parkedAt: new Date(parked_at).toISOString(),
  }));
}

/** They get new places at the end of their lanes: a lane that is being handled must not sweep them away. */
export async function replay(engine: Engine, seqs: number[]): Promise<number> {
  const { count } = await writeWork(engine, async (tx) => {
    const inputs = (await takeOut(tx, seqs))
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

/** Their GUIDs stay known: a redelivery of what was thrown away does nothing either. */
export async function drop(engine: Engine, seqs: number[]): Promise<number> {
  return write(engine, async (tx) => (await takeOut(tx, seqs)).length);
}

async function takeOut(tx: Tx, seqs: number[]) {
  const found = [];
  for (const part of parts([...new Set(seqs)])) {
    found.push(...(await tx.deleteFrom('parked').where('seq', 'in', part).returningAll().execute()));
  }
  return found;
}
