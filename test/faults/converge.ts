/**
 * The same history twice, calm and with everything that GitHub, the network and the webhooks can do wrong: both end alike
 * (A1, A3, A5). `SEED=… ROUNDS=1 npm run test:faults` plays one history again.
 */
import { expect, it } from 'vitest';
import { length, suiteSeed } from '../suite.ts';
import { actionsOf, historyOf } from './history.ts';
import { differences } from './outcome.ts';
import { CALM, perform, ROUGH } from './perform.ts';

const RUN_MS = 120_000;

export const HISTORIES = length({ short: 3, long: 200 });
const first = suiteSeed();

/** Two files share the seeds, so that two cores have work. */
export function seedsOf(half: 0 | 1): number[] {
  return Array.from({ length: HISTORIES }, (_, index) => first + index).filter((_, index) => index % 2 === half);
}

export function convergesFor(seeds: readonly number[]): void {
  it.each(seeds)(
    'SEED=%i',
    async (seed) => {
      const history = historyOf(seed);
      const [calm, rough] = await Promise.all([perform(history, CALM, seed), perform(history, ROUGH, seed)]);
      expect([...calm.parked, ...rough.parked], `SEED=${seed}: nothing is put aside`).toEqual([]);
      const different = differences(calm.outcome, rough.outcome);
      const told = actionsOf(history).map((action) => JSON.stringify(action));
      expect(different, `SEED=${seed}\n${different.join('\n')}\nthe history:\n${told.join('\n')}`).toEqual([]);
      expect(rough.harmed, `SEED=${seed}: it was rough`).toBeGreaterThan(0);
    },
    RUN_MS,
  );
}
