/** The way out when slots are short: the session nearest to done, in three steps (W9). */
import { categoryKey } from '../../model/category.ts';
import type { GateView, SweepPlan } from '../../model/plan.ts';
import type { Phase, Playbook, Step } from '../../model/playbook.ts';
import type { Rescue, Stalled } from '../../model/stuck.ts';
import type { SessionView } from './board-sessions.ts';
import { numberOf } from './lately.ts';
import { hasMoved, type SweepView } from './sweep-view.ts';

const MOST = 3;
/** Planned for so long and untouched: its prompt may be stale. */
const STALE_DAYS = 14;
const DAY_MS = 24 * 3_600_000;
/** Gate items that are about proof; the words of a pull request are put right at its merge. */
const PROOF = ['ci', 'tests', 'coverage'];
const WORDS = ['title', 'description', 'docs'];
const PROVES = /\b(?:test|verif|check|review|suite|regression)/i;
const ENDS = /\b(?:commit|pull request|merge|ship)/i;

/** Null while slots are free and all moves, and where merging what is ready frees enough of them. What is PR-ready only wants its merge: it is rescued when nothing else is left. */
export function rescueOf(view: SweepView, base: SweepPlan, stalled: readonly Stalled[]): Rescue | null {
  const free = base.shipOrder.filter(({ blocked }) => !blocked);
  const ready = free.filter(({ status }) => status === 'pr-ready').length;
  const short = base.freeSlotsNeeded > 0 || isFull(view);
  if (stalled.length === 0 && (!short || (ready > 0 && ready >= base.freeSlotsNeeded && free.length > ready))) return null;
  const name = (free.find(({ status }) => status !== 'pr-ready') ?? free[0])?.name;
  const one = view.active.find(({ sweep }) => sweep.name === name);
  if (!one) return null;
  return { number: numberOf(one), name: one.sweep.name, next: nextOf(one), shed: shedOf(view), cut: cutOf(one, view) };
}

function isFull({ facts: { slots, repo } }: SweepView): boolean {
  const { capacity, reserve } = repo.config;
  return slots.queue.length > 0 && slots.active >= capacity - reserve;
}

/** Stabilise what is not whole yet, then prove it, then merge. */
function nextOf({ sweep, pull }: SessionView): Rescue['next'] {
  const { gate } = sweep;
  if (!gate || pull?.state !== 'open') return sweep.remainingSteps > 0 ? 'stabilise' : 'merge';
  if (gate.verdict === 'pass' || gate.verdict === 'neutral') return 'merge';
  return byItems(gate);
}

function byItems({ verdict, open }: GateView): Rescue['next'] {
  if (open.some((item) => !PROOF.includes(item) && !WORDS.includes(item))) return 'stabilise';
  const proves = open.length === 0 || open.some((item) => PROOF.includes(item));
  return verdict === null || proves ? 'test' : 'merge';
}

/** Of the planned ones, never of the fast lane, and only those nobody touched: last in rotation first, then the oldest. */
function shedOf({ facts, waiting }: SweepView): Rescue['shed'] {
  const keys = facts.repo.config.categories.map(categoryKey);
  const turn = (category: string | null) => {
    const at = category === null ? -1 : keys.indexOf(categoryKey(category));
    return at < 0 ? keys.length : at;
  };
  return waiting
    .filter((one) => !one.source.ledger.session.fastLane && !hasMoved(one))
    .map((one) => {
      const days = Math.floor((Date.parse(facts.now) - Date.parse(one.source.ledger.session.plannedAt)) / DAY_MS);
      return { number: numberOf(one), name: one.sweep.name, category: one.sweep.category, days };
    })
    .filter(({ days }) => days >= STALE_DAYS)
    .sort((a, b) => turn(b.category) - turn(a.category) || b.days - a.days || a.number - b.number)
    .slice(0, MOST);
}

/** Open steps of the phases after the last one that proves; tests and commit stay. Without such a phase nothing is cut. */
function cutOf({ source }: SessionView, { facts }: SweepView): string[] {
  const { type, ticks } = source.ledger.session;
  const playbook = facts.repo.playbooks.find((candidate) => candidate.type === type);
  const steps = playbook ? afterProof(playbook) : [];
  return steps
    .filter(({ id, text }) => !ticks.includes(id) && ![id, text].some((words) => PROVES.test(words) || ENDS.test(words)))
    .slice(0, MOST)
    .map(({ text }) => text);
}

function afterProof({ phases }: Playbook): Step[] {
  const proof = phases.findLastIndex(({ id, title }: Phase) => PROVES.test(id) || PROVES.test(title));
  return proof < 0 ? [] : phases.slice(proof + 1).flatMap(({ steps }) => steps);
}
