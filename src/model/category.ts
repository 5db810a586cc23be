/** Categories as labels and files name them: `CI Stability`, `ci-stability` and `ci stability` are one. */

/** The same for all spellings of one category. */
export function categoryKey(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu);
  return words ? words.join('-') : name.trim();
}

/**
 * The configured category that a label names (`category:golden-path` is Golden Path), else the label's own words; null
 * without such a label.
 */
export function categoryOf(labels: readonly string[], prefix: string, categories: readonly string[]): string | null {
  const lower = prefix.toLowerCase();
  const label = labels.find((name) => name.toLowerCase().startsWith(lower));
  const own = label?.slice(prefix.length).trim() ?? '';
  if (own === '') return null;
  return categories.find((category) => categoryKey(category) === categoryKey(own)) ?? own;
}
