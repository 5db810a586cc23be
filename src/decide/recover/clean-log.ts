/** A tool's output as it is kept: lines and indentation stay, what no one can see goes, the middle of a long one too. */
import { leftOut } from '../../render/recover/replies.ts';

/** Characters that are kept of an error: its beginning names it, its end mostly says why. */
const [HEAD, TAIL] = [800, 1200];
/** Colours and cursor moves of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one.
const ESCAPES = /\x1B\[[0-9;?]*[ -/]*[@-~]/g;

export function cleanLog(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(ESCAPES, '')
    .split(/\r\n|\r|\n/);
  const seen = lines.map((line) =>
    line
      .replace(/\t/g, '  ')
      .replace(/[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu, '')
      .trimEnd(),
  );
  const clean = seen
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  if (clean.length <= HEAD + TAIL) return clean;
  const cut = clean.length - HEAD - TAIL;
  return `${clean.slice(0, HEAD).toWellFormed()}\n${leftOut(cut)}\n${clean.slice(-TAIL).toWellFormed()}`;
}
