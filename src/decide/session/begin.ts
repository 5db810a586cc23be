/** The birth of a session: one start label of a known playbook on an open issue or pull request (L1, L5). */

import { categoryOf } from '../../model/category.ts';
import { NO_RECORDS } from '../../model/records.ts';
import type { Session } from '../../model/session.ts';
import * as why from '../../render/session/reasons.ts';
import * as say from '../../render/session/replies.ts';
import { readCriteria } from './criteria.ts';
import { hasLabel, suffixes } from './labels.ts';
import { moduleLine } from './module.ts';
import { type Advance, type Context, lastSender, type Say } from './move.ts';
import { readScope } from './scope.ts';
import { sessionId } from './slug.ts';

export function begin(context: Context): Advance | { session: null; says: Say[] } {
  const { facts } = context;
  const { subject, repo } = facts;
  const names = repo.config.labels;
  const shown = suffixes(subject.labels, names.sessionPrefix);
  const start = context.ask?.start;
  const asked = shown.length === 0 && start !== undefined ? [start] : shown;
  const known = asked.filter((type) => repo.playbooks.some((playbook) => playbook.type === type));
  const unknown = asked.filter((type) => !known.includes(type));
  if (subject.state === 'closed' || asked.length === 0) return { session: null, says: [] };
  if (asked.length > 1) {
    const labels = asked.map((type) => names.sessionPrefix + type).sort();
    return { session: null, says: [{ key: `two-types:${labels.join(',')}`, body: say.twoTypes(labels) }] };
  }
  const [type] = known;
  if (type === undefined) {
    const label = names.sessionPrefix + (unknown[0] ?? '');
    const types = repo.playbooks.map((playbook) => names.sessionPrefix + playbook.type);
    return { session: null, says: [{ key: `unknown-type:${label}`, body: say.unknownType(label, types) }] };
  }
  const session = born(type, context);
  const who = context.ask?.by ?? labeller(context, names.sessionPrefix + type);
  const transition = {
    repo: repo.name,
    number: session.number,
    from: null,
    to: session.state,
    who,
    why: start === undefined ? why.labelled(type) : why.commanded(),
    at: facts.now,
  };
  return { session, moves: [transition], says: [], tickLost: false };
}

function born(type: string, context: Context): Session {
  const { facts, ask } = context;
  const { subject, repo, pull } = facts;
  const told = ask?.update?.(NO_RECORDS) ?? NO_RECORDS;
  const records = { ...told, module: moduleLine(subject.body) ?? told.module };
  const scope = readScope(facts.subject.body);
  const { branches, labels, categories } = repo.config;
  const id = sessionId(facts.now.slice(0, 10), subject.title, facts.takenIds, branches.prefix);
  return {
    repo: repo.name,
    number: subject.number,
    id,
    subjectId: subject.id,
    onPull: subject.onPull,
    type,
    state: 'planned',
    category: categoryOf(subject.labels, labels.categoryPrefix, categories),
    title: subject.title,
    url: subject.url,
    branch: pull ? pull.headRef : branches.prefix + id,
    fastLane: hasLabel(subject.labels, labels.fastLane),
    blocked: hasLabel(subject.labels, labels.blocked),
    plannedAt: facts.now,
    startedAt: null,
    endedAt: null,
    endedBy: null,
    ticks: [],
    criteria: readCriteria(subject.body),
    evidence: null,
    records,
    ...(scope ? { scope } : {}),
    ...(subject.plan ? { plan: subject.plan } : {}),
    ...(subject.children && subject.children.total > 0 ? { children: subject.children } : {}),
    version: 0,
  };
}

/** Who put the label on; a healed start has no such person. */
function labeller(context: Context, label: string): string {
  const put = context.changes.findLast((change) => change.labelMove?.move === 'on' && change.labelMove.label === label);
  return put?.labelMove?.by ?? lastSender(context);
}
