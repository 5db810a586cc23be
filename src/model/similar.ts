/** Whether two titles name the same work (L3). Pure, so that the ledger can ask too when two start at once. */

const MIN_COMMON = 3;
const MIN_SHARE = 0.85;

/**
 * Nearly the same words: at least 3 in common and 85 % of the longer title; or the same title whatever its length.
 * Numbers must agree: "Issue 3" and "Issue 4" are two pieces of work.
 */
export function similarTitles(a: string, b: string): boolean {
  const one = wordsOf(a);
  const other = wordsOf(b);
  if (one.length === 0 || other.length === 0) return lettersOf(a) === lettersOf(b);
  if (one.join(' ') === other.join(' ')) return true;
  const [first, second] = [new Set(one), new Set(other)];
  if (numbers(first) !== numbers(second)) return false;
  const common = [...first].filter((word) => second.has(word)).length;
  return common >= MIN_COMMON && common >= MIN_SHARE * Math.max(first.size, second.size);
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
