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
  ends: (text: string) => boolean;
}

/** Where the reader stands: in which list items, and whether in a fence or an HTML comment. */
class BlockScan {
  #columns: number[] = [];
  #hidden: HiddenBlock | null = null;

  /** The text of a list item's first line without its marker; null for every other line. */
  visible(line: string): string | null {
    if (line.trim() === '') return null;
    let indent = indentOf(line);
    let rest = line.trimStart();
    if (this.#hidden) {
      if (indent >= this.#hidden.column) {
        if (this.#hidden.ends(rest)) this.#hidden = null;
        return null;
      }
      this.#hidden = null;
    }
    this.#columns = this.#columns.filter((column) => column <= indent);
    let isItem = false;
    for (;;) {
      const marker = indent - this.#column() < 4 ? /^(?:[-*+]|\d{1,9}[.)])(\s+)(?=\S)/.exec(rest) : null;
      if (!marker) break;
      const padding = marker[1]?.length ?? 1;
      indent += marker[0].length;
      rest = rest.slice(marker[0].length);
      this.#columns.push(padding > 4 ? indent - padding + 1 : indent);
      isItem = true;
    }
    if (indent - this.#column() < 4) this.#open(rest);
    return isItem && !this.#hidden ? rest : null;
  }

  #column(): number {
    return this.#columns.at(-1) ?? 0;
  }

  #open(text: string): void {
    const column = this.#column();
    const fence = /^(`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[1];
    if (fence) {
      const end = new RegExp(`^\\${fence[0]}{${fence.length},}\\s*$`);
      this.#hidden = { column, ends: (line) => end.test(line) };
    } else if (text.startsWith('<!--') && !text.includes('-->', 4)) {
      this.#hidden = { column, ends: (line) => line.includes('-->') };
    }
  }
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
