/** Labels of a session's subject: which there are, which there should be. GitHub compares names without case. */
import type { Labels } from '../../model/config.ts';
import type { GitHubEffect } from '../../model/effect.ts';
import type { RepoFacts, SubjectFacts } from '../../model/facts.ts';
import { SESSION_STATES, type Session, type SessionState } from '../../model/session.ts';
import { labelLook } from '../../render/session/label-look.ts';

export function sameLabel(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function hasLabel(labels: readonly string[], name: string): boolean {
  return labels.some((label) => sameLabel(label, name));
}

/** The part of each label after the prefix: `['bug-fix']` for `session:bug-fix`. */
export function suffixes(labels: readonly string[], prefix: string): string[] {
  const low = prefix.toLowerCase();
  return labels.filter((label) => label.toLowerCase().startsWith(low)).map((label) => label.slice(prefix.length).toLowerCase());
}

/** State labels that the subject carries, in the order of the state machine. */
export function stateLabels(labels: readonly string[], names: Labels): SessionState[] {
  return SESSION_STATES.filter((state) => hasLabel(labels, names.state[state]));
}

/** Adds and removes so that the subject shows the session's type and exactly its state (L2). */
export function labelEffects(session: Session, subject: SubjectFacts, repo: RepoFacts): GitHubEffect[] {
  const names = repo.config.labels;
  const wanted = [names.state[session.state]];
  if (session.endedBy !== 'unlabelled') wanted.push(names.sessionPrefix + session.type);
  const open = session.state === 'planned' || session.state === 'active';
  if (open && session.blocked) wanted.push(names.blocked);
  const missing = wanted.filter((name) => !hasLabel(subject.labels, name));
  const states = SESSION_STATES.filter((state) => state !== session.state).map((state) => names.state[state]);
  const surplus = [...states, ...(open && !session.blocked ? [names.blocked] : [])].filter((name) =>
    hasLabel(subject.labels, name),
  );
  const effects: GitHubEffect[] = [];
  if (missing.some((name) => labelId(repo, name) === null)) effects.push(...missingLabels(missing, session, repo));
  if (missing.length > 0) {
    effects.push({
      kind: 'labels.add',
      repoId: repo.id,
      subjectId: subject.id,
      labels: missing.map((name) => ({ name, id: labelId(repo, name) })),
    });
  }
  const removable = surplus.flatMap((name) => {
    const id = labelId(repo, name);
    return id === null ? [] : [{ name, id }];
  });
  if (removable.length > 0) effects.push({ kind: 'labels.remove', subjectId: subject.id, labels: removable });
  return effects;
}

/** All states at once, so that the next move finds its label. */
function missingLabels(missing: readonly string[], session: Session, repo: RepoFacts): GitHubEffect[] {
  const names = repo.config.labels;
  const type = names.sessionPrefix + session.type;
  const wanted = SESSION_STATES.map((state) => [names.state[state], state] as const);
  const all = [
    ...wanted,
    ...(missing.includes(type) ? [[type, 'type'] as const] : []),
    ...(missing.includes(names.blocked) ? [[names.blocked, 'blocked'] as const] : []),
  ];
  return all
    .filter(([name]) => labelId(repo, name) === null)
    .map(([name, role]) => ({ kind: 'label.create', repoId: repo.id, name, ...labelLook(role, session.type) }));
}

export function labelId(repo: RepoFacts, name: string): string | null {
  return repo.labels.find((label) => sameLabel(label.name, name))?.id ?? null;
}
