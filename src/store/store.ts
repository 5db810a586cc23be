/** Puts the parts of the store together on one engine. */

import { cronOn } from './cron.ts';
import type { Engine } from './engine.ts';
import { write } from './engine.ts';
import { inboxOn } from './inbox.ts';
import { ledgerOn } from './ledger.ts';
import { readingsOn } from './readings.ts';
import type { Store } from './types.ts';

export function storeOn(engine: Engine): Store {
  return {
    inbox: inboxOn(engine),
    ledger: ledgerOn(engine),
    cron: cronOn(engine),
    readings: readingsOn(engine),
    ping: () => beat(engine),
    close: () => engine.close(),
  };
}

/** A real write: reading works on a full disk and on a read-only replica. */
async function beat(engine: Engine): Promise<void> {
  const at = engine.now();
  await write(engine, (tx) =>
    tx
      .insertInto('heartbeat')
      .values({ id: 1, at })
      .onConflict((on) => on.column('id').doUpdateSet({ at }))
      .execute(),
  );
}
