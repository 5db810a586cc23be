/** The check run that shows a verdict: made once per head, written only when the verdict or its text changed (G1). */
import { READINESS_CHECK } from '../../model/check-names.ts';
import type { CheckOutput, GitHubEffect } from '../../model/effect.ts';
import type { RepoFacts } from '../../model/facts.ts';
import type { PullFacts } from '../../model/pull-facts.ts';
import type { Verdict } from '../../model/verdict.ts';
import { checkOutput, verdictDigest } from '../../render/gate/check-output.ts';

/**
 * @param asked someone pressed "Re-run": GitHub then waits for a new run, even where it says the same
 * (GitHub docs, "Rerequest a check run")
 */
export function checkEffects(verdict: Verdict, pull: PullFacts, repo: RepoFacts, asked: boolean): GitHubEffect[] {
  const wanted = outputOf(verdict, pull);
  const own = pull.ownCheck;
  if (own === null) return [{ kind: 'check.create', repoId: repo.id, output: wanted }];
  const same = own.externalId === wanted.externalId && own.status === wanted.status && own.conclusion === wanted.conclusion;
  if (asked) return [{ kind: 'check.create', repoId: repo.id, output: wanted }];
  if (same) return [];
  // A completed run cannot be opened again: waiting anew is a new run, and GitHub shows the newest.
  if (own.status === 'completed' && wanted.status !== 'completed')
    return [{ kind: 'check.create', repoId: repo.id, output: wanted }];
  return [{ kind: 'check.update', repoId: repo.id, checkId: own.id, output: wanted }];
}

function outputOf(verdict: Verdict, pull: PullFacts): CheckOutput {
  const shown = checkOutput(verdict);
  const waiting = verdict.state === 'waiting';
  const conclusion = verdict.state === 'pass' ? 'success' : verdict.state === 'fail' ? 'failure' : 'neutral';
  return {
    name: READINESS_CHECK,
    headSha: pull.headSha,
    status: waiting ? 'in-progress' : 'completed',
    conclusion: waiting ? null : conclusion,
    externalId: `#${pull.number} ${verdictDigest(verdict)}`,
    ...shown,
    detailsUrl: null,
  };
}
