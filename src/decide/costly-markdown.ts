/** Whether a text would keep the Markdown parser busy for seconds: it holds marks in numbers that nobody means. */

/** Whatever opens, closes or ends something within a paragraph. */
const MARK = /[`*_~[\]<>&!\\@]|:\/\/|www\./gi;

/**
 * From a mark the parser looks to the end of its paragraph, or back to its begin: a text takes marks times length, over its
 * paragraphs. Prose of 65,000 characters has a fifth of this.
 */
const MOST_STEPS = 750_000;
/** Each costs something, even where it means nothing. */
const MOST_MARKS = 6_000;
const MOST_LINES = 5_000;
/** Lines that begin a block, or may end the one before as a heading or a table: the parser then looks back. */
const MOST_BLOCKS = 1_500;

/** One class, read in one go. */
const BLOCK = /^[ \t]*(?:[>#<[|`~*+=-]|\d{1,9}[.)])/;
/** An item of a list or a heading, at the left: a paragraph of its own. */
const NEW_PARAGRAPH = /^ {0,3}(?:[*+-] +\S|#{1,6} )/;

export function isCostly(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > MOST_LINES) return true;
  const blocks = lines.filter((line) => BLOCK.test(line) || line.includes('|')).length;
  const { steps, marks } = inParagraphs(lines);
  return blocks > MOST_BLOCKS || steps > MOST_STEPS || marks > MOST_MARKS;
}

function inParagraphs(lines: readonly string[]): { steps: number; marks: number } {
  const sum = { steps: 0, marks: 0 };
  let [length, marks] = [0, 0];
  for (const line of [...lines, '']) {
    if (line.trim() === '' || NEW_PARAGRAPH.test(line)) {
      sum.steps += length * marks;
      sum.marks += marks;
      [length, marks] = [0, 0];
    }
    length += line.length + 1;
    marks += line.match(MARK)?.length ?? 0;
  }
  return sum;
}
