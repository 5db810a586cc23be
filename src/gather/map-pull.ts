/** GitHub's answer about the pull request itself, as facts: what it changes, who approved it, what its base asks for. */
import { CODEOWNERS_PLACES } from '../model/ground.ts';
import type {
  CommitChecks,
  CommitState,
  PatchScan,
  PullFacts,
  RequiredCheck,
  ReviewFact,
  TextFile,
} from '../model/pull-facts.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { actor, linkedPull, names, present } from './map-subject.ts';

type Thing = NonNullable<NonNullable<SubjectQuery['repository']>['issueOrPullRequest']>;
export type PullAnswer = Extract<Thing, { __typename: 'PullRequest' }>;

/** @param head null: GitHub did not give the head commit */
export function pullFacts(pull: PullAnswer, scan: PatchScan, repo: string, head: CommitState | null): PullFacts {
  const state: CommitState = head ?? { sha: pull.headRefOid, checks: [], checksCut: false, ownCheck: null };
  return {
    ...linkedPull(pull),
    author: actor(pull.author),
    ours: pull.viewerDidAuthor,
    labels: names(pull.labels),
    locked: pull.locked,
    commits: { total: pull.firstCommit.totalCount, firstMessage: present(pull.firstCommit.nodes)[0]?.commit.message ?? null },
    files: scan.files,
    filesTotal: pull.changedFiles,
    checks: state.checks,
    checksCut: state.checksCut,
    ownCheck: state.ownCheck,
    closes: present(pull.closingIssuesReferences?.nodes)
      .filter((issue) => issue.repository.nameWithOwner === repo)
      .map((issue) => issue.number),
    reviews: reviews(pull),
    ...(reviewsCut(pull) ? { reviewsCut: true } : {}),
    requiredChecks: requiredChecks(pull),
    codeowners: codeowners(pull),
    siblings: siblings(pull, repo),
    ...(pull.history ? { history: history(pull) } : {}),
    scan,
  };
}

function reviews(pull: PullAnswer): ReviewFact[] {
  return present(pull.latestOpinionatedReviews?.nodes).flatMap((review): ReviewFact[] => {
    const states = { APPROVED: 'approved', CHANGES_REQUESTED: 'changes-requested', DISMISSED: 'dismissed' } as const;
    const state = review.state in states ? states[review.state as keyof typeof states] : null;
    if (state === null) return [];
    return [
      {
        author: actor(review.author),
        state,
        commitSha: review.commit?.oid ?? null,
        at: review.submittedAt,
        mayWrite: review.authorCanPushToRepository,
        teams: present(review.onBehalfOf.nodes).map(({ combinedSlug }) => combinedSlug.toLowerCase()),
      },
    ];
  });
}

function reviewsCut({ latestOpinionatedReviews: all }: PullAnswer): boolean {
  return (all?.totalCount ?? 0) > present(all?.nodes).length;
}

/** Rulesets and branch protection together; null when neither could be read. */
function requiredChecks({ baseRef }: PullAnswer): RequiredCheck[] | null {
  if (!baseRef || (baseRef.rules === null && baseRef.refUpdateRule === null)) return null;
  const found = new Map<string, RequiredCheck>();
  for (const name of baseRef.refUpdateRule?.requiredStatusCheckContexts ?? []) if (name) found.set(name, { name, appId: null });
  for (const { parameters } of present(baseRef.rules?.nodes)) {
    if (parameters?.__typename !== 'RequiredStatusChecksParameters') continue;
    for (const { context: name, integrationId } of parameters.requiredStatusChecks)
      found.set(name, { name, appId: integrationId ?? null });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of the base branch. */
function codeowners({ baseRef }: PullAnswer): TextFile | null {
  const target = baseRef?.target;
  if (!target || !('owners' in target)) return null;
  const [inFolder, atRoot, inDocs] = CODEOWNERS_PLACES;
  const found = { [inFolder]: target.owners, [atRoot]: target.ownersAtRoot, [inDocs]: target.ownersInDocs };
  for (const path of CODEOWNERS_PLACES) {
    const object = found[path]?.object;
    if (!object || !('text' in object)) continue;
    const cut = object.isTruncated || object.text === null;
    return { path, text: object.text ?? '', ...(cut ? { cut } : {}) };
  }
  return null;
}

function siblings(pull: PullAnswer, repo: string): number[] {
  const shown = present(pull.headCommit.nodes)[0]?.commit.associatedPullRequests?.nodes;
  return present(shown)
    .filter((one) => one.state === 'OPEN' && one.headRefOid === pull.headRefOid && one.repository.nameWithOwner === repo)
    .map((one) => one.number)
    .filter((number) => number !== pull.number)
    .sort((a, b) => a - b);
}

const FAILED = new Set(['FAILURE', 'TIMED_OUT', 'STARTUP_FAILURE', 'ERROR']);

function history(pull: PullAnswer): CommitChecks[] {
  return present(pull.history?.nodes)
    .filter(({ commit }) => commit.oid !== pull.headRefOid)
    .map(({ commit }) => ({
      sha: commit.oid,
      headline: commit.messageHeadline,
      failed: present(commit.statusCheckRollup?.contexts.nodes).flatMap((context) => {
        const [name, state] =
          context.__typename === 'CheckRun' ? [context.name, context.conclusion] : [context.context, context.statusState];
        return state !== null && FAILED.has(state) ? [name] : [];
      }),
    }));
}
