/** What a recovery costs against beginning anew, as a table (B6, S1). */
import type { RecoveryCost, RecoveryPlan } from '../../model/recovery.ts';
import { tokensPhrase } from '../../model/tokens.ts';
import { table } from '../markdown.ts';
import { grouped, hoursWord } from '../plan/words.ts';

const TIERS = ['planner', 'coder', 'validator'] as const;

export function costBlock({ cost: { recovery, restart, saved }, outcome, assumed }: RecoveryPlan): string[] {
  const row = (name: string, value: (cost: RecoveryCost) => string) => [name, value(recovery), value(restart), value(saved)];
  const rows = [
    ['', 'Recovery', 'Restart', 'Saved'],
    row('Sessions run again', ({ tasks }) => grouped(tasks)),
    row('Work done again', ({ work }) => hoursWord(work)),
    row('Until all is done', ({ finish }) => hoursWord(finish)),
    ...(recovery.tokens === null
      ? []
      : TIERS.map((tier) => row(`Tokens, ${tier}`, ({ tokens }) => (tokens === null ? '' : tokensPhrase(tokens[tier]))))),
  ];
  const notes = [
    ...(outcome === 'restart' ? ['The recovery stands here only to compare: it is not advised.'] : []),
    ...(recovery.tokens === null ? ['Tokens are not known: `/session cost` tells them.'] : []),
    ...(assumed.tokens.length > 0 ? [`Tokens of ${assumed.tokens.length} sessions were taken as the median of the others.`] : []),
  ];
  return [table(rows), ...(notes.length > 0 ? ['', `<sub>Hours are the estimates of the plan. ${notes.join(' ')}</sub>`] : [])];
}
