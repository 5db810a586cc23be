/** A replica whose work is nothing but two calls to GitHub that take their time: what store and lanes bear by themselves. */
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { startWorker } from '../src/intake/worker.ts';
import { openPostgresStore } from '../src/store/postgres.ts';

const CALLS = 2;
const latencyMs = Number(process.argv[2]);
const store = await openPostgresStore(process.env.DATABASE_URL ?? '');
let handled = 0;
process.once('message', () => {
  const worker = startWorker({
    inbox: store.inbox,
    log: pino({ level: 'silent' }),
    async handle() {
      for (let call = 0; call < CALLS; call += 1) await setTimeout(latencyMs);
      handled += 1;
    },
    sortError: () => ({ kind: 'failed' }),
    tallied: (_, work) => work(),
    now: () => new Date(),
  });
  process.once('message', async () => {
    await worker.stop(10_000);
    await store.close();
    process.send?.(handled);
    process.disconnect();
  });
});
process.send?.('ready');
