/** Reads the task-list lines of a comment as GitHub shows them: boxes in code fences and HTML comments are none. */

export interface TaskLine {
  checked: boolean;
  /** What follows the box, HTML comments included. */
  text: string;
}

/** One pass over the lines, CommonMark's containers kept as far as fences and comments need them. */
export function taskLines(body: string): TaskLine[] {
  const found: TaskLine[] = [];
  const scan = new BlockScan();
  for (const line of body.split(/\r\n|\r|\n/)) {
    const content = scan.visible(line);
    const task = content === null ? null : /^\[([ xX])\]\s+(\S.*)$/.exec(content);
    if (task) found.push({ checked: task[1] !== ' ', text: (task[2] ?? '').trimEnd() });
  }
  return found;
}

interface HiddenBlock {
  /** Content column of the list item that holds it: less indentation ends the item, and the block with it. */
  column: number;
  ends: (text: string, indent: number) => boolean;
}

/** What starts a block of its own; any other line behind a paragraph belongs to it, however it is indented. */
const BLOCK_START = /^(?:(?:[-*+]|\d{1,9}[.)])(?:\s|$)|`{3,}[^`]*$|~{3}|<!--|#{1,6}(?:\s|$)|>|(?:[-*_]\s*){3,}$)/;

/** Where the reader stands: in which list items, and whether in a fence or an HTML comment. */
class BlockScan {
  #columns: number[] = [];
  #hidden: HiddenBlock | null = null;
  #inParagraph = false;

  /** The text of a list item's first line without its marker; null for every other line. */
  visible(line: string): string | null {
    const rest = line.trimStart();
    const indent = indentOf(line);
    if (rest === '') this.#inParagraph = false;
    if (rest === '' || this.#inHidden(rest, indent)) return null;
    const columns = this.#columns.filter((column) => column <= indent);
    const isCode = indent - (columns.at(-1) ?? 0) >= 4;
    if (this.#inParagraph && (isCode || !BLOCK_START.test(rest))) return null;
    this.#columns = columns;
    const text = isCode ? rest : this.#enterItems(rest, indent);
    if (!isCode) this.#open(text);
    this.#inParagraph = !isCode && !BLOCK_START.test(text);
    return text !== rest && !this.#hidden ? text : null;
  }

  #inHidden(text: string, indent: number): boolean {
    const inside = this.#hidden !== null && indent >= this.#hidden.column;
    if (!inside || this.#hidden?.ends(text, indent)) this.#hidden = null;
    return inside;
  }

  /** Takes the list markers off, one item inside the other. */
  #enterItems(line: string, indent: number): string {
    let rest = line;
    for (let at = indent; at - this.#column() < 4; ) {
      const marker = /^(?:[-*+]|\d{1,9}[.)])(\s+)(?=\S)/.exec(rest);
      if (!marker) break;
      const padding = marker[1]?.length ?? 1;
      at += marker[0].length;
      rest = rest.slice(marker[0].length);
      this.#columns.push(padding > 4 ? at - padding + 1 : at);
    }
    return rest;
  }

  #column(): number {
    return this.#columns.at(-1) ?? 0;
  }

  #open(text: string): void {
    const column = this.#column();
    const fence = /^(?:`{3,}|~{3,})/.exec(text)?.[0];
    if (fence && !(fence.startsWith('`') && text.includes('`', fence.length))) {
      this.#hidden = { column, ends: (line, indent) => indent - column < 4 && closes(fence, line.trimEnd()) };
    } else if (text.startsWith('<!--') && !text.includes('-->', 4)) {
      this.#hidden = { column, ends: (line) => line.includes('-->') };
    }
  }
}

/** Letter by letter: a fence may be longer than a pattern can count. */
function closes(fence: string, line: string): boolean {
  return line.startsWith(fence) && line.replaceAll(fence.charAt(0), '') === '';
}

function indentOf(line: string): number {
  let column = 0;
  for (const char of line) {
    if (char === ' ') column += 1;
    else if (char === '\t') column += 4 - (column % 4);
    else break;
  }
  return column;
}
