/** Finds `/session …` lines in a comment: only in plain paragraphs, never in code, quotes or HTML comments. */
import type { RootContent } from 'mdast';
import { parseMarkdown } from '../markdown.ts';

export interface CommandLine {
  /** The command as written, with the lines below it: its identity within the comment. */
  line: string;
  verb: string;
  /** What follows the verb, untouched. */
  rest: string;
  /** Lines below it, up to the next command; of its own paragraph, or of the one that follows when it stands alone. */
  below: string[];
}

const LINE = /^\/session(?:[ \t]+(\S+)(?:[ \t]+(.*))?)?$/;

/** @param takesLines whether what stands below a command is part of it; else it may change without the command's being new */
export function parseCommands(body: string, takesLines: (verb: string, rest: string) => boolean = () => true): CommandLine[] {
  const blocks = parseMarkdown(body).children.map((node) => linesOf(node, body));
  const all = blocks.flatMap((lines, at) => commandsOf(lines, blocks[at + 1] ?? []));
  return all.map((one) => (takesLines(one.verb, one.rest) ? one : { ...one, line: one.line.split('\n', 1)[0] ?? '', below: [] }));
}

function commandsOf(lines: string[], next: string[]): CommandLine[] {
  const starts = lines.flatMap((line, at) => (LINE.test(line) ? [at] : []));
  return starts.map((start, nth) => {
    const end = starts[nth + 1] ?? lines.length;
    const own = lines.slice(start + 1, end);
    const alone = own.length === 0 && end === lines.length;
    const below = alone && !next.some((line) => LINE.test(line)) ? next : own;
    const head = lines[start] ?? '';
    const match = LINE.exec(head);
    const line = [head, ...below].join('\n');
    return { line, verb: (match?.[1] ?? 'help').toLowerCase(), rest: (match?.[2] ?? '').trim(), below };
  });
}

/** Source lines, not rendered text: what someone typed is what is meant. */
function linesOf(node: RootContent, body: string): string[] {
  if (node.type !== 'paragraph' || !node.position) return [];
  const source = body.slice(node.position.start.offset, node.position.end.offset).replace(/<!--[\s\S]*?-->/g, '');
  return source.split(/\r\n|\r|\n/).map((line) => line.trim());
}
