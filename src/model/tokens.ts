/** Numbers of tokens as people write and read them: `1k`, `2.5m`, `800` (B5). */

const SCALE = { '': 1, k: 1_000, m: 1_000_000 } as const;
/** Far above what any session costs; more is a slip of the pen. */
const MOST = 1_000_000_000;

/** Null when it is no number of tokens. A minus takes back. */
export function readTokens(text: string): number | null {
  const match = /^(-?\d{1,10}(?:\.\d{1,6})?)([km]?)$/i.exec(text.trim());
  if (!match) return null;
  const unit = (match[2] ?? '').toLowerCase() as keyof typeof SCALE;
  const tokens = Math.round(Number(match[1]) * SCALE[unit]);
  return Math.abs(tokens) > MOST ? null : tokens + 0;
}

/** Three figures at most where it is long: `800`, `1k`, `1.5k`, `2.35m`. */
export function tokensPhrase(tokens: number): string {
  const size = Math.abs(tokens);
  // 999,999 is told as 1m, not as 1000k.
  if (size >= 999_500) return `${short(tokens / 1_000_000)}m`;
  return size >= 1_000 ? `${short(tokens / 1_000)}k` : String(Math.round(tokens));
}

function short(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 1_000 ? 4 : 3)));
}
