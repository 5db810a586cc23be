/** Whose turn it is: cold categories first, the others in rotation, the fast lane by its own (W5). */

import type { BacklogIssue } from '../../model/backlog.ts';
import { categoryKey } from '../../model/category.ts';
import type { SweepPlan } from '../../model/plan.ts';
import { hasLabel } from '../session/labels.ts';
import { labelNames } from './backlog.ts';
import { codePointOrder } from './code-point-order.ts';
import { begunLately, unreadCategories, warmCategories } from './lately.ts';
import type { SweepView } from './sweep-view.ts';

export interface Turns {
  /** Configured categories without movement in two sweeps, most urgent first. */
  cold: string[];
  /** Cold ones, then those that have nothing open. */
  backfill: string[];
  /** Cold ones, the others continuing after the one that began last, then those that stand in no list. */
  rotation: string[];
  /** In turn of the fast lane; empty without one. */
  lane: string[];
}

/** @param active issues that could be started */
export function turnsOf(view: SweepView, base: SweepPlan, active: readonly BacklogIssue[]): Turns {
  const listed = distinct(view.facts.repo.config.categories);
  const cold = coldOf(listed, view, base);
  const unread = new Set(unreadCategories(view).map(categoryKey));
  const open = base.backfill.filter((name) => !unread.has(categoryKey(name)));
  const warm = after(lastBegun(listed, view), listed).filter((name) => !cold.includes(name));
  return {
    cold,
    backfill: distinct([...cold, ...open]),
    rotation: [...cold, ...warm, ...unlisted(listed, view)],
    lane: laneTurns(listed, view, active),
  };
}

/** The names in a round that begins after this one. */
function after(key: string | null, names: readonly string[]): string[] {
  const at = names.findIndex((name) => categoryKey(name) === key);
  return [...names.slice(at + 1), ...names.slice(0, at + 1)];
}

/** With what this sweep and the one before saw; where that one kept nothing, what has nothing open is cold. */
function coldOf(listed: string[], view: SweepView, base: SweepPlan): string[] {
  const before = view.facts.previous?.seen;
  if (!before) return distinct(base.coldCategories);
  const moved = new Set([...warmCategories(view), ...before.categories].map(categoryKey));
  return listed.filter((name) => !moved.has(categoryKey(name)));
}

function lastBegun(listed: string[], { facts, ...view }: SweepView): string | null {
  const keys = new Set(listed.map(categoryKey));
  const ordinary = facts.sessions.filter(({ ledger }) => !ledger.session.fastLane);
  const categories = new Map(ordinary.map(({ ledger }) => [ledger.session.number, ledger.session.category]));
  const lately = begunLately({ facts, ...view }).map(({ source }) => source.ledger.session.number);
  const earlier = (facts.history ?? []).flatMap(({ seen }) => (seen?.started ?? []).toReversed());
  for (const number of [...lately.reverse(), ...earlier]) {
    const category = categories.get(number) ?? null;
    if (category !== null && keys.has(categoryKey(category))) return categoryKey(category);
  }
  return null;
}

/** A turn without work in the backlog passes to the next that has some. */
function laneTurns(listed: string[], view: SweepView, active: readonly BacklogIssue[]): string[] {
  const { config } = view.facts.repo;
  if (config.reserve <= 0) return [];
  const urgent = active.filter((issue) => hasLabel(labelNames(issue), config.labels.fastLane));
  const wanted = new Set(urgent.flatMap(({ category }) => (category === null ? [] : categoryKey(category))));
  const order = after(lastServed(listed, view), listed);
  const at = Math.max(
    0,
    order.findIndex((name) => wanted.has(categoryKey(name))),
  );
  return [...order.slice(at), ...order.slice(0, at)];
}

function lastServed(listed: string[], view: SweepView): string | null {
  const keys = new Set(listed.map(categoryKey));
  const begun = begunLately(view).filter(({ source }) => source.ledger.session.fastLane);
  const { cycle, history = [] } = view.facts;
  const served = [
    ...begun.map(({ sweep }) => sweep.category).reverse(),
    ...[cycle, ...history].map(({ seen }) => seen?.fastLane),
  ];
  const last = served.find((name) => name && keys.has(categoryKey(name)));
  return last ? categoryKey(last) : null;
}

/** Categories of sessions and backlogs that nobody listed: last in turn, but never lost. */
function unlisted(listed: string[], view: SweepView): string[] {
  const known = new Set(listed.map(categoryKey));
  const open = [...view.active, ...view.waiting].map(({ sweep }) => sweep.category);
  const all = [...open, ...(view.facts.backlog ?? []).map(({ category }) => category)];
  const own = all.filter((name) => name !== null).filter((name) => !known.has(categoryKey(name)));
  return distinct(own.sort(codePointOrder));
}

function distinct(categories: readonly string[]): string[] {
  const seen = new Set<string>();
  return categories.filter((name) => seen.size < seen.add(categoryKey(name)).size);
}
