/** A process that receives until it is killed, or the store refuses; it prints each acknowledged GUID. Run by tests. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open.ts';
import { about } from './samples.ts';

const [dataDir = '', databaseUrl = ''] = process.argv.slice(2);

const store = await openStore({ dataDir, databaseUrl });
try {
  for (let turn = 0; ; turn += 1) {
    const batch = Array.from({ length: 1 + (turn % 9) }, (_, index) => ({ ...about(index), guid: randomUUID() }));
    await store.inbox.receive(batch);
    // Straight to the pipe: what is printed was acknowledged, whatever happens next.
    writeSync(1, batch.map((each) => `${each.guid}\n`).join(''));
  }
} catch (error) {
  writeSync(1, `REFUSED ${error instanceof Error ? error.name : error}\n`);
  // Reading still works.
  await store.inbox.figures();
}
