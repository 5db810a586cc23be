/** The sub-sessions of a session, for its card and its record (L10). */
import type { Child, Children } from '../../model/session.ts';
import { quoteText } from '../markdown.ts';

const STATE_WORDS: Record<Child['state'], string> = {
  planned: '🗓️ planned',
  active: '🚀 active',
  failed: '❌ failed',
  completed: '✅ completed',
  abandoned: '🗄️ given up',
  open: '⬜ no session yet',
  closed: '✅ closed',
};

/** Empty when there are none. */
export function childrenBlock(children: Children | undefined): string {
  if (!children || children.total === 0) return '';
  const done = children.list.filter(({ state }) => state === 'completed' || state === 'closed').length;
  const beyond = children.total - children.list.length;
  const lines = children.list.map((child) => `- ${STATE_WORDS[child.state]} · ${named(child)}`);
  const more = beyond > 0 ? [`- and ${beyond} more below the issue, ${children.openBeyond} of them open`] : [];
  return [
    `**Sub-sessions:** ${done + beyond - Math.min(beyond, children.openBeyond)} of ${children.total} done`,
    ...lines,
    ...more,
  ].join('\n');
}

/** GitHub makes links of the numbers, for those who may follow them. */
function named({ number, repo, title }: Child): string {
  return `${repo ?? ''}#${number}${title === '' ? '' : ` ${quoteText(title, 120)}`}`;
}
