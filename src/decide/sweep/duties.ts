/** What only a session of its own can do, due now or soon, each once by its key (W7, W8, W9, W10). */

import type { DutyIssue } from '../../model/backlog.ts';
import { SimilarIndex } from '../../model/similar-index.ts';
import type { Blocker, Rescue, Stalled } from '../../model/stuck.ts';
import { ACT_KINDS, type Duty } from '../../model/sweep.ts';
import type { Quality } from '../../model/sweep-figures.ts';
import { codePointOrder } from './code-point-order.ts';
import { cadenceDuties, incidentDuties } from './duties-cadence.ts';
import { correctiveDuties, deflakeDuties } from './duties-quality.ts';
import { rescueDuties, unblockerDuties } from './duties-stuck.ts';
import { typeOr } from './start-type.ts';
import type { SweepView } from './sweep-view.ts';

/** A duty before it is known whether someone has it already. */
export type Draft = Omit<Duty, 'issue' | 'acts'>;

export interface DutyReasons {
  quality: Quality;
  rescue: Rescue | null;
  stalled: readonly Stalled[];
  blockers: readonly Blocker[];
}

/**
 * Of those that follow from the state of work, so many of a kind at a time: a bad day must not open fifty issues. S2 rescues
 * one session, the nearest to done.
 */
const MOST: Partial<Record<Duty['kind'], number>> = { deflake: 3, corrective: 3, rescue: 1, unblocker: 3 };

export function dutiesOf(view: SweepView, { quality, rescue, stalled, blockers }: DutyReasons): Duty[] {
  const drafts = [
    ...cadenceDuties(view),
    ...incidentDuties(view),
    ...deflakeDuties(view, quality),
    ...correctiveDuties(view, quality),
    ...rescueDuties(view, stalled, rescue),
    ...unblockerDuties(view, blockers),
  ];
  const { config, playbooks } = view.facts.repo;
  const types = playbooks.map(({ type }) => type);
  const issueOf = finder(view);
  const duties = drafts.flatMap((draft): Duty[] => {
    const issue = issueOf(draft);
    if (issue === 'done') return [];
    return [{ ...draft, type: typeOr(draft.type, types), issue, acts: config.sweep.act[draft.kind] === 'act' }];
  });
  return limited(duties).sort(
    (a, b) => a.due - b.due || ACT_KINDS.indexOf(a.kind) - ACT_KINDS.indexOf(b.kind) || codePointOrder(a.key, b.key),
  );
}

/** Open ones stay; new ones come as far as there is room. */
function limited(duties: Duty[]): Duty[] {
  const count = new Map<Duty['kind'], number>();
  const openFirst = duties.toSorted((a, b) => Number(a.issue === null) - Number(b.issue === null));
  return openFirst.filter(({ kind, issue }) => {
    const before = count.get(kind) ?? 0;
    count.set(kind, before + 1);
    return issue !== null || before < (MOST[kind] ?? Number.POSITIVE_INFINITY);
  });
}

/**
 * By its key; or the session that a person began under the proposed title. What an earlier sweep opened and GitHub shows no
 * more among its newest issues is taken for done: better than twice.
 */
function finder(view: SweepView): (draft: Draft) => DutyIssue | 'done' | null {
  const { facts } = view;
  const byKey = new Map((facts.duties ?? []).map((duty) => [duty.key, duty]));
  const opened = new Set([...(facts.lostDuties ?? []), ...(facts.history ?? []).flatMap(({ seen }) => seen?.duties ?? [])]);
  const sessions = new Map(facts.sessions.map(({ ledger: { session } }) => [session.number, session]));
  const begun = { open: new SimilarIndex(), ended: new SimilarIndex() };
  for (const { number, title, state } of sessions.values())
    begun[state === 'planned' || state === 'active' ? 'open' : 'ended'].add(title, number);
  return ({ key, title }) => {
    const issue = byKey.get(key);
    if (issue) return issue.state === 'open' ? issue : 'done';
    if (opened.has(key)) return 'done';
    const number = begun.open.find(title);
    if (number === null) return begun.ended.find(title) === null ? null : 'done';
    return { key, number, url: sessions.get(number)?.url ?? '', state: 'open' };
  };
}
