/** A measured value with its unit: `12.5s`, `340 ms`, `45%`, `1,200 req/s`; and values of one kind in one unit (P8). */

export interface Quantity {
  value: number;
  /** As shown; empty for a bare number. */
  unit: string;
}

/** How many of its kind's smallest unit one is. Bytes count in thousands, `KiB` in 1,024s. */
const FACTORS: Record<string, Record<string, number>> = {
  time: { ns: 1, µs: 1e3, ms: 1e6, s: 1e9, min: 6e10, h: 3.6e12 },
  size: { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 },
};

/** Other ways to write a unit, in lower case. */
const SPELLINGS: Record<string, string> = {
  us: 'µs',
  μs: 'µs',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  msec: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  hour: 'h',
  hours: 'h',
  byte: 'B',
  bytes: 'B',
  percent: '%',
};

const UNITS = Object.values(FACTORS).flatMap((kind) => Object.keys(kind));

/** The usual spelling of a unit; one that is not known is kept as it is. Null for what is no unit: a unit is one short word. */
export function unitOf(text: string): string | null {
  const word = text.trim();
  if (word === '') return '';
  const spelt = SPELLINGS[word.toLowerCase()] ?? UNITS.find((unit) => unit.toLowerCase() === word.toLowerCase());
  if (spelt !== undefined) return spelt;
  // `1e9` is a number to machines only.
  if (/^e\d/i.test(word)) return null;
  return /^[\p{L}%°][\p{L}\p{N}%°/·²³-]{0,19}$/u.test(word) ? word : null;
}

/** Zero or more; commas only between thousands. Null when it is no such number. */
export function readQuantity(text: string): Quantity | null {
  const match = /^(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(.*)$/.exec(text.trim());
  const value = Number((match?.[1] ?? '').replaceAll(',', ''));
  const unit = unitOf(match?.[2] ?? '');
  if (!match || unit === null || !Number.isFinite(value) || value > 1e15) return null;
  return { value, unit };
}

/** The value in another unit of its kind; a bare number takes any unit. Null when the two are of different kinds. */
export function inUnit({ value, unit }: Quantity, wanted: string): number | null {
  if (unit === '' || unit === wanted) return value;
  for (const kind of Object.values(FACTORS)) {
    const [from, to] = [kind[unit], kind[wanted]];
    if (from !== undefined && to !== undefined) return rounded((value * from) / to);
  }
  return null;
}

/** In percent of `before`; null when that is zero, or one of them is not there. */
export function changeInPercent(before: number | null, after: number | null): number | null {
  if (before === null || after === null || before === 0) return null;
  return rounded(((after - before) / before) * 100);
}

/** Without the dust of binary fractions. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
