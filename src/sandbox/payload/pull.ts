/** Pull requests and reviews as GitHub's JSON. */
import { nodeId } from '../ids.ts';
import { baseShaOf, commitsOf, filesOf, headLabel, headRepoOf, isMergeable, labelsOf, type PullIssue } from '../read.ts';
import { violationsOf } from '../required.ts';
import { hasMergeQueue } from '../rules.ts';
import type { Review } from '../state/pulls.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { userJson } from './account.ts';
import { authorAssociation, issuePage } from './issue.ts';
import type { Json } from './json.ts';
import { labelJson, milestoneJson } from './label.ts';
import { repositoryJson, repoUrl } from './repository.ts';
import { teamJson } from './team.ts';

function links(world: World, repo: Repository, issue: PullIssue): Json {
  const api = repoUrl(world, repo);
  const url = `${api}/pulls/${issue.number}`;
  const href = (address: string): Json => ({ href: address });
  return {
    self: href(url),
    html: href(issuePage(world, repo, issue)),
    issue: href(`${api}/issues/${issue.number}`),
    comments: href(`${api}/issues/${issue.number}/comments`),
    review_comments: href(`${url}/comments`),
    review_comment: href(`${api}/pulls/comments{/number}`),
    commits: href(`${url}/commits`),
    statuses: href(`${api}/statuses/${issue.pull.headSha}`),
  };
}

function sideJson(world: World, label: string, ref: string, sha: string, repo: Repository | null): Json {
  const [owner = ''] = label.split(':');
  return {
    label,
    ref,
    sha,
    user: userJson(world, owner),
    repo: repo ? repositoryJson(world, repo) : null,
  };
}

export function requestedTeamsJson(world: World, repo: Repository, issue: PullIssue): Json[] {
  return issue.pull.requestedTeams.flatMap((id) => {
    const team = world.teams.get(id);
    return team ? [teamJson(world, team, repo.teams.get(id)?.permission)] : [];
  });
}

/** A `pull-request-simple`, as lists give it. */
export function pullJson(world: World, repo: Repository, issue: PullIssue): Json {
  const { pull } = issue;
  const api = repoUrl(world, repo);
  const page = issuePage(world, repo, issue);
  const milestone = issue.milestone === null ? undefined : repo.milestones.get(issue.milestone);
  return {
    url: `${api}/pulls/${issue.number}`,
    id: pull.id,
    node_id: nodeId('PullRequest', repo.id, pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${api}/issues/${issue.number}`,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: userJson(world, issue.user),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: issue.assignees[0] === undefined ? null : userJson(world, issue.assignees[0]),
    assignees: issue.assignees.map((login) => userJson(world, login)),
    requested_reviewers: pull.requestedReviewers.map((login) => userJson(world, login)),
    requested_teams: requestedTeamsJson(world, repo, issue),
    labels: labelsOf(repo, issue).map((label) => labelJson(world, repo, label)),
    milestone: milestone ? milestoneJson(world, repo, milestone) : null,
    draft: pull.draft,
    commits_url: `${api}/pulls/${issue.number}/commits`,
    review_comments_url: `${api}/pulls/${issue.number}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${issue.number}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
    head: sideJson(world, headLabel(world, pull), pull.headRef, pull.headSha, headRepoOf(world, pull)),
    base: sideJson(world, `${repo.ownerLogin}:${pull.baseRef}`, pull.baseRef, baseShaOf(repo, issue), repo),
    _links: links(world, repo, issue),
    author_association: authorAssociation(world, repo, issue.user),
    auto_merge: null,
    active_lock_reason: issue.lockReason,
  };
}

/** Held back by rules or free; whether checks that nobody requires are red is not told here. */
function openState(world: World, repo: Repository, issue: PullIssue): 'blocked' | 'clean' {
  const isQueued = hasMergeQueue(repo, issue.pull.baseRef);
  return isQueued || violationsOf(world, repo, issue, issue.pull.headSha).length > 0 ? 'blocked' : 'clean';
}

/** A full `pull-request`. In webhooks GitHub does not know yet whether it can be merged (`mergeable: null`). */
export function fullPullJson(world: World, repo: Repository, issue: PullIssue, inWebhook = false): Json {
  const { pull } = issue;
  const files = filesOf(repo, issue);
  const mergeable = inWebhook ? null : isMergeable(repo, issue);
  const state = mergeable === null ? 'unknown' : !mergeable ? 'dirty' : pull.draft ? 'draft' : openState(world, repo, issue);
  return {
    ...pullJson(world, repo, issue),
    merged: pull.merged,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: state,
    merged_by: pull.mergedBy === null ? null : userJson(world, pull.mergedBy),
    comments: [...repo.comments.values()].filter((comment) => comment.issueNumber === issue.number).length,
    review_comments: 0,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: commitsOf(repo, issue).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** A `pull-request-review`; webhooks have the state in lower case. */
export function reviewJson(world: World, repo: Repository, issue: PullIssue, review: Review, inWebhook = false): Json {
  const page = `${issuePage(world, repo, issue)}#pullrequestreview-${review.id}`;
  const pullUrl = `${repoUrl(world, repo)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', repo.id, review.id),
    user: userJson(world, review.user),
    body: review.body,
    state: inWebhook ? review.state.toLowerCase() : review.state,
    html_url: page,
    pull_request_url: pullUrl,
    author_association: authorAssociation(world, repo, review.user),
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    ...(review.state === 'PENDING' && !inWebhook ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commitSha,
  };
}
