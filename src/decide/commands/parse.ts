/** Finds `/session …` lines in a comment: only in plain paragraphs, never in code, quotes or HTML comments. */
import type { RootContent } from 'mdast';
import { parseMarkdown } from '../markdown.ts';

export interface CommandLine {
  /** The line as written, trimmed: its identity within the comment. */
  line: string;
  verb: string;
  /** What follows the verb, untouched. */
  rest: string;
}

const LINE = /^\/session(?:[ \t]+(\S+)(?:[ \t]+(.*))?)?$/;

export function parseCommands(body: string): CommandLine[] {
  return parseMarkdown(body).children.flatMap((node) => linesOf(node, body));
}

/** Source lines, not rendered text: what someone typed is what is meant. */
function linesOf(node: RootContent, body: string): CommandLine[] {
  if (node.type !== 'paragraph' || !node.position) return [];
  const source = body.slice(node.position.start.offset, node.position.end.offset).replace(/<!--[\s\S]*?-->/g, '');
  return source.split(/\r\n|\r|\n/).flatMap((raw) => {
    const line = raw.trim();
    const match = LINE.exec(line);
    return match ? [{ line, verb: (match[1] ?? 'help').toLowerCase(), rest: (match[2] ?? '').trim() }] : [];
  });
}
