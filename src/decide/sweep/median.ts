/** The middle of some numbers; of an even count the mean of the middle two. */

/** Null of nothing; what is no number does not count. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null && Number.isFinite(value)).sort((a, b) => Number(a) - Number(b));
  const at = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(at) - 1], sorted[Math.floor(at)]];
  return low == null || high == null ? null : (low + high) / 2;
}
