/** What other sessions need to know of one that is open. */
import type { OpenSession } from './lane-facts.ts';
import type { Session } from './session.ts';

/** Empty for one that ended. */
export function openSession({ number, id, title, state, plannedAt, holds }: Session): OpenSession[] {
  if (state !== 'planned' && state !== 'active') return [];
  const heldBy = (holds ?? []).flatMap((hold) => (hold.kind === 'similar' ? hold.sessions : []));
  return [{ number, id, title, state, plannedAt, heldBy }];
}
