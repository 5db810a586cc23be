/** What the reports of special sessions share: their marker and their size. */
import { truncateMarkdown } from '../markdown.ts';

export type ReportRole = 'ideas' | 'gaps' | 'measures' | 'joints';

/** GitHub takes 65,536 characters. */
const MAX_BYTES = 60_000;

/** @param blocks Markdown that is safe to show; empty ones are left out */
export function report(role: ReportRole, blocks: readonly string[]): string {
  const lines = blocks
    .filter((block) => block !== '')
    .join('\n\n')
    .split('\n');
  return `<!-- playcaller:${role} -->\n${truncateMarkdown(lines, MAX_BYTES)}`;
}
