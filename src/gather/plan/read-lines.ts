/** Reads what a description says of a plan: an estimate, what the issue waits for, the files that it names (B1). */
import type { SubIssue, SubLink } from '../../model/sub-plan.ts';

type Said = Pick<SubIssue, 'estimate' | 'links' | 'saysNone' | 'files'>;

const LINE = /^(?:[-*+][ \t]+)?[*_]{0,2}(estimate|depends on|after)[*_]{0,2}[ \t]*:?[*_]{0,2}[ \t]*(.*)$/i;
/** `#12`, `owner/name#12`, or the address of an issue or pull request. */
const REFERENCE =
  /(?:([\w.-]{1,100}\/[\w.-]{1,100})?#|https?:\/\/[^\s/]{1,200}\/([\w.-]{1,100}\/[\w.-]{1,100})\/(?:issues|pull)\/)(\d{1,9})(?!\w)/g;
const PATH = /`((?:[\w.@-]+\/)+[\w.@-]+|[\w@-]+\.[a-z][a-z0-9]{0,4})`/g;
/** A working day, as people estimate. */
const HOURS_A_DAY = 8;
/** A year of hours: nobody estimates more, whatever stands there is a slip. */
const MOST_HOURS = 8760;
/** GitHub takes 50 blocked-by links of an issue; a description needs no more. */
const MOST_LINKS = 50;
const MOST_FILES = 50;

/** @param repo the issue's own: a link that names it is a link within it */
export function readLines(body: string, repo: string): Said {
  const said: Said = { estimate: null, links: [], saysNone: false, files: [] };
  for (const line of plainLines(body)) {
    const match = LINE.exec(line);
    const [word, value] = [match?.[1]?.toLowerCase(), match?.[2] ?? ''];
    if (word === 'estimate') said.estimate ??= hoursOf(value);
    else if (word !== undefined) {
      said.links.push(...linksIn(value, word === 'after' ? 'soft' : 'hard', repo));
      said.saysNone ||= word === 'depends on' && /^(?:none|nothing|no one|–|-)\b[.!]?$/i.test(value.trim());
    }
    for (const [, path] of line.matchAll(PATH)) if (path !== undefined) said.files.push(path.replace(/^\.\//, ''));
  }
  return { ...said, links: said.links.slice(0, MOST_LINKS), files: [...new Set(said.files)].slice(0, MOST_FILES) };
}

/** Numbers of this repository's issues in a task list, in its order. */
export function taskList(body: string, repo: string): number[] {
  const items = plainLines(body).flatMap((line) => /^(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]+(.*)$/.exec(line)?.[1] ?? []);
  const first = items.flatMap((item) => linksIn(item, 'soft', repo).slice(0, 1));
  return [...new Set(first.flatMap((link) => (link.repo === null ? link.number : [])))];
}

/** `3h`, `3 hours`, `90 min`, `0.5d`, `1 day`; null for anything else, and for nothing at all. */
function hoursOf(text: string): number | null {
  const match = /^~?[ \t]*(\d{1,5}(?:[.,]\d{1,3})?)[ \t]*(h|hrs?|hours?|d|days?|m|mins?|minutes?)?\b/i.exec(text.trim());
  if (!match) return null;
  const amount = Number((match[1] ?? '').replace(',', '.'));
  const unit = (match[2] ?? 'h').charAt(0).toLowerCase();
  const hours = unit === 'd' ? amount * HOURS_A_DAY : unit === 'm' ? amount / 60 : amount;
  return hours > 0 && hours <= MOST_HOURS ? hours : null;
}

function linksIn(text: string, link: SubLink['link'], home: string): SubLink[] {
  return [...text.matchAll(REFERENCE)].flatMap(([, short, long, digits]) => {
    const repo = short ?? long ?? home;
    const number = Number(digits);
    if (number === 0) return [];
    return [{ link, from: 'line' as const, repo: repo.toLowerCase() === home.toLowerCase() ? null : repo, number }];
  });
}

/** Without HTML comments, quotes, and what stands between fences. */
function plainLines(body: string): string[] {
  const lines = withoutComments(body).split(/\r\n|\r|\n/);
  let fence: string | null = null;
  return lines.flatMap((line) => {
    const text = line.trim();
    const mark = /^(`{3,}|~{3,})/.exec(text)?.[1] ?? null;
    if (fence !== null) {
      if (mark?.startsWith(fence) && text === mark) fence = null;
      return [];
    }
    if (mark !== null) fence = mark;
    return mark !== null || text.startsWith('>') ? [] : [text];
  });
}

/** Piece by piece, in linear time whatever is opened and never closed. */
function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('<!--');
  let closed = true;
  const kept = rest.map((piece) => {
    const end = piece.indexOf('-->');
    closed = end >= 0;
    return closed ? piece.slice(end + 3) : '';
  });
  return first + kept.join('');
}
