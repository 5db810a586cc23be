/** Dies by SIGKILL with 10,000 open deliveries in its store, and starts again: when it takes webhooks, and when it works. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DELIVERIES, KEYS, leaveOpen, mustAnswerAll, watchDrain } from './draining.ts';
import type { Figure } from './figure.ts';
import { makeManyKeys } from './many-keys.ts';
import { startMeasured } from './processes.ts';

/** On PostgreSQL as well when `TEST_DATABASE_URL` is set. */
export async function measureRecovery(): Promise<Figure[]> {
  const figures = await onSqlite();
  return process.env.TEST_DATABASE_URL ? [...figures, ...(await onPostgres())] : figures;
}

async function onSqlite(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-bench-'));
  try {
    return await crashed('SQLite', { DATA_DIR: dataDir });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<Figure[]> {
  const { freshSchema } = await import('../test/store/worlds.ts');
  const schema = await freshSchema();
  try {
    return await crashed('PostgreSQL', { DATABASE_URL: schema.url });
  } finally {
    await schema.end();
  }
}

async function crashed(engine: string, store: Record<string, string>): Promise<Figure[]> {
  const keys = await makeManyKeys(KEYS, DELIVERIES / KEYS);
  try {
    await leaveOpen(keys, store);
    const started = performance.now();
    const app = await startMeasured('../src/main.ts', '/readyz', { ...store, ...keys.env });
    try {
      keys.connect(app.origin);
      const drained = await watchDrain(app, started);
      mustAnswerAll(keys);
      const name = `crash with ${DELIVERIES.toLocaleString('en')} open deliveries, ${engine}`;
      return [
        { name: `${name}: ready again after`, value: app.readyMs / 1000, unit: 's', goal: { is: 'at most', value: 2 } },
        { name: `${name}: first look done after`, value: drained.firstSeconds, unit: 's', goal: null },
        { name: `${name}: all done after`, value: drained.allSeconds, unit: 's', goal: null },
      ];
    } finally {
      await app.stop();
    }
  } finally {
    await keys.close();
  }
}
