/** The sweep's words for states, gate items and numbers. */
import type { SweepStatus } from '../../model/plan.ts';
import type { VerdictState } from '../../model/session.ts';

/** S2's four words for STATUS. */
const STATUS: Record<SweepStatus, string> = {
  'pr-ready': 'PR-ready',
  'pr-open': 'PR created',
  'needs-more-work': 'needs more work',
  archived: 'archived',
};

export function statusWord(status: SweepStatus): string {
  return STATUS[status];
}

const VERDICT: Record<VerdictState, string> = { pass: 'ready', fail: 'not ready', waiting: 'waiting', neutral: 'not gated' };

export function verdictWord(verdict: VerdictState | null): string {
  return verdict === null ? 'not looked at yet' : VERDICT[verdict];
}

const ITEMS = new Map([
  ['session', 'session link'],
  ['hygiene', 'diff hygiene'],
  ['ci', 'CI'],
  ['type', "the playbook's own rules"],
  ['fresh', 'a fresh look'],
]);

/** Gate items as a phrase: `title, CI`. */
export function itemWords(ids: string[]): string {
  return ids.map((id) => ITEMS.get(id) ?? id).join(', ');
}

/** `1 step`, `2 steps`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
