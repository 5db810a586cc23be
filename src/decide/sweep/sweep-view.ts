/** The board as every step of the sweep sees it: each session read once, and whether it moved. */
import type { BoardFacts } from '../../model/board-facts.ts';
import { type SessionView, viewSession } from './board-sessions.ts';
import { codePointOrder } from './code-point-order.ts';
import { inOrder } from './in-order.ts';

export interface SweepView {
  facts: BoardFacts;
  active: SessionView[];
  /** Planned ones, first in line first. */
  waiting: SessionView[];
  /** Ended since the last sweep, by name. */
  archived: SessionView[];
}

export function viewSweep(read: BoardFacts): SweepView {
  const facts = inOrder(read);
  const playbooks = new Map(facts.repo.playbooks.map((playbook) => [playbook.type, playbook]));
  const since = facts.previous?.startedAt ?? '';
  const views = facts.sessions.map((source) => viewSession(source, facts, playbooks));
  const place = new Map(facts.slots.queue.map((number, index) => [number, index]));
  const lineOf = ({ source }: SessionView) => place.get(source.ledger.session.number) ?? facts.slots.queue.length;
  return {
    facts,
    active: views.filter(({ source }) => source.ledger.session.state === 'active'),
    waiting: views
      .filter(({ source }) => source.ledger.session.state === 'planned')
      .toSorted((a, b) => lineOf(a) - lineOf(b) || codePointOrder(a.sweep.name, b.sweep.name)),
    archived: views
      .filter(({ source, sweep }) => sweep.status === 'archived' && (source.ledger.session.endedAt ?? since) >= since)
      .toSorted((a, b) => codePointOrder(a.sweep.name, b.sweep.name)),
  };
}

/** What was seen since the last sweep: commits, ticks, verdicts, comments by anyone but us. */
export function hasMoved({ source }: SessionView): boolean {
  return source.since.length > 0 || (source.comments ?? []).length > 0;
}
