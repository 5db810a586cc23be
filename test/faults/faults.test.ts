/**
 * The same history twice, calm and with everything that GitHub, the network and the webhooks can do wrong: both end alike
 * (A1, A3, A5). `SEED=… ROUNDS=1 npm run test:faults` plays one history again.
 */
import { describe, expect, it } from 'vitest';
import { length, suiteSeed } from '../suite.ts';
import { actionsOf, historyOf } from './history.ts';
import { differences } from './outcome.ts';
import { CALM, perform, ROUGH } from './perform.ts';

const RUN_MS = 120_000;
const seeds = Array.from({ length: length({ short: 3, long: 200 }) }, (_, index) => suiteSeed() + index);

describe('faults, losses, duplicates and disorder change nothing in the end', () => {
  it.each(seeds)(
    'SEED=%i',
    async (seed) => {
      const history = historyOf(seed);
      const calm = await perform(history, CALM, seed);
      const rough = await perform(history, ROUGH, seed);
      expect([...calm.parked, ...rough.parked], `SEED=${seed}: nothing is put aside`).toEqual([]);
      const different = differences(calm.outcome, rough.outcome);
      const told = actionsOf(history)
        .map((action) => JSON.stringify(action))
        .join('\n');
      expect(different, `SEED=${seed}\n${different.join('\n')}\nthe history:\n${told}`).toEqual([]);
    },
    RUN_MS,
  );
});
