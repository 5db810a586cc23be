/** Capacity: who may have a slot (L4). The last `reserve` slots are the fast lane's. */

import type { Config } from '../../model/config.ts';
import type { SlotClaim } from '../../model/effect.ts';
import type { SlotFacts } from '../../model/facts.ts';
import type { Session } from '../../model/session.ts';

export function slotFree(slots: SlotFacts, config: Config, fastLane: boolean): boolean {
  if (slots.active >= config.capacity) return false;
  return fastLane || slots.active - slots.activeFastLane < config.capacity - config.reserve;
}

export function claimFor(session: Session, config: Config): SlotClaim {
  return { capacity: config.capacity, reserve: config.reserve, fastLane: session.fastLane };
}

/** Place in the queue, from 1; null when it is not in it. */
export function queuePlace(slots: SlotFacts, number: number): number | null {
  const at = slots.queue.indexOf(number);
  return at < 0 ? null : at + 1;
}

/** True when nobody before it in the queue could take the slot that it wants. */
export function isNext(slots: SlotFacts, session: Session): boolean {
  const place = queuePlace(slots, session.number);
  return session.fastLane || place === null ? true : place === 1;
}
