/** Which GUIDs the inbox has taken in before. */

import type { Engine } from './engine.ts';
import { parts } from './over-rows.ts';

/** Of `guids`, those that are known. */
export async function knownGuids(engine: Engine, guids: string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const part of parts([...new Set(guids)])) {
    const rows = await engine.db.selectFrom('delivery').select('guid').where('guid', 'in', part).execute();
    for (const { guid } of rows) known.add(guid);
  }
  return known;
}
