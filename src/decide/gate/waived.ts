/** A maintainer's waiver over an item that is not there (G7). */
import type { Waiver } from '../../model/records.ts';
import type { ItemResult } from '../../model/verdict.ts';
import { waivedBy } from '../../render/gate/waived.ts';

/** What was seen stays in the table and in the files' marks: a waiver takes the weight from it, not the words. */
export function afterWaiver(id: string, result: ItemResult, waivers: readonly Waiver[], headSha: string): ItemResult {
  if (result.status !== 'fail' && result.status !== 'waiting') return result;
  const waiver = waivers.findLast((one) => one.item === id && (one.sticky || one.headSha === headSha));
  if (!waiver) return result;
  return { status: 'waived', evidence: waivedBy(waiver, result.evidence), mend: null, annotations: result.annotations };
}
