/** Words about sessions that wait before their start: for a confirmation, for an approval. */
import type { OpenSession } from '../../model/lane-facts.ts';
import type { Hold } from '../../model/session.ts';
import { quoteText } from '../markdown.ts';

const CONFIRM = '`/session start --anyway`';

export function similarFound(
  sessions: readonly Pick<OpenSession, 'number' | 'title' | 'state'>[],
  pulls: readonly number[],
): string {
  return [
    'Before this starts: the same work seems to be on its way already.',
    '',
    ...sessions.map(({ number, title, state }) => `- #${number}, ${state}: ${quoteText(title, 120)}`),
    ...pulls.map((number) => `- pull request #${number} is open and closes this issue`),
    '',
    `This session stays planned meanwhile. If it is wanted all the same, comment ${CONFIRM}; else close the issue.`,
  ].join('\n');
}

/** For the card's queue line. */
export function holdPhrase(hold: Hold): string {
  if (hold.kind === 'approval') return 'waits for `/session approve` by someone with write access';
  if (hold.kind === 'depends') return `waits for its turn in the plan; ${CONFIRM} overrides`;
  const names = [...hold.sessions.map((number) => `#${number}`), ...hold.pulls.map((number) => `pull request #${number}`)];
  return `similar to ${names.join(', ')}: starts after ${CONFIRM}`;
}

/** Why a state label cannot start it. */
export function holdReason(hold: Hold): string {
  if (hold.kind === 'depends') return `others come first in the plan of its parent. Comment ${CONFIRM} to start it all the same.`;
  return hold.kind === 'approval'
    ? 'nobody with write access approved it yet, by `/session approve`.'
    : `${[...hold.sessions, ...hold.pulls].map((number) => `#${number}`).join(', ')} may be the same work. Comment ${CONFIRM} to confirm it.`;
}
