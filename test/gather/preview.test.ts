/** A proposed configuration is tried on as many open pull requests as can be judged in good time; the others are counted (G4). */
import { expect, it } from 'vitest';
import { previewOf } from '../../src/gather/preview.ts';
import type { PatchScan, PullFacts } from '../../src/model/pull-facts.ts';
import type { PullDetail } from '../../src/model/verdict.ts';
import type { Ledger } from '../../src/store/ledger-types.ts';
import { file, pull, scan } from '../gate/facts.ts';

const REPO = 'acme/shop';
const PROPOSES: PullFacts = pull({ number: 99, scan: scan({ configuration: { '.github/playcaller.yml': 'version: 1\n' } }) });

/** Holds these pull requests, newest first, by how many files they change. */
function ledgerWith(sizes: readonly [number: number, files: number][]): Ledger {
  const { scan: _scan, files: _files, ...stored } = pull();
  const details = sizes.map(([number]): PullDetail => {
    return { repo: REPO, number, headSha: stored.headSha, at: '', pull: { ...stored, number }, verdict: null };
  });
  const scanOf = (number: number): PatchScan =>
    scan({ files: Array.from({ length: sizes.find(([one]) => one === number)?.[1] ?? 0 }, (_, at) => file(`a${at}.ts`)) });
  const held: Partial<Ledger> = {
    openDetails: async () => details,
    scan: async (_repo, number) => scanOf(number),
    pull: async () => null,
    countOpenPulls: async () => details.length + 1,
  };
  return held as Ledger;
}

it('big ones are passed over, small ones behind them are not', async () => {
  const ledger = ledgerWith([
    [98, 700],
    [97, 3000],
    [96, 700],
    [95, 700],
    [94, 10],
  ]);
  const { preview } = await previewOf(PROPOSES, null, null, REPO, ledger);
  expect(preview?.pulls.map((one) => one.pull.number)).toEqual([98, 96, 94]);
  expect(preview?.total).toBe(6);
});
