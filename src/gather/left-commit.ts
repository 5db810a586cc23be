/** A commit that our check run may still be running on although nobody waits for it any more: a trial's, or a former head. */
import type { LaneFacts } from '../model/lane-facts.ts';
import type { PullFacts } from '../model/pull-facts.ts';
import type { LeftCommit, PullRecord } from '../model/session.ts';
import type { Trigger } from '../model/trigger.ts';
import type { Ledger } from '../store/ledger-types.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { ownCheck } from './map-checks.ts';
import { groupNow } from './merge-group.ts';

type Answer = NonNullable<SubjectQuery['repository']>;

/** GitHub wants an object id, even where the field is left out. */
const NONE = '0'.repeat(40);

export function leftVariables(trigger: Trigger, record: PullRecord | null): { leftSha: string; hasLeft: boolean } {
  const left = leftBehind(trigger, record);
  return { leftSha: left?.headSha ?? NONE, hasLeft: left !== null };
}

/** Nothing when none was left, its commit is gone, or others have it as their head. */
export async function leftFacts(
  home: Pick<Answer, 'left'>,
  trigger: Trigger,
  record: PullRecord | null,
  pull: PullFacts | null,
  ledger: Pick<Ledger, 'pullsAt'>,
): Promise<Pick<LaneFacts, 'left'>> {
  const left = leftBehind(trigger, record);
  if (!left || !pull || left.headSha === pull.headSha || home.left?.__typename !== 'Commit') return {};
  const others = (await ledger.pullsAt(trigger.repo, left.headSha)).filter(({ number }) => number !== pull.number);
  return others.length > 0 ? {} : { left: { ...left, ownCheck: ownCheck(home.left) } };
}

/** Whether the head still is the head shows only in the answer. */
function leftBehind(trigger: Trigger, record: PullRecord | null): LeftCommit | null {
  const now = groupNow(trigger, record);
  const told = trigger.kind === 'subject' ? trigger.changes.flatMap(({ group }) => group ?? []) : [];
  const trials = [record?.group, ...told.toReversed()].flatMap((group) =>
    group && group.headSha !== now?.headSha ? [group] : [],
  );
  const [trial] = trials;
  if (trial) return { headSha: trial.headSha, what: 'trial' };
  if (record?.left) return record.left;
  return record?.verdict === 'waiting' ? { headSha: record.headSha, what: 'head' } : null;
}
