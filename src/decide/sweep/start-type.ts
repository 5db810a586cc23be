/** The playbook for an issue that waits in a backlog, by its labels (W6). */

import type { BacklogIssue } from '../../model/backlog.ts';
import type { Playbook } from '../../model/playbook.ts';
import { labelNames } from './backlog.ts';

/** By the playbook; labels in lower case, words joined by `-`. The first that fits counts. */
const LABELS: [type: string, labels: string[]][] = [
  ['bug-fix', ['bug', 'bugfix', 'regression', 'type-bug', 'kind-bug']],
  ['performance', ['performance', 'perf', 'type-performance', 'kind-performance']],
  ['documentation', ['documentation', 'docs', 'doc', 'type-docs', 'kind-docs', 'kind-documentation']],
  ['refactoring', ['refactor', 'refactoring', 'tech-debt', 'technical-debt', 'type-refactor', 'kind-refactor']],
  ['quality-audit', ['audit', 'quality', 'quality-audit']],
  ['idea-generation', ['idea', 'ideas', 'idea-generation']],
  ['module-integration', ['integration', 'module-integration']],
];
const ELSE = 'feature';

/** A label that is a playbook's own name goes first: so that repositories can choose their own playbooks. */
export function startType(issue: BacklogIssue, playbooks: readonly Playbook[]): string {
  const types = playbooks.map(({ type }) => type);
  const labels = new Set(labelNames(issue).map(spelling));
  const own = types.find((type) => labels.has(type));
  const meant = LABELS.find(([type, names]) => types.includes(type) && names.some((name) => labels.has(name)))?.[0];
  return own ?? meant ?? typeOr(ELSE, types);
}

/** The wanted playbook, or what the repository has instead. */
export function typeOr(wanted: string, types: readonly string[]): string {
  return [wanted, ELSE].find((type) => types.includes(type)) ?? types[0] ?? wanted;
}

function spelling(label: string): string {
  return label.toLowerCase().replace(/[\s_:/-]+/g, '-');
}
