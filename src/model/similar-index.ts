/** Finds the title that names the same work among thousands, without comparing each with each (L3, W6). */
import { leastCommon, readTitle, sameWork, type TitleRead } from './similar.ts';

interface Entry {
  title: TitleRead;
  number: number;
}

/**
 * Two titles that are nearly the same share one of the first few words in any fixed order of words (prefix filtering):
 * only titles under those few words are compared.
 */
export class SimilarIndex {
  readonly #same = new Map<string, number>();
  readonly #near = new Map<string, Entry[]>();

  /** Of several alike, the one that was added first is found. */
  add(text: string, number: number): void {
    const title = readTitle(text);
    if (this.#same.has(title.plain)) return;
    this.#same.set(title.plain, number);
    for (const key of keysOf(title)) {
      const entries = this.#near.get(key);
      if (entries) entries.push({ title, number });
      else this.#near.set(key, [{ title, number }]);
    }
  }

  /** The number that such a title was added with; the least of several. */
  find(text: string): number | null {
    const title = readTitle(text);
    const found = keysOf(title).flatMap(
      (key) => this.#near.get(key)?.find((entry) => sameWork(entry.title, title))?.number ?? [],
    );
    const same = this.#same.get(title.plain);
    if (same !== undefined) found.push(same);
    return found.length === 0 ? null : found.reduce((least, number) => Math.min(least, number));
  }
}

/** Long words first: they are rare, so few titles share them. */
function keysOf({ words, numbers }: TitleRead): string[] {
  const ordered = [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return ordered.slice(0, Math.max(0, words.size - leastCommon(words.size) + 1)).map((word) => `${numbers}\n${word}`);
}
