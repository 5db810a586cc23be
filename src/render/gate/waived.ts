/** Words of a waived gate item. */
import type { Waiver } from '../../model/records.ts';
import { quoteText } from '../markdown.ts';
import { points } from './phrases.ts';

export function waivedBy({ by, why, sticky }: Waiver, evidence: string): string {
  const until = sticky ? 'for later commits too' : 'for this commit';
  return points([`Waived by ${quoteText(by, 40)} ${until}: ${quoteText(why, 300)}`, evidence]);
}
