/** Words about what blocks a session: why, since when, on whom. */
import type { Block } from '../../model/records.ts';
import type { Session } from '../../model/session.ts';
import { quoteText } from '../markdown.ts';

/** One line for each open blocker of a session that goes on. */
export function blockerLines({ state, records }: Pick<Session, 'state' | 'records'>): string[] {
  if (state === 'completed' || state === 'abandoned') return [];
  return records.blocks
    .filter((block) => block.clearedAt === null)
    .map((block) => `${quoteText(block.why, 200)} · since ${block.at.slice(0, 10)}${onWhom(block.on)}`);
}

export function slotHandedOn(): string {
  return 'handed on while it is blocked; it goes on as soon as nothing blocks it, even if all slots are taken by then';
}

function onWhom(on: Block['on']): string {
  if (on === null) return '';
  return on.kind === 'issue' ? ` · on #${on.number}` : ` · on ${quoteText(on.login, 40)}`;
}
