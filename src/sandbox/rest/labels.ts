/** REST: labels and milestones of a repository. */
import { createLabel, createMilestone, deleteLabel, deleteMilestone, updateLabel, updateMilestone } from '../actions/index.ts';
import { notFound } from '../error.ts';
import { labelJson, milestoneJson } from '../payload/label.ts';
import { labelByName } from '../read.ts';
import type { Label, Milestone } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { bodyOf, type Call, choice, created, list, noContent, numberParam, ok, param, repoOf, route } from './call.ts';

const both = ['issues', 'pull_requests'];

function labelOf(call: Call): { repo: Repository; label: Label } {
  const repo = repoOf(call, both);
  const label = labelByName(repo, param(call, 'name'));
  if (!label) throw notFound();
  return { repo, label };
}

function milestoneOf(call: Call): { repo: Repository; milestone: Milestone } {
  const repo = repoOf(call, both);
  const milestone = repo.milestones.get(numberParam(call, 'milestone_number'));
  if (!milestone) throw notFound();
  return { repo, milestone };
}

const labels = '/repos/{owner}/{repo}/labels' as const;
const milestones = '/repos/{owner}/{repo}/milestones' as const;

export const labelRoutes = [
  route(`GET ${labels}`, (call) => {
    const repo = repoOf(call, both);
    const sorted = [...repo.labels.values()].sort((a, b) => a.name.localeCompare(b.name));
    return list(call, sorted, (label) => labelJson(call.world, repo, label));
  }),
  route(`POST ${labels}`, (call) => {
    const repo = repoOf(call);
    const label = createLabel(call.sandbox, call.actor, repo, bodyOf(call, 'issues/create-label'));
    return created(labelJson(call.world, repo, label));
  }),
  route(`GET ${labels}/{name}`, (call) => {
    const { repo, label } = labelOf(call);
    return ok(labelJson(call.world, repo, label));
  }),
  route(`PATCH ${labels}/{name}`, (call) => {
    const { repo, label } = labelOf(call);
    const { new_name, ...rest } = bodyOf(call, 'issues/update-label');
    updateLabel(call.sandbox, call.actor, repo, label, { ...rest, name: new_name });
    return ok(labelJson(call.world, repo, label));
  }),
  route(`DELETE ${labels}/{name}`, (call) => {
    const { repo, label } = labelOf(call);
    deleteLabel(call.sandbox, call.actor, repo, label);
    return noContent;
  }),
  route(`GET ${milestones}`, (call) => {
    const repo = repoOf(call, both);
    const state = choice(call, 'state', ['open', 'closed', 'all'], 'open', 'Milestone');
    const found = [...repo.milestones.values()].filter((one) => state === 'all' || one.state === state);
    return list(call, found, (milestone) => milestoneJson(call.world, repo, milestone));
  }),
  route(`POST ${milestones}`, (call) => {
    const repo = repoOf(call);
    const { due_on, ...rest } = bodyOf(call, 'issues/create-milestone');
    const milestone = createMilestone(call.sandbox, call.actor, repo, { ...rest, dueOn: due_on });
    return created(milestoneJson(call.world, repo, milestone));
  }),
  route(`GET ${milestones}/{milestone_number}`, (call) => {
    const { repo, milestone } = milestoneOf(call);
    return ok(milestoneJson(call.world, repo, milestone));
  }),
  route(`PATCH ${milestones}/{milestone_number}`, (call) => {
    const { repo, milestone } = milestoneOf(call);
    const { due_on, ...rest } = bodyOf(call, 'issues/update-milestone');
    updateMilestone(call.sandbox, call.actor, repo, milestone, { ...rest, dueOn: due_on });
    return ok(milestoneJson(call.world, repo, milestone));
  }),
  route(`DELETE ${milestones}/{milestone_number}`, (call) => {
    const { repo, milestone } = milestoneOf(call);
    deleteMilestone(call.sandbox, call.actor, repo, milestone);
    return noContent;
  }),
];
