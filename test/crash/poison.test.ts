/** Work that kills its worker: put aside after five, and nobody who stood beside it goes with it (A1). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MOST_LOST } from '../../src/intake/backoff.ts';
import { openStore } from '../../src/store/open.ts';
import { about, REPO } from '../store/samples.ts';
import { engines, freshSchema } from '../store/worlds.ts';

const PROGRAM = join(import.meta.dirname, 'poison-process.ts');
const POISON = 7;
const LANES = 12;

test.concurrent.each(engines)(
  '$name: the poisonous lane takes five workers with it and no neighbour',
  { timeout: 180_000 },
  async ({ name }) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'playcaller-poison-'));
    const schema = name === 'PostgreSQL' ? await freshSchema() : null;
    const databaseUrl = schema?.url ?? '';
    const store = await openStore({ dataDir, databaseUrl });
    await store.inbox.receive(Array.from({ length: LANES }, (_, at) => about(at + 1)));
    await store.close();

    let deaths = 0;
    for (let code: number | null = null; code === null; deaths += code === null ? 1 : 0) {
      const child = spawn(process.execPath, [PROGRAM, dataDir, databaseUrl, String(POISON)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      [code] = await once(child, 'exit');
      expect(code ?? 0).toBe(0);
    }
    expect(deaths).toBe(MOST_LOST);

    const after = await openStore({ dataDir, databaseUrl });
    expect(await after.inbox.parked(LANES)).toMatchObject([
      { lane: `${REPO}#${POISON}`, error: expect.stringMatching(/ended 5 times/) },
    ]);
    expect(await after.inbox.figures()).toMatchObject({ depth: 0, parked: 1 });
    await after.close();
    const seen = (await readFile(join(dataDir, 'seen.log'), 'utf8')).trim().split('\n');
    const runs = seen.map((line) => line.split(' ').map(Number));
    expect(new Set(runs.map(([number]) => number)).size).toBe(LANES);
    const beside = runs.flatMap(([number, busy]) => (number === POISON ? [busy] : []));
    // Twice beside others, then alone.
    expect(beside.slice(2)).toEqual(Array(MOST_LOST - 2).fill(1));
    expect(beside).toHaveLength(MOST_LOST);
    // Two deaths beside it, then alone: whoever did not do it lives through that.
    const neighbours = runs.flatMap(([number]) => (number === POISON ? [] : [number]));
    const most = Math.max(...neighbours.map((one) => neighbours.filter((number) => number === one).length));
    expect(most).toBeLessThanOrEqual(3);
    await schema?.end();
    await rm(dataDir, { recursive: true });
  },
);
