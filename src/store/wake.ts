/** Lets a lane look again, once however often it is asked. */
import { randomUUID } from 'node:crypto';
import type { LedgerEffect } from '../model/effect.ts';
import type { Input } from '../model/trigger.ts';
import type { Engine, Tx } from './engine.ts';
import { addInputs } from './lanes.ts';

export type Wake = Extract<LedgerEffect, { kind: 'wake' }>;

/** The part of the lane's name that is the repository: neither owner nor name may have `#` or `@`. */
export function repoOf(lane: string): string {
  return lane.split(/[#@]/, 1)[0] ?? lane;
}

/**
 * Adds an input to the lane, unless one for the same reason waits there. What the lane's present holder was given does
 * not count as waiting: it goes when the holder completes. The lane must have been touched in this transaction.
 */
export async function wake(engine: Engine, tx: Tx, installationId: number, { lane, why, board }: Wake): Promise<boolean> {
  const event = `playcaller.${board ?? why}`;
  const waits = await tx
    .selectFrom('input')
    .innerJoin('lane', 'lane.id', 'input.lane')
    .select('input.seq')
    .where('input.lane', '=', lane)
    .where('input.event', '=', event)
    .where('input.guid', 'like', 'wake:%')
    .where((eb) => eb.or([eb('lane.token', 'is', null), eb('input.seq', '>', eb.ref('lane.taken_seq'))]))
    .limit(1)
    .executeTakeFirst();
  if (waits) return false;
  const input: Input = board
    ? { kind: 'board', reason: board, sender: null }
    : { kind: 'change', event, sender: null, labels: [], isPull: false };
  const guid = `wake:${randomUUID()}`;
  await addInputs(engine, tx, [{ lane, repo: repoOf(lane), installationId, guid, event, body: JSON.stringify(input) }]);
  return true;
}
