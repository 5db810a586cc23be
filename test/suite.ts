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

export { randomFrom } from '../src/sandbox/random.ts';
