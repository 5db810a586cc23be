/** The sweep's sections as Markdown: the first lines open, the rest behind a click, all of it bounded. */
import { keepWhole } from './keep-whole.ts';
import type { Section } from './sweep-report.ts';

/** Longest list. */
const MAX_LIST = 20;
/** Of one section, in UTF-8 bytes: ten of them leave room for the table, whatever people write. */
const MAX_SECTION = 4_500;

/** Lines with an empty one at the end; none for an empty section. */
export function sectionMarkdown({ title, lines, open, ordered }: Section): string[] {
  if (lines.length === 0) return [];
  const single = title === '' && lines.length === 1;
  const all = lines.map((line, index) => (single ? line : `${ordered ? `${index + 1}.` : '-'} ${line}`));
  const { kept } = keepWhole(all.slice(0, MAX_LIST), MAX_SECTION);
  const dropped = all.length - kept.length;
  const rest = [...kept.slice(open), ...(dropped > 0 ? [`- … and ${dropped} more`] : [])];
  if (open === 0) return folded(title, rest);
  const heading = title === '' ? [] : [`**${title}**`, ''];
  const more = rest.length > 0 ? ['', ...folded(`and ${lines.length - Math.min(open, kept.length)} more`, rest)] : [''];
  return [...heading, ...kept.slice(0, open), ...more];
}

/** @param summary the bot's own words: they stand in HTML */
export function folded(summary: string, lines: string[]): string[] {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>', ''];
}
