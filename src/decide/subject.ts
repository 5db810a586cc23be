/** Decides for the lane of an issue or pull request: the session that it carries, the pull request that it is. */
import type { Effects } from '../model/effect.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import type { ChangeInput } from '../model/trigger.ts';
import { decidePlan } from './batches/decide-plan.ts';
import { decidePull } from './pull/decide-pull.ts';
import { decideCarried } from './session/decide-carried.ts';
import type { Ask } from './session/move.ts';
import { tellNotebook } from './special/tell-notebook.ts';

/** @param ask what a command asks of the session that the subject carries */
export function decideSubject(facts: LaneFacts, changes: readonly ChangeInput[], ask: Ask | null = null): Effects {
  const told = tellNotebook(facts, ask);
  const pull = decidePull(told.facts, changes);
  // The card of a session on a pull request shows the verdict that was just found.
  const own = facts.own && pull.record ? { ...facts.own, pulls: [pull.record] } : facts.own;
  const carried = decideCarried({ facts: { ...facts, own }, changes, ask }, pull.entries);
  return merge([told.effects, pull.effects, carried, decidePlan(facts)]);
}

export function merge(parts: readonly Effects[]): Effects {
  return {
    ledger: parts.flatMap((part) => part.ledger),
    github: parts.flatMap((part) => part.github),
    after: parts.flatMap((part) => part.after),
  };
}
