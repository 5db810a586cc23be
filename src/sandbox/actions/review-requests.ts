/** Asking people and teams for a review, by hand or as code owners. */
import { loginOf, mustWrite } from '../access.ts';
import { codeOwners } from '../code-owners.ts';
import { SandboxError } from '../error.ts';
import { userJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { teamJson } from '../payload/team.ts';
import { fullName, type PullIssue } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Team } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue, note } from './common.ts';

/** Logins and slugs. */
export interface Reviewers {
  people: string[];
  teams: string[];
}

function mustAsk(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): void {
  const own = issue.user === loginOf(sandbox.world, actor);
  mustWrite(sandbox.world, actor, repo, own ? 'read' : 'triage', 'pull_requests');
}

function teamOf(repo: Repository, slug: string): Team | null {
  return [...repo.teams.values()].find(({ team }) => team.slug === slug.toLowerCase())?.team ?? null;
}

function teamPayload(sandbox: Sandbox, repo: Repository, team: Team): Json {
  return { requested_team: teamJson(sandbox.world, team, repo.teams.get(team.id)?.permission) };
}

function askPerson(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, login: string): void {
  if (issue.pull.requestedReviewers.includes(login)) return;
  issue.pull.requestedReviewers.push(login);
  note(sandbox, actor, issue, 'review_requested', { subject: login });
  emitIssue(sandbox, actor, repo, issue, 'review_requested', { requested_reviewer: userJson(sandbox.world, login) });
}

function askTeam(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, team: Team): void {
  if (issue.pull.requestedTeams.includes(team.id)) return;
  issue.pull.requestedTeams.push(team.id);
  note(sandbox, actor, issue, 'review_requested', { subject: `${team.orgLogin}/${team.slug}` });
  emitIssue(sandbox, actor, repo, issue, 'review_requested', teamPayload(sandbox, repo, team));
}

/** @throws 422 for the author, or for people and teams that do not work in the repository. */
export function requestReviewers(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, wanted: Reviewers): void {
  mustAsk(sandbox, actor, repo, issue);
  if (wanted.people.includes(issue.user)) throw new SandboxError(422, 'Review cannot be requested from pull request author.');
  const inTeam = (login: string): boolean => [...repo.teams.values()].some(({ team }) => team.members.has(login));
  const strangers = wanted.people.some((login) => !repo.collaborators.has(login) && repo.ownerLogin !== login && !inTeam(login));
  const teams = wanted.teams.map((slug) => teamOf(repo, slug));
  if (strangers || teams.includes(null)) {
    const text = `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(repo)} repository.`;
    throw new SandboxError(422, text);
  }
  for (const login of wanted.people) askPerson(sandbox, actor, repo, issue, login);
  for (const team of teams) if (team) askTeam(sandbox, actor, repo, issue, team);
}

export function removeReviewers(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue, unwanted: Reviewers): void {
  mustAsk(sandbox, actor, repo, issue);
  const { pull } = issue;
  for (const login of unwanted.people.filter((one) => pull.requestedReviewers.includes(one))) {
    pull.requestedReviewers = pull.requestedReviewers.filter((one) => one !== login);
    note(sandbox, actor, issue, 'review_request_removed', { subject: login });
    const requested_reviewer = userJson(sandbox.world, login);
    emitIssue(sandbox, actor, repo, issue, 'review_request_removed', { requested_reviewer });
  }
  for (const team of unwanted.teams.flatMap((slug) => teamOf(repo, slug) ?? [])) {
    if (!pull.requestedTeams.includes(team.id)) continue;
    pull.requestedTeams = pull.requestedTeams.filter((id) => id !== team.id);
    note(sandbox, actor, issue, 'review_request_removed', { subject: `${team.orgLogin}/${team.slug}` });
    emitIssue(sandbox, actor, repo, issue, 'review_request_removed', teamPayload(sandbox, repo, team));
  }
}

/** Owners of what changes are asked by themselves, but not for drafts, and not again once they have spoken (GitHub docs). */
export function requestCodeOwners(sandbox: Sandbox, actor: Actor, repo: Repository, issue: PullIssue): void {
  if (issue.pull.draft || issue.state !== 'open') return;
  const owners = codeOwners(sandbox.world, repo, issue);
  const given = [...repo.reviews.values()].filter((one) => one.pullNumber === issue.number && one.state !== 'PENDING');
  for (const login of new Set(owners.flatMap((one) => one.people))) {
    if (login === issue.user || given.some((one) => one.user === login)) continue;
    askPerson(sandbox, actor, repo, issue, login);
  }
  for (const team of new Set(owners.flatMap((one) => one.teams))) {
    if (!given.some((one) => one.onBehalfOf.includes(team.id))) askTeam(sandbox, actor, repo, issue, team);
  }
}
