/** What a pull request changes, in its author's words where there are some. */
import { branchPhrase } from '../../render/sweep/branch-phrase.ts';

/** Enough for a first paragraph. By lines, not by a Markdown parser: a board may hold a thousand bodies. */
const READ = 4_000;
const HEADING = /^#{1,6}\s/;
const WHAT = /^#{1,6}\s.*\b(?:what|summary|changes?)\b/i;
const NO_PROSE = /^(?:#{1,6}\s|`{3}|~{3}|[-=*_]{3,}$|\||$)/;
const BULLET = /^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/;

/** The first paragraph or list, the one below a heading about what changes before others; without any, branch and commit. */
export function changesSummary(pull: { body?: string; headRef: string; baseRef?: string; headSha: string }): string {
  const shown = (pull.body ?? '').slice(0, READ).replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const lines = shown.split(/\r?\n/).map((line) => line.trim());
  const after = lines.slice(lines.findIndex((line) => WHAT.test(line)) + 1);
  const end = after.findIndex((line) => HEADING.test(line));
  const said = firstProse(end < 0 ? after : after.slice(0, end)) || firstProse(lines);
  return said || branchPhrase(pull.headRef, pull.baseRef ?? null, pull.headSha);
}

function firstProse(lines: string[]): string {
  const start = lines.findIndex((line) => !NO_PROSE.test(line));
  if (start < 0) return '';
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => NO_PROSE.test(line));
  const prose = end < 0 ? rest : rest.slice(0, end);
  const separator = prose.every((line) => BULLET.test(line)) ? '; ' : ' ';
  return prose.map((line) => line.replace(BULLET, '')).join(separator);
}
