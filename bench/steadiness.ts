/** Whether a figure stays where it is over time: pure, and used by the soak. */
import { percentile } from './figure.ts';

export interface Sample {
  /** Seconds since the first one. */
  at: number;
  value: number;
}

/** Growth per second by least squares; 0 for fewer than two moments. */
export function slope(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const at = mean((sample) => sample.at);
  const value = mean((sample) => sample.value);
  const spread = samples.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0);
  const together = samples.reduce((sum, sample) => sum + (sample.at - at) * (sample.value - value), 0);
  return spread > 0 ? together / spread : 0;
}

/** The three parts of the time, in order; each moment is in one of them. */
export function thirds(samples: readonly Sample[]): [Sample[], Sample[], Sample[]] {
  const end = samples.at(-1)?.at ?? 0;
  const parts: [Sample[], Sample[], Sample[]] = [[], [], []];
  for (const sample of samples) parts[third(sample.at, end)].push(sample);
  return parts;
}

function third(at: number, end: number): 0 | 1 | 2 {
  if (at * 3 < end) return 0;
  return at * 3 < end * 2 ? 1 : 2;
}

export interface Steadiness {
  /** Median of the last third ÷ median of the second: 1 is flat. */
  growth: number;
  /** By least squares over the last two thirds. */
  perHour: number;
  median: number;
  /** Highest − median, of the last two thirds. */
  above: number;
}

/** The first third is for warming up: caches fill, and the compiler learns. */
export function steadiness(samples: readonly Sample[]): Steadiness {
  const [, second, last] = thirds(samples);
  const both = [...second, ...last];
  const values = both.map(({ value }) => value);
  const median = percentile(values, 0.5);
  return { growth: medianOf(last) / medianOf(second), perHour: slope(both) * 3600, median, above: Math.max(...values) - median };
}

function medianOf(samples: readonly Sample[]): number {
  return percentile(
    samples.map(({ value }) => value),
    0.5,
  );
}
