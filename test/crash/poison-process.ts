/** A worker whose handler kills the process at one issue. Arguments: data directory, database URL, the number. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { startWorker } from '../../src/intake/worker.ts';
import { openStore } from '../../src/store/open.ts';

const [dataDir = '', databaseUrl = '', poison = ''] = process.argv.slice(2);
const store = await openStore({ dataDir, databaseUrl });
const note = (line: string) => appendFileSync(join(dataDir, 'seen.log'), `${line}\n`);
let busy = 0;

const worker = startWorker({
  inbox: store.inbox,
  log: pino({ level: 'silent' }),
  async handle(trigger) {
    const number = trigger.kind === 'board' ? 0 : trigger.number;
    busy += 1;
    note(`${number} ${busy}`);
    // Those that were leased together run beside it by now.
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (String(number) === poison) process.kill(process.pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 60));
    busy -= 1;
  },
  sortError: () => ({ kind: 'failed' }),
  tallied: (_, work) => work(),
  now: () => new Date(),
  leaseMs: 400,
  pollMs: 50,
});

while ((await store.inbox.figures()).depth > 0) await new Promise((resolve) => setTimeout(resolve, 20));
await worker.stop(1000);
await store.close();
