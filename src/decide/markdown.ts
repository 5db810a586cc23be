/** Reads Markdown as GitHub does (GFM): one parser for bodies, comments and commands. */
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { coarseMarkdown } from './coarse-markdown.ts';
import { isCostly } from './costly-markdown.ts';

/** GitHub takes no more. */
const LONGEST = 65_536;
/** Containers one in another (`> - > -`), and blanks before a line: with each line the parser goes through them all. */
const NESTED = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){20,}/gm;
const INDENTED = /^[ \t]{60,}/gm;

/** A comment is parsed once for each of its commands, a description by several items. */
const KEPT = 4;
const kept = new Map<string, Root>();

/**
 * Bounded for any text that GitHub takes: what would keep the parser busy for seconds is read by its lines alone. Places
 * are those of the text as given. The tree is shared: nobody changes it.
 */
export function parseMarkdown(text: string): Root {
  const known = kept.get(text);
  if (known) return known;
  const root = parse(
    text
      .slice(0, LONGEST)
      .replace(NESTED, (run) => '·'.repeat(run.length))
      .replace(INDENTED, (run) => `${run.slice(0, 60)}${'·'.repeat(run.length - 60)}`),
  );
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(text, root);
  return root;
}

function parse(text: string): Root {
  return isCostly(text)
    ? coarseMarkdown(text)
    : fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}
