/** Brings what the session knows of its issue up to date: title, labels, criteria, ticks. No move is made here. */

import { categoryOf } from '../../model/category.ts';
import type { CommentFact, SessionLedger } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Session } from '../../model/session.ts';
import { settleIssues } from '../special/made-issues.ts';
import { acceptedCriteria, tickable } from './accepted.ts';
import { isBlocked, withoutLiftedBlocks } from './blocks.ts';
import { readCriteria } from './criteria.ts';
import { hasLabel, suffixes } from './labels.ts';
import { moduleLine } from './module.ts';
import type { Advance, Context } from './move.ts';
import { readScope } from './scope.ts';
import { currentTicks } from './ticks.ts';

export function refresh(own: SessionLedger, context: Context): Advance {
  const { facts, changes } = context;
  const { subject, repo } = facts;
  const names = repo.config.labels;
  const type = typeNow(own, facts);
  const playbook = repo.playbooks.find((candidate) => candidate.type === type);
  const comment = artefactComment(facts, own, 'playbook');
  const told = context.ask?.update?.(own.session.records) ?? own.session.records;
  const settled = settleIssues(withoutLiftedBlocks(told, context), facts);
  const records = { ...settled, module: moduleLine(subject.body) ?? settled.module };
  const reading = playbook
    ? currentTicks(own.session.ticks, comment, changes, tickable(playbook, records))
    : { ticks: own.session.ticks, lost: false };
  const session: Session = {
    ...own.session,
    type,
    title: subject.title,
    url: subject.url,
    category: categoryOf(subject.labels, names.categoryPrefix, repo.config.categories),
    fastLane: hasLabel(subject.labels, names.fastLane),
    blocked: isBlocked(own.session.state, records, context),
    criteria: [...readCriteria(subject.body), ...acceptedCriteria(records, reading.ticks)],
    ticks: reading.ticks,
    records,
  };
  const scope = readScope(subject.body);
  if (scope) session.scope = scope;
  else delete session.scope;
  if (subject.plan) session.plan = subject.plan;
  else if (subject.plan === null) delete session.plan;
  session.branch = branchNow(own, facts);
  const { children } = subject;
  if (children && (children.total > 0 || session.children)) session.children = children;
  return { session, moves: [], says: [], tickLost: reading.lost };
}

/** A branch that is no longer there was renamed, or never made, when the one open pull request comes from another. */
function branchNow({ session }: SessionLedger, { subject, repo, pull }: LaneFacts): string {
  if (pull) return pull.headRef;
  const [only, ...others] = subject.pulls.filter((candidate) => candidate.state === 'open' && candidate.headRepo === repo.name);
  const renamed = subject.branch === null && only !== undefined && others.length === 0;
  return renamed ? only.headRef : session.branch;
}

/** Before any work the start label may be exchanged for another known one. */
function typeNow(own: SessionLedger, { subject, repo }: LaneFacts): string {
  const { session } = own;
  const asked = suffixes(subject.labels, repo.config.labels.sessionPrefix);
  const [other] = asked;
  const exchanged = asked.length === 1 && other !== undefined && other !== session.type;
  if (!exchanged || hasWork(own) || !repo.playbooks.some((playbook) => playbook.type === other)) return session.type;
  return other;
}

/** Work has begun once a step is ticked or a pull request serves the session. */
export function hasWork(own: SessionLedger): boolean {
  return own.session.ticks.length > 0 || own.pulls.length > 0;
}

/** Our comment of that role: the remembered one, else the one that carries the marker. */
export function artefactComment(facts: LaneFacts, own: SessionLedger | null, role: string): CommentFact | null {
  const id = own?.artefacts[role];
  const comments = facts.subject.comments.filter((comment) => comment.ours);
  return (
    comments.find((comment) => comment.id === id) ?? comments.find((comment) => comment.body.startsWith(marker(role))) ?? null
  );
}

export function marker(role: string): string {
  return `<!-- playcaller:${role} -->`;
}
