/** Killed at any moment: what was acknowledged is there, whole and once (A1, A3). */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/types.ts';
import { about } from './samples.ts';
import { databaseUrl, engines, freshSchema } from './worlds.ts';

const ROUNDS = 6;
const PROGRAM = join(import.meta.dirname, 'receiver-process.ts');

/** Runs the receiver, kills it somewhere after `lines` acknowledgements, returns all that it acknowledged. */
async function receiveAndDie(dataDir: string, url: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [PROGRAM, dataDir, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const seen: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    seen.push(line);
    if (seen.length === lines) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
  }
  return seen;
}

/** GUIDs of all inputs that wait. */
async function waiting(store: Store): Promise<string[]> {
  const works = await store.inbox.lease(1_000, 60_000);
  for (const { lease } of works) await store.inbox.retry(lease, 0, false, 'only looked at');
  return works.flatMap((work) => work.inputs.map((each) => each.guid));
}

describe.each(engines)('a killed process on $name', ({ name }) => {
  let dataDir: string;
  let url = '';
  let drop = async (): Promise<void> => {};
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'playcaller-crash-'));
    if (name === 'PostgreSQL') {
      if (!databaseUrl) throw new Error('no database');
      ({ url, end: drop } = await freshSchema());
    }
  });
  afterEach(async () => {
    await drop();
    await rm(dataDir, { recursive: true });
  });

  test(`nothing acknowledged is lost in ${ROUNDS} rounds`, async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const seen = await receiveAndDie(dataDir, url, 20 + Math.floor(Math.random() * 200));
      expect(seen.length).toBeGreaterThanOrEqual(20);
      acknowledged.push(...seen);
      const store = await openStore({ dataDir, databaseUrl: url });
      const again = await store.inbox.receive(acknowledged.map((guid) => ({ ...about(1), guid })));
      expect(again.filter(Boolean)).toEqual([]);
      const there = await waiting(store);
      expect(new Set(there).size).toBe(there.length);
      const inputs = new Set(there);
      expect(acknowledged.filter((guid) => !inputs.has(guid))).toEqual([]);
      await store.close();
    }
  });
});
