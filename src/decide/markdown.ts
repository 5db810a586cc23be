/** Reads Markdown as GitHub does (GFM): one parser for bodies, comments and commands. */
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Marks in one paragraph beyond which nobody means them: the parser pairs them in more than quadratic time. */
const MAX_MARKS = 300;

/** What is then left unread, as micromark names it; the marks stay as text. */
const COSTLY: readonly { marks: RegExp; constructs: readonly string[] }[] = [
  { marks: /[*_]/g, constructs: ['attention'] },
  { marks: /~/g, constructs: ['strikethrough'] },
  { marks: /\[/g, constructs: ['labelStartImage', 'labelStartLink', 'labelEnd', 'gfmFootnoteCall', 'gfmPotentialFootnoteCall'] },
];

/** What a line may begin with, and what may underline a heading: one class each, read in one go. */
const CONTAINERS = /^[ \t>*+\d.)-]+/;
const UNDERLINE = /^[ \t>*+\d.)=-]*[=-]$/;

/** The same for marks that make blocks: each ends the block before it, and the parser then looks back. `most`: lines of a text. */
const COSTLY_LINES: readonly { has(line: string): boolean; most: number; constructs: readonly string[] }[] = [
  { has: (line) => UNDERLINE.test(line.trimEnd()), most: 1000, constructs: ['setextUnderline'] },
  { has: (line) => CONTAINERS.exec(line)?.[0].includes('>') ?? false, most: 1000, constructs: ['blockQuote'] },
  { has: (line) => /(?:[*+-]|\d[.)])[ \t]/.test(CONTAINERS.exec(line)?.[0] ?? ''), most: 2000, constructs: ['list'] },
];

/**
 * Bounded for any text that GitHub takes: 65,000 characters of `*_`, or of underlined headings, once took over a minute.
 * Hundreds of marks of a kind in one paragraph, or thousands of lines of one, switch that kind off for the whole text.
 */
export function parseMarkdown(text: string): Root {
  const disable = { disable: { null: tooCostly(text) } };
  return fromMarkdown(text, { extensions: [gfm(), disable], mdastExtensions: [gfmFromMarkdown()] });
}

function tooCostly(text: string): string[] {
  if (text.length < MAX_MARKS) return [];
  const paragraphs = text.split(/\r?\n[ \t]*\r?\n/);
  const lines = text.split(/\r\n|\r|\n/);
  const marked = COSTLY.filter(({ marks }) => paragraphs.some((paragraph) => (paragraph.match(marks)?.length ?? 0) > MAX_MARKS));
  const built = COSTLY_LINES.filter(({ has, most }) => lines.filter(has).length > most);
  return [...marked, ...built].flatMap(({ constructs }) => constructs);
}
