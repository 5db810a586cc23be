/** What it takes to decide about a pull request, its facts being gathered. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FileFact } from '../src/model/pull-facts.ts';
import { readFixture } from '../test/decide/fixture-files.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';

const FILES = 300;
const HEAPS = 5;
const TIMES = 21;

/** A failing pull request of a session; its one file replaced by `FILES` of a usual mixture. */
export async function measureVerdict(): Promise<Figure[]> {
  const { trigger, facts } = readFixture('pull-failing');
  if (facts.kind !== 'subject' || !facts.pull?.scan) throw new Error('the fixture has no pull request with files');
  const files = Array.from({ length: FILES }, (_, index) => file(index));
  Object.assign(facts.pull, { files, filesTotal: FILES, scan: { ...facts.pull.scan, files } });
  const first: number[] = [];
  const later: number[] = [];
  for (let heap = 0; heap < HEAPS; heap++) {
    const worker = new Worker(new URL('./verdict-alone.ts', import.meta.url), { workerData: { trigger, facts, times: TIMES } });
    const [taken]: { ms: number; writes: number }[][] = await once(worker, 'message');
    if (!taken?.every(({ writes }) => writes > 0)) throw new Error('there was no verdict');
    const [one = Number.NaN, ...more] = taken.map(({ ms }) => ms);
    first.push(one);
    later.push(...more);
  }
  const name = `verdict on a pull request of ${FILES} files`;
  return [
    {
      name: `${name}, the first of a process, median of ${HEAPS}`,
      value: percentile(first, 0.5),
      unit: 'ms',
      goal: { is: 'at most', value: 50 },
    },
    { name: `${name}, later ones, median`, value: percentile(later, 0.5), unit: 'ms', goal: { is: 'at most', value: 50 } },
  ];
}

function file(index: number): FileFact {
  const places = [`src/module-${index % 30}/part-${index}.ts`, `test/module-${index}.test.ts`, `docs/page-${index}.md`];
  return {
    path: places[index % 3] ?? '',
    previousPath: null,
    change: index % 5 === 0 ? 'added' : 'modified',
    additions: index % 40,
    deletions: index % 7,
  };
}
