/** The single most useful next step of a session, in one sentence. */
import { quoteText } from '../markdown.ts';

export type NextAction =
  | { do: 'wait-for-slot'; place: number | null }
  | { do: 'unblock' }
  | { do: 'merge'; pull: number }
  | { do: 'mend'; pull: number; headline: string }
  | { do: 'wait-for-gate'; pull: number; headline: string }
  | { do: 'mark-ready'; pull: number }
  | { do: 'meet-criteria'; open: number }
  | { do: 'step'; text: string }
  | { do: 'open-pull'; branch: string }
  | { do: 'nothing'; state: 'completed' | 'abandoned' };

export function nextActionWords(action: NextAction): string {
  switch (action.do) {
    case 'wait-for-slot':
      return action.place === null
        ? 'take the blocker away; it then queues for a slot.'
        : `wait for a slot: place ${action.place} in the queue.`;
    case 'unblock':
      return 'clear what blocks it, then take the blocked label off.';
    case 'merge':
      return `merge #${action.pull}: everything asked for is there.`;
    case 'mend':
      return `mend #${action.pull}: ${action.headline}.`;
    case 'wait-for-gate':
      return `#${action.pull} waits: ${action.headline}.`;
    case 'mark-ready':
      return `finish #${action.pull} and mark it ready for review.`;
    case 'meet-criteria':
      return `${action.open === 1 ? 'one acceptance criterion is' : `${action.open} acceptance criteria are`} still open; tick them in the description once they hold.`;
    case 'step':
      return `${quoteText(action.text, 200)}`;
    case 'open-pull':
      return `open a pull request from the session's branch.`;
    case 'nothing':
      return action.state === 'completed' ? 'nothing, it is done.' : 'nothing. Reopen or label the issue again to plan it anew.';
  }
}
