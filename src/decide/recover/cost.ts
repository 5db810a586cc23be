/** What it takes to run some tasks again, and until the plan is done (B6). */
import type { RecoveryCost, RecoveryTask, TierTokens } from '../../model/recovery.ts';
import { estimatesOf, toHours } from '../plan/estimates.ts';

export interface Prices {
  /** By id, in hours. */
  hours: ReadonlyMap<string, number>;
  tokens: ReadonlyMap<string, TierTokens>;
  /** Tasks whose tokens were counted as the median of the others. */
  assumedTokens: string[];
}

export function pricesOf(tasks: readonly RecoveryTask[]): Prices {
  const { parts } = estimatesOf(tasks);
  const known = tasks.flatMap(({ tokens }) => tokens ?? []);
  const usual: TierTokens = {
    planner: median(known.map(({ planner }) => planner)),
    coder: median(known.map(({ coder }) => coder)),
    validator: median(known.map(({ validator }) => validator)),
  };
  return {
    hours: new Map(tasks.map(({ id }, index) => [id, toHours(parts[index] ?? 0)])),
    tokens: new Map(known.length === 0 ? [] : tasks.map(({ id, tokens }) => [id, tokens ?? usual])),
    assumedTokens: known.length === 0 ? [] : tasks.filter(({ tokens }) => tokens === null).map(({ id }) => id),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2);
}

/** `again`: what runs once more; `finish`: hours until the plan is done. */
export function costOf(again: readonly string[], finish: number, { hours, tokens }: Prices): RecoveryCost {
  const spent = again.flatMap((id) => tokens.get(id) ?? []);
  return {
    tasks: again.length,
    work: sum(again.map((id) => hours.get(id) ?? 0)),
    finish,
    tokens:
      tokens.size === 0
        ? null
        : {
            planner: sum(spent.map(({ planner }) => planner)),
            coder: sum(spent.map(({ coder }) => coder)),
            validator: sum(spent.map(({ validator }) => validator)),
          },
  };
}

export function difference(more: RecoveryCost, less: RecoveryCost): RecoveryCost {
  return {
    tasks: more.tasks - less.tasks,
    work: sum([more.work, -less.work]),
    finish: sum([more.finish, -less.finish]),
    tokens: more.tokens && less.tokens && tokensBetween(more.tokens, less.tokens),
  };
}

function tokensBetween(more: TierTokens, less: TierTokens): TierTokens {
  return {
    planner: more.planner - less.planner,
    coder: more.coder - less.coder,
    validator: more.validator - less.validator,
  };
}

/** Of values in thousandths at the most: 0.1 and 0.2 are 0.3. */
function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + Math.round(value * 1000), 0) / 1000;
}
