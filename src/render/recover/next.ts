/** What happens after a recovery was decided: by itself, and by hand (B6). */
import type { RecoveryView } from './comment.ts';

const numbered = (numbers: readonly number[]): string => numbers.map((number) => `#${number}`).join(', ');

export function nextBlock(view: RecoveryView): string[] {
  const { facts, closed, revived, setBack, merged, plan } = view;
  const begun = new Set([...plan.rerun, ...plan.kept]);
  const stays = facts.failed
    .map(({ id }) => Number(id.slice(1)))
    .filter((one) => !closed.includes(one) && !revived.includes(one));
  const waiting = plan.next.flat().filter((id) => !begun.has(id)).length;
  return [
    '**What happens next**',
    '',
    ...line(
      stays,
      'active, with its slot, its branch and its ticks. Give its agent the prompt below; take off the tick of each step that has to be done again.',
      'stays',
      'stay',
    ),
    ...line(revived, 'planned again, and starts by itself when a slot is free. Give its agent the prompt below.', 'is', 'are'),
    ...line(closed, 'closed: reopen the issue, and it begins again.', 'is', 'are'),
    ...line(
      setBack,
      'back in the queue: it starts by itself once what it waits for is completed and a slot is free. Stop who works on it now.',
      'goes',
      'go',
    ),
    ...line(
      merged,
      'merged already, and completed work is not started again. Look whether it still holds; `/session sub <title>` on the parent makes a session for what has to change.',
      'is',
      'are',
    ),
    ...(waiting > 0
      ? [
          `- ${waiting === 1 ? 'One session' : `${waiting} sessions`} of the plan that did not begin yet ${waiting === 1 ? 'starts' : 'start'} as before, once what ${waiting === 1 ? 'it waits' : 'they wait'} for is completed.`,
        ]
      : []),
    '- If it fails again, say so with `/session fail <error>`: after two failed recoveries the advice is a restart.',
  ];
}

function line(numbers: readonly number[], what: string, one: string, many: string): string[] {
  return numbers.length === 0 ? [] : [`- ${numbered(numbers)} ${numbers.length === 1 ? one : many} ${what}`];
}
