/** Decides for the repository as a whole: what to look at again, and whether to publish a sweep (W1, W2). */

import type { BoardFacts } from '../model/board-facts.ts';
import type { Effects } from '../model/effect.ts';
import type { BoardReason } from '../model/trigger.ts';
import { heal } from './heal.ts';
import { publish } from './sweep/publish.ts';

const PUBLISHING: readonly BoardReason[] = ['schedule', 'command', 'capacity', 'incident'];
const NOTHING: Effects = { ledger: [], github: [], after: [] };

export function decideBoard(facts: BoardFacts, reasons: readonly BoardReason[]): Effects {
  const publishes = reasons.some((reason) => PUBLISHING.includes(reason)) && facts.repo.hasIssues;
  // Today's cycle counts once it is recorded, which is along with publishing.
  const cycles = [...(publishes && facts.tracker ? [facts.cycle] : []), ...(facts.previous ? [facts.previous] : [])];
  const sweep = publishes ? publish(facts) : NOTHING;
  // Where the tracker has just been made, the same pages tell the rest.
  const whole = facts.paged && !facts.cut && !(publishes && !facts.tracker);
  return {
    ...sweep,
    ledger: [...heal(facts, reasons, cycles), ...sweep.ledger],
    after: [...sweep.after, ...(whole ? [{ kind: 'board-pages.forget' as const, repo: facts.repo.name }] : [])],
  };
}
