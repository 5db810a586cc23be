/** How much waits, since when, and when the next lane wants work. */
import { isDue, WANTS_AT } from './due-lanes.ts';
import type { Engine } from './engine.ts';
import type { QueueFigures } from './inbox-types.ts';

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

/** A leased lane wants work again when the lease runs out, a timer when it is due; what stands in the line, now. */
export async function nextDueMs(engine: Engine): Promise<number | null> {
  const { line, due, timer, now } = await engine.db
    .selectNoFrom((eb) => [
      eb.selectFrom('lane').select('lane.id').where('round', 'is not', null).where(isDue(engine)).limit(1).as('line'),
      eb.selectFrom('lane').select(WANTS_AT.as('at')).where(WANTS_AT, '>=', 0).orderBy(WANTS_AT).limit(1).as('due'),
      eb
        .selectFrom('timer')
        .select((of) => of.fn.min('due_at').as('at'))
        .as('timer'),
      engine.now().as('now'),
    ])
    .executeTakeFirstOrThrow();
  if (line !== null) return 0;
  const next = [due, timer].filter((at) => at !== null).map(Number);
  return next.length === 0 ? null : Math.max(0, Math.min(...next) - now);
}
