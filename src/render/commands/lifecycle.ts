/** Words of the commands that move a session along. */
import type { SessionState } from '../../model/session.ts';
import { code, quoteText } from '../markdown.ts';

const meant = (near: string | null): string => (near === null ? '' : ` Did you mean ${code(near)}?`);

export const noSession = (): string => 'There is no session here. A start label or `/session start <type>` begins one.';
export const onIssue = (number: number): string => `The session is on #${number}: write the command there.`;
export const ended = (state: SessionState): string => `This session is ${state}; nothing can be added to it any more.`;

export const noType = (types: readonly string[]): string =>
  `Say which playbook to follow: ${types.map((type) => code(type)).join(', ')}.`;
export const unknownType = (type: string, near: string | null, types: readonly string[]): string =>
  `There is no playbook ${code(type, 60)}.${meant(near)} There are ${types.map((one) => code(one)).join(', ')}.`;
export const otherType = (type: string, prefix: string): string =>
  `This session follows ${code(type)}. Before any work its start label ${code(prefix + type)} can be exchanged for another.`;
export const otherLabel = (type: string, prefix: string): string =>
  `This carries the start label ${code(prefix + type)} already. Take it off first, or leave the type out of the command.`;
export const closed = (): string => 'This is closed. Reopen it, then start the session.';
export const serves = (number: number): string => `This pull request serves the session on #${number}; it needs none of its own.`;
export const startedAlready = (): string => 'This session is active.';
export const completedAlready = (): string =>
  'This session is completed, and completed work is not started again. Open a new issue for what is left to do.';
export const twoWords = (rest: string): string => `${code(rest, 60)} is more than one type.`;
export const waits = (place: number | null): string =>
  place === null
    ? 'This session waits for a free slot and starts by itself.'
    : `This session waits for a free slot: number ${place} in line. It starts by itself.`;
export const waitsBlocked = (): string =>
  'This session is blocked: it starts by itself once nothing blocks it and a slot is free.';
export const waitsApproval = (): string => 'This session waits for `/session approve` by someone with write access.';
export const waitsPlan = (numbers: readonly number[]): string =>
  `${
    numbers.length === 0
      ? 'This session has no place in the plan of its parent yet, or stands in a cycle of it'
      : `In the plan of its parent ${numbers
          .slice(0, 20)
          .map((number) => `#${number}`)
          .join(', ')} ${numbers.length === 1 ? 'comes' : 'come'} first`
  }. Add \`--anyway\` to start this session all the same.`;
export const similar = (numbers: readonly number[]): string =>
  `The same work seems to be on its way in ${numbers.map((number) => `#${number}`).join(', ')}. Add \`--anyway\` if this session is wanted all the same.`;

export const noText = (): string => 'Say in a few words what happened; failures belong there too.';
export const noCriterion = (): string => 'Say what must be true before this session is done.';
export const criterionThere = (id: string | null): string =>
  id === null ? 'The description has this criterion already.' : `This criterion is there already, as ${code(id)}.`;
export const tooManyCriteria = (most: number): string =>
  `A session takes ${most} accepted criteria at most. Split the work with \`/session sub <title>\`.`;
export const noBlocker = (): string => 'Say in a few words what blocks it.';
export const blocksItself = (): string => 'A session cannot wait for itself.';
export const notBlocked = (): string => 'Nothing blocks this session.';
export const noAbandonReason = (): string => 'Say in a few words why it is given up; whoever finds it later will want to know.';
export const abandonedAlready = (): string => 'This session is abandoned already, and its record is kept.';
export const completedNotAbandoned = (): string => 'This session is completed: there is nothing left to give up.';
export const noApprovalNeeded = (): string => 'This session needs no approval: work may go on.';
export const nextIs = (text: string, own: boolean): string =>
  own ? `**Next**, as someone set it: ${text}` : `**Next:** ${text}`;
export const noNext = (): string => 'No next action was set; the reckoned one is shown.';

export const noPersona = (names: readonly string[]): string =>
  `Say whose questions: ${names.map((name) => code(name)).join(', ')}.`;
export const unknownPersona = (name: string, near: string | null, names: readonly string[]): string =>
  `There is no persona ${code(name, 60)}.${meant(near)} There are ${names.map((one) => code(one)).join(', ')}.`;
export const personaThere = (name: string): string => `The questions of ${quoteText(name, 60)} are in this thread already.`;

/** Lines for the worklog: plain text, shown safely where they are shown. */
export const logBlocked = (why: string, on: string): string => `blocked${on}: ${why}`;
export const logUnblocked = (): string => 'no longer blocked';
export const logAccepted = (text: string): string => `criterion accepted: ${text}`;
export const logNext = (text: string): string => `next: ${text}`;
export const logNextCleared = (): string => 'next action cleared';
export const logApproved = (): string => 'approved: work may start';
export const logAnyway = (): string => 'wanted all the same (`--anyway`)';
export const logPersona = (title: string): string => `asked for the questions of ${title}`;
export const logGivenUp = (why: string): string => `given up because: ${why}`;
