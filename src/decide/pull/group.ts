/** A merge queue tries the pull request out: its verdict on the group's commit, in a check run of its own there (G5). */
import type { GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import type { GroupFacts, LaneFacts } from '../../model/lane-facts.ts';
import type { CommitState, PullFacts } from '../../model/pull-facts.ts';
import { subjectLane } from '../../model/repo.ts';
import type { PullRecord } from '../../model/session.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import type { Verdict, VerdictItem } from '../../model/verdict.ts';
import type { GateFacts } from '../gate/types.ts';
import { judge, stateOf } from '../gate/verdict.ts';
import { checkEffects } from './check.ts';
import { deadlines } from './deadlines.ts';
import { finishLeft } from './finish.ts';

/** Judged on the group's commit; whatever else there is was settled on the pull request. */
const ON_THE_COMMIT = new Set(['ci', 'coverage']);
/** So long until the next look at a commit that GitHub told of and does not show yet; 15 s. */
const UNSEEN_MS = 15_000;

export interface GroupDecision {
  ledger: LedgerEffect[];
  github: GitHubEffect[];
}

/** What is to be remembered: the trial while it runs, and one that is over until its check run is seen to be completed. */
export function groupsToKeep({ group, left }: LaneFacts, { state }: PullFacts): Pick<PullRecord, 'group' | 'left'> {
  const over = group && isOver(group, state) ? trialOf(group) : null;
  const running = [over, left].find((one) => one?.ownCheck && one.ownCheck.status !== 'completed');
  return {
    ...(group && !over ? { group: { headSha: group.headSha, headRef: group.headRef, at: group.at } } : {}),
    ...(running ? { left: { headSha: running.headSha, what: running.what } } : {}),
  };
}

/**
 * @param judged the facts and the verdict of the pull request itself; null when it is not open
 * @param changes what was heard since the last look
 */
export function decideGroup(
  facts: LaneFacts,
  pull: PullFacts,
  judged: { facts: GateFacts; verdict: Verdict } | null,
  changes: readonly ChangeInput[],
): GroupDecision {
  const { group, left, repo, now } = facts;
  const before = left ? finishLeft(left, pull, repo.id) : [];
  if (!group) return { ledger: [], github: before };
  if (judged === null || isOver(group, pull.state)) {
    return { ledger: [], github: [...before, ...finishLeft(trialOf(group), pull, repo.id)] };
  }
  const lane = subjectLane(repo.name, pull.number);
  if (group.commit === null) {
    const at = new Date(Date.parse(now) + UNSEEN_MS).toISOString();
    return { ledger: [{ kind: 'wake', lane, why: 'group-unseen', at }], github: before };
  }
  const verdict = onGroup(judged.facts, judged.verdict, group, group.commit);
  const there = { ...pull, headSha: group.headSha, ownCheck: group.commit.ownCheck };
  const check = checkEffects([{ number: pull.number, title: pull.title, verdict }], there, repo, changes);
  return { ledger: deadlines(verdict, lane, now, 'group-'), github: [...before, ...check] };
}

function isOver(group: GroupFacts, state: PullFacts['state']): boolean {
  return group.ended || state !== 'open';
}

/** A draft cannot be merged: what would wait elsewhere ends here. A waiver of this head holds for its trial, too. */
function onGroup(facts: GateFacts, verdict: Verdict, group: GroupFacts, commit: CommitState): Verdict {
  const { checks, checksCut, ownCheck } = commit;
  const pull = { ...facts.pull, headSha: group.headSha, checks, checksCut, ownCheck, headAt: group.at };
  const there: GateFacts = { ...facts, pull, inQueue: true };
  const items = verdict.items.map((item): VerdictItem => {
    return ON_THE_COMMIT.has(item.id) ? (judge(item.id, there, facts.pull.headSha) ?? item) : item;
  });
  const state = verdict.draft ? 'fail' : stateOf(items);
  return { ...verdict, state, headSha: group.headSha, items, inQueue: true };
}

function trialOf({ headSha, commit }: GroupFacts): NonNullable<LaneFacts['left']> {
  return { headSha, what: 'trial', ownCheck: commit?.ownCheck ?? null };
}
