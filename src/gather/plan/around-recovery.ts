/** What a recovery goes by: the plan that a failed session stands in, asked for below it or at the parent (B6). */
import type { LaneFacts, RecoveryAround } from '../../model/lane-facts.ts';
import type { Trigger } from '../../model/trigger.ts';
import type { Reading } from '../reading.ts';
import { planFacts } from './plan-facts.ts';

/** A cheap sign; the command's own parser decides. */
const ASKS = /^[ \t]*\/session[ \t]+recover\b/im;

export async function recoveryFacts(
  trigger: Extract<Trigger, { kind: 'subject' | 'command' }>,
  { subject, plan: own }: LaneFacts,
  reading: Reading,
): Promise<Pick<LaneFacts, 'recovery'>> {
  if (trigger.kind !== 'command' || !ASKS.test(trigger.command.body)) return {};
  const { repo, number } = trigger;
  const parent = own ? number : (subject.plan?.parent ?? subject.parent ?? null);
  const plan = own ?? (parent === null ? null : await planBelow(parent, trigger, reading));
  const carrying = (plan?.subs ?? []).filter(({ session }) => session !== null);
  const ledgers = await Promise.all(carrying.map((sub) => reading.ledger.session(repo, sub.number)));
  const recovery: RecoveryAround = { parent, plan, sessions: ledgers.filter((one) => one !== null) };
  return { recovery };
}

async function planBelow(parent: number, trigger: Extract<Trigger, { kind: 'command' }>, reading: Reading) {
  const below = { onPull: false, body: '', children: { list: [], total: 1, openBeyond: 0 } };
  const record = await reading.ledger.plan(trigger.repo, parent);
  const { plan } = await planFacts({ ...trigger, number: parent }, below, record, reading);
  return plan ?? null;
}
