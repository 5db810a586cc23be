/** The next action of a session, said to the one who works on it (W4). */
import type { NextAction } from '../../model/plan.ts';
import { cleanText } from '../markdown.ts';
import { itemWords } from './words.ts';

/** One line. `say` makes user text fit for where it is shown: plain text by default, Markdown with `quoteText`. */
export function nextStep(next: NextAction, say: (text: string, max: number) => string = cleanText): string {
  switch (next.kind) {
    case 'said':
      return say(next.text, 500);
    case 'confirm':
      return 'Look whether the similar work covers it; comment `/session start --anyway` if not.';
    case 'await-approval':
      return 'Wait for `/session approve` by someone with write access.';
    case 'await-plan':
      return next.numbers.length === 0
        ? 'Wait for a place in the plan of its parent.'
        : `Wait for ${next.numbers
            .slice(0, 10)
            .map((number) => `#${number}`)
            .join(
              ', ',
            )}${next.numbers.length > 10 ? ` and ${next.numbers.length - 10} more` : ''}, which come first in the plan.`;
    case 'unblock':
      return next.why ? `Clear the blocker: ${say(next.why, 120)}.` : 'Clear what blocks it, then take the blocked label off.';
    case 'recover':
      return 'Comment `/session recover`: it says what to do again, and what that costs.';
    case 'merge':
      return `Merge pull request #${next.pull}: nothing stands in its way.`;
    case 'mend':
      return `Mend what the gate of #${next.pull} found: ${itemWords(next.items) || 'see its check'}.`;
    case 'await-checks':
      return `Wait for ${itemWords(next.items) || 'the checks'} on #${next.pull}, then merge.`;
    case 'mark-ready':
      return `Finish #${next.pull} and mark it ready for review.`;
    case 'await-verdict':
      return `Let the gate look at the newest commit of #${next.pull}.`;
    case 'step':
      return `${say(next.text, 500)} (${say(next.phase, 80)})`;
    case 'criterion':
      return `Meet the criterion: ${say(next.text, 500)}`;
    case 'child':
      // A title of another repository is not for everybody's eyes.
      return next.repo === null
        ? `Finish the sub-session #${next.number}: ${say(next.title, 120)}`
        : `Finish the sub-session ${next.repo}#${next.number}.`;
    case 'open-pull':
      return 'Open the pull request.';
    case 'finish':
      return `Close the session: #${next.pull} is merged and nothing is left open.`;
    case 'await-slot':
      return next.place === null ? 'Wait for a free slot.' : `Wait for a free slot: number ${next.place} in line.`;
    case 'nothing':
      return 'Nothing: the session is archived.';
  }
}
