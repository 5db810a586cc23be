/** What the ledger keeps of a pull request: little, and enough to judge it anew (G4, G8). */
import { describe, expect, it } from 'vitest';
import { coverage } from '../../src/decide/gate/coverage.ts';
import { detailOf } from '../../src/decide/pull/detail.ts';
import type { CheckFact, StoredPull } from '../../src/model/pull-facts.ts';
import { facts as lane } from '../decide/build.ts';
import { facts, pull, ran } from './facts.ts';

function kept(checks: CheckFact[]): StoredPull {
  const detail = detailOf(lane(), pull({ checks }), null);
  if (!detail) throw new Error('nothing is kept');
  return detail.pull;
}

const LONG = 'Ran 1,204 tests of the whole shop, and all is well. '.repeat(80).slice(0, 4000);

it('hundreds of checks with long summaries stay small', () => {
  const checks = Array.from({ length: 300 }, (_, at) => ran(`build / part ${at}`, 'success', { title: 'Fine', summary: LONG }));
  expect(JSON.stringify(kept(checks)).length).toBeLessThan(100_000);
});

describe('coverage is read from it as from the whole', () => {
  it.each([
    ['a figure far down', `${LONG.slice(0, 3000)} 61.2% of diff hit`],
    ['nothing to cover', `${LONG.slice(0, 3000)} Coverage not affected`],
    ['no data', `${LONG.slice(0, 3000)} no coverage information`],
    ['no word of it', LONG],
    ['nothing at all', null],
    ['', ''],
  ])('%s', (_name, summary) => {
    for (const app of ['ci', 'github-actions']) {
      for (const title of [null, 'Done']) {
        const checks = [ran('codecov/patch', 'success', { app, title, summary })];
        const whole = facts({ pull: pull({ checks }) });
        const stored = facts({ pull: pull({ checks: kept(checks).checks }) });
        expect(coverage.check(stored, {})).toEqual(coverage.check(whole, {}));
      }
    }
  });
});
