/** The check run that shows a verdict: made once per head, written only when the verdict or its text changed (G1). */
import { READINESS_CHECK } from '../../model/check-names.ts';
import { digest } from '../../model/digest.ts';
import type { CheckOutput, GitHubEffect } from '../../model/effect.ts';
import type { RepoFacts } from '../../model/facts.ts';
import type { OwnCheck, PullFacts } from '../../model/pull-facts.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import type { PullVerdict } from '../../model/verdict.ts';
import { buttonsFor } from '../../render/gate/buttons.ts';
import { checkOutput, verdictDigest } from '../../render/gate/check-output.ts';
import { sharedDigest, sharedOutput, worstOf } from '../../render/gate/shared-commit.ts';

/**
 * Someone pressed "Re-run" or "Re-check": GitHub then waits for a new run, even where it says the same (GitHub docs,
 * "Rerequest a check run"). One that was made since is the answer already.
 */
export function isAskedAgain(own: OwnCheck | null, headSha: string, changes: readonly ChangeInput[]): boolean {
  return changes.some(({ again }) => again && (again.run === null ? again.sha === headSha : again.run === own?.id));
}

/**
 * @param judged all open pull requests with this head and their verdicts, by number; this one's among them
 * @param changes what was heard since the last look
 */
export function checkEffects(
  judged: readonly PullVerdict[],
  pull: PullFacts,
  repo: RepoFacts,
  changes: readonly ChangeInput[],
): GitHubEffect[] {
  const wanted = outputOf(judged, pull.headSha);
  const own = pull.ownCheck;
  const create: GitHubEffect = { kind: 'check.create', repoId: repo.id, output: wanted };
  if (own === null) return [{ ...create, first: true }];
  if (isAskedAgain(own, pull.headSha, changes)) return [create];
  const same = own.externalId === wanted.externalId && own.status === wanted.status && own.conclusion === wanted.conclusion;
  if (same) return [];
  // A completed run cannot be opened again: waiting anew is a new run, and GitHub shows the newest.
  if (own.status === 'completed' && wanted.status !== 'completed') return [create];
  const [there, marks] = [marksIn(own.externalId), marksIn(wanted.externalId)];
  // Marks can be added to a run, and never taken away.
  if (there !== '' && there !== marks) return [create];
  const update = { kind: 'check.update' as const, repoId: repo.id, checkId: own.id, output: wanted };
  return [there === marks ? update : { ...update, annotate: true }];
}

function outputOf(judged: readonly PullVerdict[], headSha: string): CheckOutput {
  const state = worstOf(judged);
  const waiting = state === 'waiting';
  const conclusion = state === 'pass' ? 'success' : state === 'fail' ? 'failure' : 'neutral';
  return {
    name: READINESS_CHECK,
    headSha,
    status: waiting ? 'in-progress' : 'completed',
    conclusion: waiting ? null : conclusion,
    ...shownOf(judged),
    detailsUrl: null,
    actions: buttonsFor(
      state,
      judged.map(({ verdict }) => verdict),
    ),
  };
}

/** `externalId`: the (first) pull request, a digest of all that is shown, and one of what is marked in the files. */
function shownOf(judged: readonly PullVerdict[]) {
  const [first] = judged;
  const alone = judged.length === 1 ? (first?.verdict ?? null) : null;
  const shown = alone ? checkOutput(alone) : sharedOutput(judged);
  const name = alone
    ? `#${first?.number} ${verdictDigest(alone)}`
    : `#${first?.number}+${judged.length - 1} ${sharedDigest(judged)}`;
  const marks = shown.annotations.length > 0 ? ` !${digest(JSON.stringify(shown.annotations))}` : '';
  return { externalId: name + marks, ...shown };
}

function marksIn(externalId: string): string {
  return / !\w+$/.exec(externalId)?.[0] ?? '';
}
