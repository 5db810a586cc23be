/** What a sweep does by itself, as far as the configuration lets it: starts, refills, duties (W5–W10). */

import type { BacklogIssue } from '../../model/backlog.ts';
import type { BoardFacts } from '../../model/board-facts.ts';
import { categoryKey, categoryOf } from '../../model/category.ts';
import type { Effects, GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import { subjectLane } from '../../model/repo.ts';
import type { Duty, FullPlan } from '../../model/sweep.ts';
import { labelLook } from '../../render/session/label-look.ts';
import { dutyIssue } from '../../render/sweep/duty-issue.ts';
import { labelId, sameLabel, suffixes } from '../session/labels.ts';
import { labelNames } from './backlog.ts';

/** A label that is to be put on, and how it looks if it has to be made. */
type Wanted = { name: string; id: string | null; look: ReturnType<typeof labelLook> };

/**
 * Labels only: what starts comes in through the front door, where capacity and similar work are looked at. All of it can
 * be done again: what was done shows on the next look.
 */
export function act(plan: FullPlan, facts: BoardFacts): Effects {
  const { repo } = facts;
  const { sessionPrefix, backlogActive } = repo.config.labels;
  const starts = plan.starts.filter(({ acts }) => acts);
  const refills = plan.refills.filter(({ acts }) => acts);
  const duties = plan.duties.filter(({ acts, issue }) => acts && issue === null);
  const moves = [
    ...starts.map(({ issue, type }) => ({ issue, label: typeLabel(type, facts), from: inBacklogs(issue, facts) })),
    ...refills.map(({ issue }) => ({
      issue,
      label: wanted(backlogActive, labelLook('backlog'), facts),
      from: inBacklogs(issue, facts).filter(({ name }) => !sameLabel(name, backlogActive)),
    })),
  ];
  const dutyLabels = duties.map((duty) => [typeLabel(duty.type, facts), ...categoryLabel(duty, facts)]);
  const leftovers = starting(facts) ? (facts.backlog ?? []).filter((issue) => isCarried(issue, facts, sessionPrefix)) : [];
  return {
    ledger: forgotten(facts),
    github: [
      ...missing([...moves.map(({ label }) => label), ...dutyLabels.flat()], facts),
      ...moves.flatMap(({ issue, label, from }) => swap(issue, label, from, facts)),
      ...leftovers.map((issue): GitHubEffect => {
        return { kind: 'labels.remove', subjectId: issue.id, labels: inBacklogs(issue, facts) };
      }),
      ...duties.map((duty, index) => open(duty, dutyLabels[index] ?? [], plan, facts)),
    ],
    // Our own labels are no news to us: their lanes are told.
    after: starts.map(({ issue }): LedgerEffect => {
      return { kind: 'wake', lane: subjectLane(repo.name, issue.number), why: 'sweep-start' };
    }),
  };
}

function starting({ repo }: BoardFacts): boolean {
  return repo.config.sweep.act.start === 'act';
}

/** It has its session already: a start was cut short before the backlog's label was taken off. */
function isCarried(issue: BacklogIssue, { sessions }: BoardFacts, sessionPrefix: string): boolean {
  const carries = ({ number, state }: { number: number; state: string }) =>
    number === issue.number && (state === 'planned' || state === 'active');
  return suffixes(labelNames(issue), sessionPrefix).length > 0 && sessions.some(({ ledger }) => carries(ledger.session));
}

function inBacklogs({ labels }: BacklogIssue, { repo }: BoardFacts): BacklogIssue['labels'] {
  const { backlogActive, backlogReserve } = repo.config.labels;
  return labels.filter(({ name }) => sameLabel(name, backlogActive) || sameLabel(name, backlogReserve));
}

function swap(
  { id: subjectId }: BacklogIssue,
  label: Wanted,
  from: BacklogIssue['labels'],
  { repo }: BoardFacts,
): GitHubEffect[] {
  const add: GitHubEffect = { kind: 'labels.add', repoId: repo.id, subjectId, labels: [named(label)] };
  return from.length === 0 ? [add] : [add, { kind: 'labels.remove', subjectId, labels: from, instead: true }];
}

function open(duty: Duty, labels: Wanted[], plan: FullPlan, { repo }: BoardFacts): GitHubEffect {
  const remember = { number: 0, role: `duty:${duty.key}` };
  const issue = dutyIssue(duty, { plan, repoUrl: repo.url });
  return { kind: 'issue.create', repoId: repo.id, ...issue, labels: labels.map(named), remember };
}

/** What ended, or went, and stands in the history of cycles needs no remembered id any more. */
function forgotten({ repo, duties = [], lostDuties = [], history = [] }: BoardFacts): LedgerEffect[] {
  const past = new Set(history.flatMap(({ seen }) => seen?.duties ?? []));
  const ended = [...duties.filter(({ state }) => state === 'closed').map(({ key }) => key), ...lostDuties];
  return ended
    .filter((key) => past.has(key))
    .map((key) => ({ kind: 'artefact.forget', repo: repo.name, number: 0, role: `duty:${key}` }));
}

function typeLabel(type: string, facts: BoardFacts): Wanted {
  return wanted(facts.repo.config.labels.sessionPrefix + type, labelLook('type', type), facts);
}

/** As the repository spells it, where it has one. */
function categoryLabel({ category }: Duty, facts: BoardFacts): Wanted[] {
  if (category === null) return [];
  const { labels, config } = facts.repo;
  const { categoryPrefix } = config.labels;
  const known = labels.find(({ name }) => categoryOf([name], categoryPrefix, config.categories) === category);
  const look = labelLook('category', category);
  return [known ? { ...known, look } : wanted(categoryPrefix + categoryKey(category), look, facts)];
}

function wanted(name: string, look: Wanted['look'], { repo }: BoardFacts): Wanted {
  return { name, id: labelId(repo, name), look };
}

function named({ name, id }: Wanted): { name: string; id: string | null } {
  return { name, id };
}

/** Those that the repository lacks, each once. */
function missing(labels: Wanted[], { repo }: BoardFacts): GitHubEffect[] {
  const lacking = new Map(labels.filter(({ id }) => id === null).map((label) => [label.name.toLowerCase(), label]));
  return [...lacking.values()].map(({ name, look }) => ({ kind: 'label.create', repoId: repo.id, name, ...look }));
}
