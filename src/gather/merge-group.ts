/** The merge group that tries a pull request out: which one, and the checks of its commit (G5). */
import type { GroupFacts, LaneFacts } from '../model/lane-facts.ts';
import type { CommitState } from '../model/pull-facts.ts';
import type { MergeGroup, PullRecord } from '../model/session.ts';
import type { Trigger } from '../model/trigger.ts';
import type { CommitStateFragment, SubjectQuery } from './generated/graphql.ts';

type Answer = NonNullable<SubjectQuery['repository']>;
type Told = MergeGroup & { ended: boolean };

/** GitHub wants an object id, even where the field is left out. */
const NONE = '0'.repeat(40);
/** GitHub's answers may lag behind its events; so long an event is believed that the answer does not bear out. */
const LAG_MS = 120_000;

export function groupVariables(
  trigger: Trigger,
  record: PullRecord | null,
): { groupSha: string; groupRef: string; hasGroup: boolean } {
  const group = groupNow(trigger, record);
  return { groupSha: group?.headSha ?? NONE, groupRef: group?.headRef ?? '', hasGroup: group !== null };
}

/**
 * Nothing when there is no group, or GitHub has none any more.
 * @param whole reads the commit's state, all pages of it
 */
export async function groupFacts(
  home: Pick<Answer, 'group' | 'groupBranch'>,
  trigger: Trigger,
  record: PullRecord | null,
  whole: (commit: CommitStateFragment) => Promise<CommitState>,
): Promise<Pick<LaneFacts, 'group'>> {
  const told = groupNow(trigger, record);
  if (!told) return {};
  const at = told.at ?? trigger.now;
  const shown = home.group?.__typename === 'Commit' ? home.group : null;
  const stands = shown !== null && home.groupBranch?.target?.oid === told.headSha;
  const settled = Date.parse(trigger.now) - Date.parse(at) > LAG_MS;
  const ended = told.ended || (settled && !stands);
  if (ended && shown === null) return {};
  const commit = shown ? await whole(shown) : null;
  const group: GroupFacts = { headSha: told.headSha, headRef: told.headRef, at, commit, ended };
  return { group };
}

/** What the events say wins over what the ledger remembers; the newest wins. One that has ended is looked at once more. */
export function groupNow(trigger: Trigger, record: PullRecord | null): Told | null {
  let group: Told | null = record?.group ? { ...record.group, ended: false } : null;
  if (trigger.kind !== 'subject') return group;
  for (const change of trigger.changes) {
    if (!change.group) continue;
    const { ended, headSha, headRef } = change.group;
    const known = group?.headSha === headSha;
    if (!ended && !known) group = { headSha, headRef, ended };
    // Of two trials only the running one is of interest.
    else if (ended && (known || group === null)) group = { ...(known ? group : null), headSha, headRef, ended };
  }
  return group;
}
