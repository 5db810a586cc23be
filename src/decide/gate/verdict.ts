/** The gate: facts of an open pull request → its verdict (G1). Pure: the same facts give the same verdict. */
import type { VerdictState } from '../../model/session.ts';
import type { Verdict, VerdictItem } from '../../model/verdict.ts';
import { ITEMS } from './items.ts';
import { levelOf } from './level.ts';
import type { GateFacts } from './types.ts';
import { afterWaiver } from './waived.ts';

/** For open pull requests; closed and merged ones have no verdict. */
export function verdictOf(facts: GateFacts): Verdict {
  const { headSha, draft } = facts.pull;
  const items = ITEMS.map(({ id }) => judge(id, facts, headSha)).filter((item) => item !== null);
  return { state: draft && items.length > 0 ? 'waiting' : stateOf(items), headSha, draft, items, faults: facts.repo.faults };
}

/**
 * One item; null when it is off.
 * @param waivedSha head commit that waivers of a single commit were given for
 */
export function judge(id: string, facts: GateFacts, waivedSha: string): VerdictItem | null {
  const item = ITEMS.find((one) => one.id === id);
  if (!item) return null;
  const level = levelOf(item.id, facts);
  if (level === 'off') return null;
  const result = item.check(facts, facts.repo.config.gate.items[item.id]?.options ?? {});
  const waivers = facts.session?.session.records.waivers ?? [];
  return { id, title: item.title, level, ...afterWaiver(id, result, waivers, waivedSha) };
}

/** Advisory items are shown and decide nothing. */
export function stateOf(items: readonly VerdictItem[]): VerdictState {
  if (items.length === 0) return 'neutral';
  const required = items.filter(({ level }) => level === 'required');
  if (required.some(({ status }) => status === 'fail')) return 'fail';
  return required.some(({ status }) => status === 'waiting') ? 'waiting' : 'pass';
}
