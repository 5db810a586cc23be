/** Labels of a repository and on its issues. */
import { mayWrite, mustWrite } from '../access.ts';
import { checkLength, invalid, notFound, SandboxError } from '../error.ts';
import type { Json } from '../payload/json.ts';
import { labelJson } from '../payload/label.ts';
import { labelByName } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue, Label } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import { emitIssue, note, scopeOf } from './common.ts';

export interface LabelInput {
  name: string;
  color?: string;
  description?: string | null;
}

function checkLabel(name: string, color: string | undefined, description: string | null | undefined): void {
  if (name.trim() === '') throw invalid('Label', 'name', 'missing_field');
  checkLength('Label', 'name', name, 50);
  checkLength('Label', 'description', description, 100);
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid');
}

function emitLabel(sandbox: Sandbox, actor: Actor, repo: Repository, label: Label, action: string, extra: Json = {}): void {
  sandbox.emit({ event: 'label', action, repo, actor, payload: { label: labelJson(sandbox.world, repo, label), ...extra } });
}

/** Without a colour GitHub takes grey. @throws 422 when the name is taken (in any case) or too long. */
export function createLabel(sandbox: Sandbox, actor: Actor, repo: Repository, input: LabelInput): Label {
  mustWrite(sandbox.world, actor, repo, 'write', ['issues', 'pull_requests']);
  checkLabel(input.name, input.color, input.description);
  if (labelByName(repo, input.name)) throw invalid('Label', 'name', 'already_exists');
  const label: Label = {
    id: sandbox.nextId(),
    name: input.name,
    color: (input.color ?? 'ededed').toLowerCase(),
    description: input.description ?? null,
  };
  repo.labels.set(label.id, label);
  emitLabel(sandbox, actor, repo, label, 'created');
  return label;
}

export function updateLabel(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  label: Label,
  input: { name?: string; color?: string; description?: string | null },
): Label {
  mustWrite(sandbox.world, actor, repo, 'write', ['issues', 'pull_requests']);
  checkLabel(input.name ?? label.name, input.color, input.description);
  const taken = input.name === undefined ? null : labelByName(repo, input.name);
  if (taken && taken !== label) throw invalid('Label', 'name', 'already_exists');
  const changes: Json = {};
  if (input.name !== undefined && input.name !== label.name) changes.name = { from: label.name };
  if (input.color !== undefined && input.color.toLowerCase() !== label.color) changes.color = { from: label.color };
  if (input.description !== undefined && input.description !== label.description) {
    changes.description = { from: label.description ?? '' };
  }
  if (Object.keys(changes).length === 0) return label;
  label.name = input.name ?? label.name;
  label.color = input.color?.toLowerCase() ?? label.color;
  label.description = input.description === undefined ? label.description : input.description;
  emitLabel(sandbox, actor, repo, label, 'edited', { changes });
  return label;
}

/** It leaves all issues; apps hear only of the label itself. */
export function deleteLabel(sandbox: Sandbox, actor: Actor, repo: Repository, label: Label): void {
  mustWrite(sandbox.world, actor, repo, 'write', ['issues', 'pull_requests']);
  repo.labels.delete(label.id);
  for (const issue of repo.issues.values()) issue.labels = issue.labels.filter((id) => id !== label.id);
  emitLabel(sandbox, actor, repo, label, 'deleted');
}

function put(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, label: Label): void {
  issue.labels.push(label.id);
  note(sandbox, actor, issue, 'labeled', { label: label.name });
  emitIssue(sandbox, actor, repo, issue, 'labeled', { label: labelJson(sandbox.world, repo, label) });
}

function take(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, label: Label): void {
  issue.labels = issue.labels.filter((id) => id !== label.id);
  note(sandbox, actor, issue, 'unlabeled', { label: label.name });
  emitIssue(sandbox, actor, repo, issue, 'unlabeled', { label: labelJson(sandbox.world, repo, label) });
}

/** Finds labels by name; unknown ones are made when the actor may push. */
export function findOrCreateLabels(sandbox: Sandbox, actor: Actor, repo: Repository, names: string[]): Label[] {
  for (const name of names) checkLabel(name, undefined, undefined);
  const missing = names.find((name) => !labelByName(repo, name));
  if (missing !== undefined && !mayWrite(sandbox.world, actor, repo, 'write', ['issues', 'pull_requests'])) {
    throw new SandboxError(403, 'You do not have permission to create labels on this repository.');
  }
  return names.map((name) => labelByName(repo, name) ?? createLabel(sandbox, actor, repo, { name }));
}

/** Adds labels by name; those that are on already are passed over without an event. At most 100 stay on an issue. */
export function addLabels(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, names: string[]): Label[] {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  const labels = new Set(findOrCreateLabels(sandbox, actor, repo, names));
  const fresh = [...labels].filter((label) => !issue.labels.includes(label.id));
  if (issue.labels.length + fresh.length > 100) throw invalid('Issue', 'labels', 'too_many', 'labels must be 100 or fewer');
  for (const label of fresh) put(sandbox, actor, repo, issue, label);
  return [...labels];
}

/** @throws 404 `Label does not exist` when it is not on the issue. */
export function removeLabel(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, name: string): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  const label = labelByName(repo, name);
  if (!label || !issue.labels.includes(label.id)) throw notFound('Label does not exist');
  take(sandbox, actor, repo, issue, label);
}

/** Makes these and no others. */
export function setLabels(sandbox: Sandbox, actor: Actor, repo: Repository, issue: Issue, names: string[]): void {
  mustWrite(sandbox.world, actor, repo, 'triage', scopeOf(issue));
  const wanted = findOrCreateLabels(sandbox, actor, repo, names);
  for (const id of [...issue.labels]) {
    const label = repo.labels.get(id);
    if (label && !wanted.includes(label)) take(sandbox, actor, repo, issue, label);
  }
  for (const label of new Set(wanted)) if (!issue.labels.includes(label.id)) put(sandbox, actor, repo, issue, label);
}
