/** Store and lanes alone, over 1, 2 and 4 processes: each lane's work is two calls of 100 ms and no computing (A4). */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openPostgresStore } from '../src/store/postgres.ts';
import type { Store } from '../src/store/types.ts';
import { about } from '../test/store/samples.ts';
import { freshSchema } from '../test/store/worlds.ts';

const SCRIPT = fileURLToPath(new URL('waiting-replica.ts', import.meta.url));
const REPOSITORIES = 50;
/** More than any number of processes works off meanwhile. */
const LANES = 6_000;
const AT_ONCE = 1_000;
const SECONDS = 6;
const STARTING_MS = 1_000;

/** @returns lanes handled in a second, by all processes together */
export async function measureLanes(count: number, latencyMs: number): Promise<number> {
  const schema = await freshSchema();
  const store = await openPostgresStore(schema.url);
  const env = { ...process.env, DATABASE_URL: schema.url };
  const replicas = Array.from({ length: count }, () => fork(SCRIPT, [String(latencyMs)], { env }));
  try {
    await Promise.all(replicas.map((replica) => once(replica, 'message')));
    await fill(store);
    for (const replica of replicas) replica.send('start');
    await new Promise((resolve) => setTimeout(resolve, STARTING_MS));
    const [before, started] = [await store.inbox.figures(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    const after = await store.inbox.figures();
    if (after.depth === 0) throw new Error(`${LANES} lanes were too few`);
    return (before.depth - after.depth) / ((performance.now() - started) / 1000);
  } finally {
    await Promise.all(replicas.map(end));
    await store.close();
    await schema.end();
  }
}

async function fill(store: Store): Promise<void> {
  for (let from = 0; from < LANES; from += AT_ONCE) {
    const deliveries = Array.from({ length: AT_ONCE }, (_, index) => {
      const number = from + index;
      return about(Math.floor(number / REPOSITORIES) + 1, `acme/shop-${number % REPOSITORIES}`);
    });
    await store.inbox.receive(deliveries);
  }
}

async function end(replica: ChildProcess): Promise<void> {
  const gone = once(replica, 'exit');
  replica.send('stop');
  await gone;
}
