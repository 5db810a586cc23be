/** Lines for a terminal, where some letters take two columns and some take none. */

const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60]/u;
const NONE = /[\p{Mn}\p{Me}]/u;

/** Columns that a line takes; right for what names are made of, not for every script. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  return Array.from(text).reduce((sum, point) => sum + (NONE.test(point) ? 0 : WIDE.test(point) ? 2 : 1), 0);
}

/** Filled with blanks up to `width` columns. */
export function inColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** `head` and `text`, broken between words at `width` columns; later lines begin below the text, or after `indent` blanks. */
export function wrapped(head: string, text: string, width: number, indent = columnsOf(head)): string[] {
  if (columnsOf(head) + columnsOf(text) <= width) return [(head + text).trimEnd()];
  const lines: string[] = [];
  let line = head;
  let used = columnsOf(head);
  let fresh = true;
  for (const word of text.split(' ')) {
    const size = columnsOf(word);
    if (!fresh && used + 1 + size > width) {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent);
      used = indent;
      fresh = true;
    }
    line += fresh ? word : ` ${word}`;
    used += fresh ? size : size + 1;
    fresh = false;
  }
  return [...lines, line.trimEnd()];
}
