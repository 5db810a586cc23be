/** Puts the parts of the store together on one engine. */

import { cronOn } from './cron.ts';
import type { Engine } from './engine.ts';
import { write } from './engine.ts';
import { inboxOn } from './inbox.ts';
import { ledgerOn } from './ledger.ts';
import { paceOn } from './pace.ts';
import { readingsOn } from './readings.ts';
import type { Store } from './types.ts';

export function storeOn(engine: Engine): Store {
  return {
    inbox: inboxOn(engine),
    ledger: ledgerOn(engine),
    cron: cronOn(engine),
    readings: readingsOn(engine),
    pace: engine.rowLocks ? paceOn(engine) : null,
    ping: () => beat(engine),
    close: () => engine.close(),
  };
}

/** Characters; sixteen pages of SQLite's, about what a group of webhooks writes. */
const ROOM = 64 * 1024;
let beats = 0;

/**
 * A real write: reading works on a full disk and on a read-only replica. The embedded store's is as big as webhooks are,
 * because on a full disk a last page is free for long; and another one each time, because SQLite writes no page anew that
 * stays the same.
 */
async function beat(engine: Engine): Promise<void> {
  const at = engine.now();
  beats += 1;
  const room = engine.rowLocks ? null : String(beats % 10).repeat(ROOM);
  await write(engine, (tx) =>
    tx
      .insertInto('heartbeat')
      .values({ id: 1, at, room })
      .onConflict((on) => on.column('id').doUpdateSet({ at, room }))
      .execute(),
  );
}
