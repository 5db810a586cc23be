/** How long an emptied ledger takes to be made again, and how many calls: a repository with 200 sessions. */
import { setStage } from '../test/apply/stage.ts';
import { temporaryStore } from '../test/intake/deliver.ts';
import { manySessions, rebuildInto } from '../test/rebuild/many-sessions.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';

const COUNT = 200;
const RUNS = 5;

export async function measureRebuild(): Promise<Figure[]> {
  const stage = await setStage();
  const seconds: number[] = [];
  let calls = 0;
  try {
    await manySessions(stage, COUNT);
    for (let run = 0; run < RUNS; run++) {
      const { store, remove } = await temporaryStore();
      await stage.calls();
      const started = performance.now();
      const { written } = await rebuildInto(store, stage);
      seconds.push((performance.now() - started) / 1000);
      if (written.length !== COUNT) throw new Error(`${written.length} sessions came back`);
      calls = (await stage.calls()).length;
      await remove();
    }
  } finally {
    await stage.close();
  }
  const name = `rebuild of ${COUNT} sessions`;
  return [
    { name: `${name}: calls`, value: calls, unit: '', goal: { is: 'at most', value: 30 } },
    { name: `${name}, median`, value: percentile(seconds, 0.5), unit: 's', goal: null },
  ];
}
