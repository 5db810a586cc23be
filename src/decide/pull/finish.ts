/** Ends a check run on a commit that nobody waits for any more: nothing of ours stays in progress for ever (G1). */
import { READINESS_CHECK } from '../../model/check-names.ts';
import type { CheckOutput, GitHubEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { OwnCheck, PullFacts } from '../../model/pull-facts.ts';
import * as words from '../../render/gate/ended.ts';

/** Of a trial that is over, or of a head that a push replaced. */
export function finishLeft(
  { headSha, what, ownCheck }: NonNullable<LaneFacts['left']>,
  { number }: PullFacts,
  repoId: string,
): GitHubEffect[] {
  const said =
    what === 'trial'
      ? { name: `#${number} ended`, conclusion: 'neutral' as const, ...words.trialEnded(number) }
      : { name: `#${number} replaced`, conclusion: 'cancelled' as const, ...words.headReplaced(number) };
  return finish(ownCheck, headSha, said, repoId);
}

/** @param name stands in the run's external id instead of a verdict's digest */
function finish(
  own: OwnCheck | null,
  headSha: string,
  said: { name: string; conclusion: 'neutral' | 'cancelled'; title: string; summary: string },
  repoId: string,
): GitHubEffect[] {
  if (!own || own.status === 'completed') return [];
  const { name, conclusion, title, summary } = said;
  const output: CheckOutput = {
    name: READINESS_CHECK,
    headSha,
    status: 'completed',
    conclusion,
    externalId: name,
    title,
    summary,
    text: '',
    annotations: [],
    detailsUrl: null,
    actions: [],
  };
  return [{ kind: 'check.update', repoId, checkId: own.id, output }];
}

/** Of a pull request that is closed or merged. Others on the same commit go on with the run: they are woken. */
export function finishClosed({ siblings = [], repo }: LaneFacts, pull: PullFacts): GitHubEffect[] {
  if (pull.state === 'open' || siblings.length > 0) return [];
  // Neutral would let a new pull request with this head pass for a moment.
  const said = {
    name: `#${pull.number} ${pull.state}`,
    conclusion: 'cancelled' as const,
    ...words.pullEnded(pull.number, pull.state),
  };
  return finish(pull.ownCheck, pull.headSha, said, repo.id);
}
