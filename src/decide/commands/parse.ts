/** Finds `/session …` lines in a comment: only in plain paragraphs, never in code, quotes or HTML comments. */
import type { RootContent } from 'mdast';
import { parseMarkdown } from '../markdown.ts';

export interface CommandLine {
  /** The command as written, with the lines below it: its identity within the comment. */
  line: string;
  verb: string;
  /** What follows the verb, untouched. */
  rest: string;
  /** What the command takes of the lines below it, up to the next one: of its own paragraph, or of the block that follows. */
  below: string[];
}

/** `log`: those of its own paragraph and a code block right after it, as a tool's output is pasted. */
export type TakesLines = boolean | 'log';

type Block = { kind: 'text' | 'code'; lines: string[] };

const LINE = /^\/session(?:[ \t]+(\S+)(?:[ \t]+(.*))?)?$/;

/** @param takesLines whether what stands below a command is part of it; else it may change without the command's being new */
export function parseCommands(body: string, takesLines: (verb: string, rest: string) => TakesLines = () => true): CommandLine[] {
  const blocks = parseMarkdown(body).children.map((node) => blockOf(node, body));
  return blocks.flatMap((block, at) => (block.kind === 'text' ? commandsOf(block.lines, blocks[at + 1], takesLines) : []));
}

function commandsOf(lines: string[], next: Block | undefined, takesLines: (verb: string, rest: string) => TakesLines) {
  const starts = lines.flatMap((line, at) => (LINE.test(line) ? [at] : []));
  return starts.map((start, nth): CommandLine => {
    const end = starts[nth + 1] ?? lines.length;
    const own = lines.slice(start + 1, end);
    const head = lines[start] ?? '';
    const match = LINE.exec(head);
    const [verb, rest] = [(match?.[1] ?? 'help').toLowerCase(), (match?.[2] ?? '').trim()];
    const takes = takesLines(verb, rest);
    const below = takes === false ? [] : [...own, ...following(takes, own, end === lines.length ? next : undefined)];
    return { line: [head, ...below].join('\n'), verb, rest, below };
  });
}

/** Of the block after its paragraph. */
function following(takes: true | 'log', own: readonly string[], next: Block | undefined): string[] {
  if (next === undefined) return [];
  if (takes === 'log') return next.kind === 'code' ? next.lines : [];
  return next.kind === 'text' && own.length === 0 && !next.lines.some((line) => LINE.test(line)) ? next.lines : [];
}

/** Source lines, not rendered text: what someone typed is what is meant. */
function blockOf(node: RootContent, body: string): Block {
  if (node.type === 'code') return { kind: 'code', lines: node.value.split(/\r\n|\r|\n/) };
  if (node.type !== 'paragraph' || !node.position) return { kind: 'text', lines: [] };
  const source = body.slice(node.position.start.offset, node.position.end.offset).replace(/<!--[\s\S]*?-->/g, '');
  return { kind: 'text', lines: source.split(/\r\n|\r|\n/).map((line) => line.trim()) };
}
