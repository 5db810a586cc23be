/** Reads the blocks of a text that is too costly for the parser: one look at each line, and nothing within it. */
import type { ListItem, Nodes, Root, RootContent } from 'mdast';

interface Line {
  text: string;
  start: number;
  end: number;
}

/** What the lines up to a blank one belong to, once their first has said so. */
type Kind = 'text' | 'quote' | 'item' | 'html';

/**
 * Headings, boxes, fences and paragraphs at their places. What stands in quotes, lists and indentation is no paragraph, so
 * that nothing is taken for a command there which the parser would not take for one.
 */
export function coarseMarkdown(text: string): Root {
  const reader = new Reader();
  for (const line of linesOf(text)) reader.read(line);
  reader.close();
  return { type: 'root', children: reader.blocks };
}

class Reader {
  readonly blocks: RootContent[] = [];
  #open: { kind: Kind; lines: Line[] } | null = null;
  #fence: { mark: string; lines: Line[] } | null = null;
  #comment = false;
  /** A list goes on behind a blank line as long as lines are indented. */
  #inList = false;

  read(line: Line): void {
    if (this.#fence) this.#readFence(this.#fence, line);
    else if (this.#comment) this.#comment = !line.text.includes('-->');
    else if (line.text.trim() === '') this.close();
    else this.#readText(line);
  }

  #readText(line: Line): void {
    const bare = line.text.trimStart();
    const indent = line.text.length - bare.length;
    const inside = indent > 3 || (indent > 0 && this.#inList);
    if (!inside && this.#opens(bare, line)) return;
    const kind = kindOf(bare);
    // A line without a mark of its own goes on with whatever stands before it.
    if (kind !== 'text' && !inside) this.close();
    if (indent === 0 && kind === 'text' && !this.#open) this.#inList = false;
    this.#open ??= { kind: inside ? 'item' : kind, lines: [] };
    if (this.#open.kind === 'item') this.#inList = true;
    this.#open.lines.push(line);
  }

  close(): void {
    if (this.#fence) this.blocks.push(codeOf(this.#fence.lines));
    const [first, last] = [this.#open?.lines[0], this.#open?.lines.at(-1)];
    if (this.#open?.kind === 'text' && first && last) {
      const value = this.#open.lines.map(({ text }) => text.trim()).join('\n');
      this.blocks.push({ type: 'paragraph', children: [{ type: 'text', value }], ...place(first.start, last.end) });
    }
    this.#open = null;
    this.#fence = null;
  }

  /** What ends a paragraph wherever it comes. */
  #opens(bare: string, line: Line): boolean {
    const mark = /^(?:`{3,}(?!.*`)|~{3,})/.exec(bare)?.[0];
    const depth = /^#{1,6}(?=[ \t]|$)/.exec(bare)?.[0].length;
    const box = /^(?:[-*+]|\d{1,9}[.)]) {1,4}\[([ xX])\][ \t]+(?=\S)/.exec(bare);
    const comment = bare.startsWith('<!--');
    if (mark === undefined && depth === undefined && !box && !comment) return false;
    this.close();
    if (mark !== undefined) this.#fence = { mark, lines: [] };
    else if (depth !== undefined) this.blocks.push(headingOf(bare, depth, line));
    else if (box) this.#addBox(bare.slice(box[0].length).trimEnd(), box[1] !== ' ', line);
    else this.#comment = !bare.includes('-->', 4);
    this.#inList = box !== null;
    return true;
  }

  #addBox(text: string, checked: boolean, { start, end }: Line): void {
    const item: ListItem = {
      type: 'listItem',
      checked,
      spread: false,
      children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }],
      ...place(start, end),
    };
    const before = this.blocks.at(-1);
    if (before?.type === 'list') before.children.push(item);
    else this.blocks.push({ type: 'list', ordered: false, spread: false, children: [item] });
  }

  #readFence(fence: { mark: string; lines: Line[] }, line: Line): void {
    const bare = line.text.trim();
    if (bare.startsWith(fence.mark) && bare.replaceAll(fence.mark.charAt(0), '') === '') this.close();
    else fence.lines.push(line);
  }
}

function kindOf(bare: string): Kind {
  if (bare.startsWith('>')) return 'quote';
  if (bare.startsWith('<')) return 'html';
  return /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/.test(bare) ? 'item' : 'text';
}

function headingOf(bare: string, depth: number, { start, end }: Line): RootContent {
  let text = bare.slice(depth).trim();
  while (text.endsWith('#')) text = text.slice(0, -1);
  const level = depth === 1 ? 1 : depth === 2 ? 2 : depth === 3 ? 3 : depth === 4 ? 4 : depth === 5 ? 5 : 6;
  return { type: 'heading', depth: level, children: [{ type: 'text', value: text.trimEnd() }], ...place(start, end) };
}

function codeOf(lines: readonly Line[]): RootContent {
  const value = lines.map(({ text }) => text).join('\n');
  return { type: 'code', value, ...place(lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0) };
}

/** Lines and columns are not asked for: only where a block stands in the text. */
function place(start: number, end: number): Pick<Nodes, 'position'> {
  return { position: { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } } };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const part of text.split(/(\r\n|\r|\n)/)) {
    if (/^[\r\n]/.test(part)) {
      start += part.length;
      continue;
    }
    lines.push({ text: part, start, end: start + part.length });
    start += part.length;
  }
  return lines;
}
