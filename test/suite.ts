/** The length of a suite, and the seed of what it draws: short in `npm test`, long by name (`npm run test:crash`, …). */
import { randomInt } from 'node:crypto';

/** Rounds, runs or seconds. `ROUNDS` overrides both, to look closer at what failed. */
export function length({ short, long }: { short: number; long: number }): number {
  const wanted = Number(process.env.ROUNDS);
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  return process.env.SUITE === 'long' ? long : short;
}

/** A short suite draws the same each time, so that it fails only for a reason; `SEED` plays a failed run again. */
export function suiteSeed(): number {
  const wanted = Number(process.env.SEED);
  if (process.env.SEED && Number.isInteger(wanted)) return wanted;
  return process.env.SUITE === 'long' ? randomInt(2 ** 31) : 20_261_121;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
