/** Issues, comments, reactions and timeline events as GitHub's JSON. */
import { atLeast, permissionOf } from '../access.ts';
import { nodeId } from '../ids.ts';
import { commentsOf, issueById, labelsOf } from '../read.ts';
import type { Comment, Issue, Reaction, TimelineEvent } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { appJson, userJson } from './account.ts';
import type { Json } from './json.ts';
import { labelJson, milestoneJson } from './label.ts';
import { repoPage, repoUrl } from './repository.ts';

/** OWNER for a personal repository's owner, MEMBER for members of the organisation, and so on. */
export function authorAssociation(world: World, repo: Repository, login: string): string {
  if (repo.ownerLogin === login) return 'OWNER';
  if (world.members.get(repo.ownerLogin)?.has(login)) return 'MEMBER';
  if (repo.collaborators.has(login) && atLeast(permissionOf(repo, login), 'read')) return 'COLLABORATOR';
  const merged = [...repo.issues.values()].some((issue) => issue.user === login && issue.pull?.merged);
  return merged ? 'CONTRIBUTOR' : 'NONE';
}

const contents: Reaction['content'][] = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'];

function reactionRollup(url: string, reactions: Reaction[]): Json {
  const counts = contents.map((content) => [content, reactions.filter((one) => one.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}

export function reactionJson(world: World, repo: Repository, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: nodeId('Reaction', repo.id, reaction.id),
    user: userJson(world, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** The page of an issue or pull request. */
export function issuePage(world: World, repo: Repository, issue: Issue): string {
  return `${repoPage(world, repo)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}

function performedVia(world: World, appId: number | null): Json | null {
  const app = appId === null ? undefined : world.apps.get(appId);
  return app ? appJson(world, app) : null;
}

export function issueNodeId(repo: Repository, issue: Issue): string {
  return issue.pull ? nodeId('PullRequest', repo.id, issue.pull.id) : nodeId('Issue', repo.id, issue.id);
}

function pullLinks(world: World, repo: Repository, issue: Issue): Json {
  if (!issue.pull) return {};
  const page = issuePage(world, repo, issue);
  return {
    draft: issue.pull.draft,
    pull_request: {
      url: `${repoUrl(world, repo)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: issue.pull.mergedAt,
    },
  };
}

function relations(world: World, issue: Issue): Json {
  const children = issue.subIssues.flatMap((id) => issueById(world, id)?.issue ?? []);
  const done = children.filter((child) => child.state === 'closed').length;
  const blockers = issue.blockedBy.flatMap((id) => issueById(world, id)?.issue ?? []);
  const blocking = [...world.repositories.values()].flatMap((repo) =>
    [...repo.issues.values()].filter((other) => other.blockedBy.includes(issue.id)),
  );
  const openOf = (issues: Issue[]): number => issues.filter((one) => one.state === 'open').length;
  return {
    sub_issues_summary: {
      total: children.length,
      completed: done,
      percent_completed: children.length === 0 ? 0 : Math.floor((done * 100) / children.length),
    },
    issue_dependencies_summary: {
      blocked_by: openOf(blockers),
      total_blocked_by: blockers.length,
      blocking: openOf(blocking),
      total_blocking: blocking.length,
    },
  };
}

/** An `issue`; a pull request seen as an issue has `pull_request` set. */
export function issueJson(world: World, repo: Repository, issue: Issue): Json {
  const url = `${repoUrl(world, repo)}/issues/${issue.number}`;
  const milestone = issue.milestone === null ? undefined : repo.milestones.get(issue.milestone);
  const parent = issue.parent === null ? null : issueById(world, issue.parent);
  return {
    url,
    repository_url: repoUrl(world, repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(world, repo, issue),
    id: issue.id,
    node_id: issueNodeId(repo, issue),
    number: issue.number,
    title: issue.title,
    user: userJson(world, issue.user),
    labels: labelsOf(repo, issue).map((label) => labelJson(world, repo, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: issue.assignees[0] === undefined ? null : userJson(world, issue.assignees[0]),
    assignees: issue.assignees.map((login) => userJson(world, login)),
    milestone: milestone ? milestoneJson(world, repo, milestone) : null,
    comments: commentsOf(repo, issue).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: authorAssociation(world, repo, issue.user),
    active_lock_reason: issue.lockReason,
    ...pullLinks(world, repo, issue),
    ...(issue.pull ? {} : relations(world, issue)),
    ...(parent ? { parent_issue_url: `${repoUrl(world, parent.repo)}/issues/${parent.issue.number}` } : {}),
    body: issue.body,
    reactions: reactionRollup(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: performedVia(world, issue.appId),
    state_reason: issue.stateReason,
  };
}

/** What `GET` of one issue has on top. */
export function fullIssueJson(world: World, repo: Repository, issue: Issue): Json {
  return { ...issueJson(world, repo, issue), closed_by: issue.closedBy === null ? null : userJson(world, issue.closedBy) };
}

export function commentJson(world: World, repo: Repository, issue: Issue, comment: Comment): Json {
  const url = `${repoUrl(world, repo)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(world, repo, issue)}#issuecomment-${comment.id}`,
    issue_url: `${repoUrl(world, repo)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId('IssueComment', repo.id, comment.id),
    user: userJson(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(world, repo, comment.user),
    body: comment.body,
    reactions: reactionRollup(url, comment.reactions),
    performed_via_github_app: performedVia(world, comment.appId),
  };
}

/** An entry of `/events` and `/timeline`. */
export function eventJson(world: World, repo: Repository, issue: Issue, event: TimelineEvent): Json {
  const label = event.label === null ? undefined : [...repo.labels.values()].find((one) => one.name === event.label);
  return {
    id: event.id,
    node_id: nodeId('Event', repo.id, event.id),
    url: `${repoUrl(world, repo)}/issues/events/${event.id}`,
    actor: userJson(world, event.actor),
    event: event.event,
    commit_id: event.commitSha,
    commit_url: event.commitSha === null ? null : `${repoUrl(world, repo)}/commits/${event.commitSha}`,
    created_at: event.createdAt,
    ...(event.label === null ? {} : { label: { name: event.label, color: label?.color ?? 'ededed' } }),
    ...(event.event === 'closed' ? { state_reason: issue.stateReason } : {}),
    ...(event.event === 'assigned' || event.event === 'unassigned' ? { assignee: userJson(world, event.subject ?? '') } : {}),
    ...(event.event === 'renamed' ? { rename: { from: event.from, to: event.to } } : {}),
    performed_via_github_app: null,
  };
}
