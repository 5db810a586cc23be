/** Safe Markdown: what users wrote, shown inside the bot's own text without mentioning, closing or injecting anything (A9). */

/** Invisible to readers, breaks `@name`, `#12` and web addresses for GitHub. Hexadecimal, so that no `#<digit>` stands in the source. */
const BREAK = '&#x200B;';

/** What is clean as it stands, as nearly every text of a big board is: words of printable ASCII with one blank between two. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/;

/** Drawn as nothing although Unicode does not call them format characters: fillers and the grapheme joiner. */
const BLANKS = ['\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0'];

/**
 * One line of plain text: control, bidirectional, zero-width and other invisible characters removed, white space
 * collapsed, cut to `max` characters (code points) with an ellipsis. Not safe as Markdown: for titles.
 */
export function cleanText(text: string, max = 200): string {
  if (text.length <= max && CLEAN.test(text)) return text;
  // Cut first, so that a body of 65,536 characters is not walked for the sake of its first line.
  const line = text
    .slice(0, max * 4 + 1000)
    .toWellFormed()
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\u0085]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Co}]/gu, '');
  const points = Array.from(BLANKS.reduce((rest, blank) => rest.replaceAll(blank, ''), line).trim());
  return points.length <= max
    ? points.join('')
    : `${points
        .slice(0, Math.max(0, max - 1))
        .join('')
        .trimEnd()}…`;
}

/** A user's text as one line that shows exactly these letters, in a paragraph, a list or a table cell. `max` counts code points. */
export function quoteText(text: string, max = 200): string {
  return escapeText(cleanText(text, max));
}

function escapeText(line: string): string {
  return line
    .replace(/&/g, '&amp;')
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/#(?=\w)/g, `#${BREAK}`)
    .replace(/@/g, `@${BREAK}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1${BREAK}-`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\b(www)\./gi, `$1${BREAK}.`);
}

/** A user's text (path, branch, name of a check) as inline code. `max` counts code points. */
export function code(text: string, max = 200): string {
  const line = cleanText(text, max);
  if (line === '') return '';
  // A bar would split a table's row and a `<!--` could pass for one of our markers; a code span can escape neither.
  return /[`|<]/.test(line) ? `<code>${escapeText(line)}</code>` : `\`${line}\``;
}

/** A link with a user's text; only the text when the address is no web address. */
export function link(text: string, url: string | null, max = 100): string {
  const label = quoteText(text, max);
  const address = url === null ? null : webAddress(url);
  return address === null || label === '' ? label : `[${label}](${address})`;
}

/** Longer ones would crowd a table's other rows out. */
const MAX_ADDRESS = 500;

/** The address in a form that cannot leave a Markdown link; null for anything but http and https. */
export function webAddress(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.href.length > MAX_ADDRESS) return null;
  return parsed.href.replace(
    /[()<>[\]|\\`*_~@\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** A GFM table; the first row is its head. Cells are Markdown that is safe already; line breaks become `<br>`. */
export function table(rows: string[][]): string {
  const [head = [], ...rest] = rows;
  return [tableRow(head), tableRow(head.map(() => '---')), ...rest.map(tableRow)].join('\n');
}

/** One line of a GFM table. */
export function tableRow(cells: string[]): string {
  return `| ${cells.map((cell) => cell.trim().replace(/\r\n|\r|\n/g, '<br>')).join(' | ')} |`;
}

const encoder = new TextEncoder();

/** Length in UTF-8 bytes: never less than GitHub counts, whichever way it counts. */
export function sizeOf(text: string): number {
  return encoder.encode(text).length;
}

/** Joins the lines, drops whole ones from the end until at most `max` UTF-8 bytes are left, and says how many went. */
export function truncateMarkdown(lines: string[], max: number): string {
  const whole = lines.join('\n');
  if (sizeOf(whole) <= max) return whole;
  const note = (dropped: number) =>
    `\n\n_${dropped} more ${dropped === 1 ? 'line was' : 'lines were'} left out: too long for GitHub._`;
  let room = max - sizeOf(note(lines.length));
  const kept: string[] = [];
  for (const line of lines) {
    room -= sizeOf(line) + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return `${kept.join('\n')}${note(lines.length - kept.length)}`.trimStart();
}
