/** The gate: facts of an open pull request → its verdict (G1). Pure: the same facts give the same verdict. */
import type { VerdictState } from '../../model/session.ts';
import type { Verdict, VerdictItem } from '../../model/verdict.ts';
import { ITEMS } from './items.ts';
import { levelOf } from './level.ts';
import type { GateFacts } from './types.ts';
import { afterWaiver } from './waived.ts';

/** For open pull requests; closed and merged ones have no verdict. */
export function verdictOf(facts: GateFacts): Verdict {
  const waivers = facts.session?.session.records.waivers ?? [];
  const items = ITEMS.flatMap((item): VerdictItem[] => {
    const setting = facts.repo.config.gate.items[item.id];
    const level = levelOf(item.id, facts);
    if (level === 'off') return [];
    const result = item.check(facts, setting?.options ?? {});
    return [{ id: item.id, title: item.title, level, ...afterWaiver(item.id, result, waivers, facts.pull.headSha) }];
  });
  const { headSha, draft } = facts.pull;
  return { state: draft && items.length > 0 ? 'waiting' : stateOf(items), headSha, draft, items, faults: facts.repo.faults };
}

/** Advisory items are shown and decide nothing. */
function stateOf(items: readonly VerdictItem[]): VerdictState {
  if (items.length === 0) return 'neutral';
  const required = items.filter(({ level }) => level === 'required');
  if (required.some(({ status }) => status === 'fail')) return 'fail';
  return required.some(({ status }) => status === 'waiting') ? 'waiting' : 'pass';
}
