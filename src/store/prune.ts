/** Removes what GitHub can no longer deliver again. */

import { pruneChecksSeen } from './checks-seen.ts';
import type { Engine } from './engine.ts';
import { write } from './engine.ts';

/** Small transactions: deliveries go on coming in between. */
const AT_ONCE = 2000;
/** Sweeps compare the checks of 30 days. */
const CHECKS_KEPT_MS = 35 * 24 * 3_600_000;

/** @returns how many GUIDs went. Those with an input that still waits stay, and so do parked inputs. */
export async function prune(engine: Engine, before: string): Promise<number> {
  const until = Date.parse(before);
  let removed = 0;
  for (;;) {
    const gone = await write(engine, (tx) =>
      tx
        .deleteFrom('delivery')
        .where('guid', 'in', (eb) =>
          eb
            .selectFrom('delivery')
            .select('guid')
            .where('received_at', '<', until)
            .where('guid', 'not in', (of) => of.selectFrom('input').select('input.guid'))
            .limit(AT_ONCE),
        )
        .executeTakeFirstOrThrow(),
    );
    removed += Number(gone.numDeletedRows);
    if (gone.numDeletedRows < BigInt(AT_ONCE)) break;
  }
  await pruneHeads(engine, until);
  await write(engine, (tx) => tx.deleteFrom('pace').where('kept_until', '<', engine.now()).execute());
  await write(engine, (tx) => pruneChecksSeen(tx, until - CHECKS_KEPT_MS));
  return removed;
}

/** Old heads, but for those that open pull requests still have. */
async function pruneHeads(engine: Engine, until: number): Promise<void> {
  await write(engine, (tx) =>
    tx
      .deleteFrom('head')
      .where('seen_at', '<', until)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('pull')
              .select('pull.number')
              .whereRef('pull.repo', '=', 'head.repo')
              .whereRef('pull.number', '=', 'head.number')
              .whereRef('pull.head_sha', '=', 'head.sha')
              .where('pull.state', '=', 'open'),
          ),
        ),
      )
      .execute(),
  );
}
