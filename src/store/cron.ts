/** Scheduled slots: each is taken once, by whichever process comes first. */

import type { Engine } from './engine.ts';
import { writeWork } from './engine.ts';
import { receiveIn } from './receive.ts';
import type { Cron } from './types.ts';

export function cronOn(engine: Engine): Cron {
  return {
    async take(name, slot, delivery) {
      const wanted = Date.parse(slot);
      const { taken } = await writeWork(engine, async (tx) => {
        const advanced = await tx
          .insertInto('cron')
          .values({ name, slot: wanted })
          .onConflict((on) => on.column('name').doUpdateSet({ slot: wanted }).where('cron.slot', '<', wanted))
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
      return row ? new Date(row.slot).toISOString() : null;
    },
  };
}
