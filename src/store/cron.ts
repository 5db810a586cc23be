/** Scheduled slots: each is taken once, by whichever process comes first. */

import type { Engine } from './engine.ts';
import { writeWork } from './engine.ts';
import { receiveIn } from './receive.ts';
import type { Cron } from './types.ts';

/** A slot so far ahead was taken by a clock gone wrong: it must not hold up the schedule until its time has come. */
const AHEAD_MS = 7 * 24 * 3_600_000;

export function cronOn(engine: Engine): Cron {
  return {
    async take(name, slot, delivery) {
      const wanted = Date.parse(slot);
      const { taken } = await writeWork(engine, async (tx) => {
        const advanced = await tx
          .insertInto('cron')
          .values({ name, slot: wanted })
          .onConflict((on) =>
            on
              .column('name')
              .doUpdateSet({ slot: wanted })
              .where((eb) =>
                eb.or([eb('cron.slot', '<', wanted), eb('cron.slot', '>', Date.parse(delivery.receivedAt) + AHEAD_MS)]),
              ),
          )
          .returning('name')
          .executeTakeFirst();
        if (!advanced) return { taken: false, added: false };
        const { added } = await receiveIn(engine, tx, [delivery]);
        return { taken: true, added };
      });
      return taken;
    },
    async lastSlot(name) {
      const row = await engine.db.selectFrom('cron').select('slot').where('name', '=', name).executeTakeFirst();
      return row ? new Date(Number(row.slot)).toISOString() : null;
    },
  };
}
