/** Whether two titles name the same work (L3). Pure, so that the ledger can ask too when two start at once. */

const MIN_COMMON = 3;
const MIN_SHARE = 0.85;

/** A title as it is compared: read once, compared often. */
export interface TitleRead {
  words: Set<string>;
  /** All words in order, or what is left where there is no word; the same for the same title. */
  plain: string;
  /** The words with a digit: they must agree. */
  numbers: string;
}

/**
 * Nearly the same words: at least 3 in common and 85 % of the longer title; or the same title whatever its length.
 * Numbers must agree: "Issue 3" and "Issue 4" are two pieces of work.
 */
export function similarTitles(a: string, b: string): boolean {
  return sameWork(readTitle(a), readTitle(b));
}

export function sameWork(a: TitleRead, b: TitleRead): boolean {
  if (a.plain === b.plain) return true;
  if (a.words.size === 0 || b.words.size === 0 || a.numbers !== b.numbers) return false;
  const common = [...a.words].filter((word) => b.words.has(word)).length;
  return common >= MIN_COMMON && common >= MIN_SHARE * Math.max(a.words.size, b.words.size);
}

export function readTitle(title: string): TitleRead {
  const all = wordsOf(title);
  const words = new Set(all);
  return { words, plain: all.length === 0 ? lettersOf(title) : all.join(' '), numbers: numbers(words) };
}

/** So many words of a title of this size are in every title that is nearly the same. */
export function leastCommon(size: number): number {
  return Math.max(MIN_COMMON, Math.ceil(MIN_SHARE * size));
}

function wordsOf(title: string): string[] {
  return plain(title).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What is left of a title without a single word: only emoji, for example. */
function lettersOf(title: string): string {
  return plain(title).replace(/\s+/g, '');
}

function plain(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
}

function numbers(words: ReadonlySet<string>): string {
  return [...words]
    .filter((word) => /\p{N}/u.test(word))
    .sort()
    .join(' ');
}
