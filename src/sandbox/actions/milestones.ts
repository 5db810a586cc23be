/** Milestones of a repository. */
import { loginOf, mustWrite } from '../access.ts';
import { invalid } from '../error.ts';
import type { Json } from '../payload/json.ts';
import { milestoneJson } from '../payload/label.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Milestone } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';

export interface MilestoneInput {
  title?: string;
  description?: string | null;
  state?: 'open' | 'closed';
  dueOn?: string | null;
}

const scopes = ['issues', 'pull_requests'];

function emit(sandbox: Sandbox, actor: Actor, repo: Repository, milestone: Milestone, action: string, extra: Json = {}): void {
  const payload = { milestone: milestoneJson(sandbox.world, repo, milestone), ...extra };
  sandbox.emit({ event: 'milestone', action, repo, actor, payload });
}

function checkTitle(repo: Repository, title: string, own: Milestone | null): void {
  if (title.trim() === '') throw invalid('Milestone', 'title', 'missing_field');
  const taken = [...repo.milestones.values()].some((one) => one !== own && one.title === title);
  if (taken) throw invalid('Milestone', 'title', 'already_exists');
}

export function createMilestone(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  input: MilestoneInput & { title: string },
): Milestone {
  mustWrite(sandbox.world, actor, repo, 'triage', scopes);
  checkTitle(repo, input.title, null);
  const now = sandbox.now();
  const milestone: Milestone = {
    id: sandbox.nextId(),
    number: Math.max(0, ...repo.milestones.keys()) + 1,
    title: input.title,
    description: input.description ?? null,
    state: input.state ?? 'open',
    creator: loginOf(sandbox.world, actor),
    createdAt: now,
    updatedAt: now,
    closedAt: input.state === 'closed' ? now : null,
    dueOn: input.dueOn ?? null,
  };
  repo.milestones.set(milestone.number, milestone);
  emit(sandbox, actor, repo, milestone, 'created');
  return milestone;
}

export function updateMilestone(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  milestone: Milestone,
  input: MilestoneInput,
): Milestone {
  mustWrite(sandbox.world, actor, repo, 'triage', scopes);
  if (input.title !== undefined) checkTitle(repo, input.title, milestone);
  const changes: Json = {};
  if (input.title !== undefined && input.title !== milestone.title) changes.title = { from: milestone.title };
  if (input.description !== undefined && input.description !== milestone.description) {
    changes.description = { from: milestone.description ?? '' };
  }
  milestone.title = input.title ?? milestone.title;
  milestone.description = input.description === undefined ? milestone.description : input.description;
  milestone.dueOn = input.dueOn === undefined ? milestone.dueOn : input.dueOn;
  milestone.updatedAt = sandbox.now();
  if (Object.keys(changes).length > 0) emit(sandbox, actor, repo, milestone, 'edited', { changes });
  if (input.state !== undefined && input.state !== milestone.state) {
    milestone.state = input.state;
    milestone.closedAt = input.state === 'closed' ? sandbox.now() : null;
    emit(sandbox, actor, repo, milestone, input.state === 'closed' ? 'closed' : 'opened');
  }
  return milestone;
}

export function deleteMilestone(sandbox: Sandbox, actor: Actor, repo: Repository, milestone: Milestone): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopes);
  repo.milestones.delete(milestone.number);
  for (const issue of repo.issues.values()) if (issue.milestone === milestone.number) issue.milestone = null;
  emit(sandbox, actor, repo, milestone, 'deleted');
}
