/** How much waits, since when, and when the next lane wants work. */
import { sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { QueueFigures } from './types.ts';

export async function figures(engine: Engine): Promise<QueueFigures> {
  const { depth, oldest, parked, now } = await engine.db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('lane')
        .select((of) => of.fn.countAll<number>().as('n'))
        .as('depth'),
      eb
        .selectFrom('input')
        .select((of) => of.fn.min('at').as('at'))
        .as('oldest'),
      eb
        .selectFrom('parked')
        .select((of) => of.fn.countAll<number>().as('n'))
        .as('parked'),
      engine.now().as('now'),
    ])
    .executeTakeFirstOrThrow();
  return { depth: depth ?? 0, oldestSeconds: oldest === null ? 0 : Math.max(0, (now - oldest) / 1000), parked: parked ?? 0 };
}

/** A leased lane wants work again when the lease runs out, a timer when it is due. */
export async function nextDueMs(engine: Engine): Promise<number | null> {
  const { due, timer, now } = await engine.db
    .selectFrom('lane')
    .select([
      sql<number | null>`min(case when run_at > lease_until then run_at else lease_until end)`.as('due'),
      engine.now().as('now'),
      (eb) =>
        eb
          .selectFrom('timer')
          .select((of) => of.fn.min('due_at').as('at'))
          .as('timer'),
    ])
    .executeTakeFirstOrThrow();
  const next = [due, timer].filter((at) => at !== null).map(Number);
  return next.length === 0 ? null : Math.max(0, Math.min(...next) - now);
}
