/** REST: pull requests and their reviews. */
import { createPull, mergePull, removeReviewers, requestReviewers, updateBranch, updatePull } from '../actions/index.ts';
import { notFound, SandboxError } from '../error.ts';
import { formatDiff } from '../git/diff.ts';
import { formatPatch } from '../git/patch.ts';
import { userJson } from '../payload/account.ts';
import { commitJson, fileJson } from '../payload/commit.ts';
import { fullPullJson, pullJson, requestedTeamsJson } from '../payload/pull.ts';
import { commitsOf, filesOf, headLabel, isPull, type PullIssue } from '../read.ts';
import { type Answer, bodyOf, type Call, choice, created, list, noContent, ok, pullOf, repoOf, route } from './call.ts';

function listPulls(call: Call): Answer {
  const repo = repoOf(call, 'pull_requests');
  const state = choice(call, 'state', ['open', 'closed', 'all'], 'open', 'PullRequest');
  const sort = choice(call, 'sort', ['created', 'updated', 'popularity', 'long-running'], 'created', 'PullRequest');
  const sign = choice(call, 'direction', ['asc', 'desc'], sort === 'created' ? 'desc' : 'asc', 'PullRequest') === 'asc' ? 1 : -1;
  const [head, base] = ['head', 'base'].map((name) => call.query.get(name));
  const key = (issue: PullIssue): number => Date.parse(sort === 'updated' ? issue.updatedAt : issue.createdAt);
  const found = [...repo.issues.values()]
    .filter(isPull)
    .filter((issue) => state === 'all' || issue.state === state)
    // GitHub ignores a head without an owner.
    .filter((issue) => !head?.includes(':') || headLabel(call.world, issue.pull) === head)
    .filter((issue) => !base || issue.pull.baseRef === base)
    .sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
  return list(call, found, (issue) => pullJson(call.world, repo, issue));
}

function create(call: Call): Answer {
  const repo = repoOf(call);
  const body = bodyOf(call, 'pulls/create');
  if (body.issue !== undefined || body.title === undefined) {
    throw new SandboxError(422, 'Validation Failed', [{ resource: 'PullRequest', field: 'title', code: 'missing_field' }]);
  }
  const head = body.head_repo && !body.head.includes(':') ? `${body.head_repo.split('/')[0]}:${body.head}` : body.head;
  const issue = createPull(call.sandbox, call.actor, repo, {
    title: body.title,
    head,
    base: body.base,
    body: body.body,
    draft: body.draft,
    maintainerCanModify: body.maintainer_can_modify,
  });
  return created(fullPullJson(call.world, repo, issue));
}

function getPull(call: Call): Answer {
  const { repo, issue } = pullOf(call);
  if (/\bdiff\b/.test(call.accept)) return { status: 200, text: formatDiff(filesOf(repo, issue)) };
  if (/\bpatch\b/.test(call.accept)) return { status: 200, text: formatPatch(repo, commitsOf(repo, issue)) };
  return ok(fullPullJson(call.world, repo, issue));
}

function update(call: Call): Answer {
  const { repo, issue } = pullOf(call);
  const { maintainer_can_modify, ...change } = bodyOf(call, 'pulls/update');
  updatePull(call.sandbox, call.actor, repo, issue, { ...change, maintainerCanModify: maintainer_can_modify });
  return ok(fullPullJson(call.world, repo, issue));
}

function merge(call: Call): Answer {
  const { repo, issue } = pullOf(call);
  const body = bodyOf(call, 'pulls/merge') ?? {};
  const sha = mergePull(call.sandbox, call.actor, repo, issue, {
    method: body.merge_method,
    title: body.commit_title,
    message: body.commit_message,
    sha: body.sha,
  });
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

function reviewers(call: Call, change: typeof requestReviewers): Answer {
  const { repo, issue } = pullOf(call);
  const body = bodyOf(call, 'pulls/remove-requested-reviewers');
  change(call.sandbox, call.actor, repo, issue, { people: body.reviewers ?? [], teams: body.team_reviewers ?? [] });
  const json = pullJson(call.world, repo, issue);
  return change === requestReviewers ? created(json) : ok(json);
}

const pulls = '/repos/{owner}/{repo}/pulls' as const;
const pull = `${pulls}/{pull_number}` as const;

export const pullRoutes = [
  route(`GET ${pulls}`, listPulls),
  route(`POST ${pulls}`, create),
  route(`GET ${pull}`, getPull),
  route(`PATCH ${pull}`, update),
  route(`GET ${pull}/commits`, (call) => {
    const { repo, issue } = pullOf(call);
    return list(call, commitsOf(repo, issue).slice(0, 250), (commit) => commitJson(call.world, repo, commit));
  }),
  route(`GET ${pull}/files`, (call) => {
    const { repo, issue } = pullOf(call);
    return list(call, filesOf(repo, issue).slice(0, 3000), (file) => fileJson(call.world, repo, file, issue.pull.headSha));
  }),
  route(`GET ${pull}/merge`, (call) => {
    if (!pullOf(call).issue.pull.merged) throw notFound();
    return noContent;
  }),
  route(`PUT ${pull}/merge`, merge),
  route(`PUT ${pull}/update-branch`, (call) => {
    const { repo, issue } = pullOf(call);
    const body = bodyOf(call, 'pulls/update-branch') ?? {};
    updateBranch(call.sandbox, call.actor, repo, issue, body.expected_head_sha);
    const url = String(pullJson(call.world, repo, issue).url);
    return { status: 202, body: { message: 'Updating pull request branch.', url } };
  }),
  route(`GET ${pull}/requested_reviewers`, (call) => {
    const { repo, issue } = pullOf(call);
    const users = issue.pull.requestedReviewers.map((name) => userJson(call.world, name));
    return ok({ users, teams: requestedTeamsJson(call.world, repo, issue) });
  }),
  route(`POST ${pull}/requested_reviewers`, (call) => reviewers(call, requestReviewers)),
  route(`DELETE ${pull}/requested_reviewers`, (call) => reviewers(call, removeReviewers)),
];
