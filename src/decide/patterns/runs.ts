/** What the sessions of the past say of each pattern and each playbook: runs, success, cost, time (B5, S1). */
import type { PastSession } from '../../model/history.ts';
import { TIERS, type Tokens } from '../../model/pattern.ts';
import { median } from '../sweep/median.ts';

export interface Runs {
  /** Sessions that ended. */
  ended: number;
  completed: number;
  /** Completed at the first try. */
  firstTry: number;
  /** Of how many it is known whether it was at the first try: an abandoned session was not. */
  known: number;
  /** Median of the completed sessions whose cost was told, tier by tier; null while there is none. */
  tokens: Tokens | null;
  /** Median hours of the completed ones from start to end; null while there is none. */
  hours: number | null;
}

/** S1: proven after a success, until then projected. */
export function isProven(runs: Runs | null): boolean {
  return runs !== null && runs.completed > 0;
}

/** By pattern. A session that used two counts for both. */
export function runsByPattern(past: readonly PastSession[]): Map<string, Runs> {
  const names = new Set(past.flatMap(({ prompts }) => prompts.map(({ pattern }) => pattern)));
  return new Map([...names].map((name) => [name, runsOf(past.filter((one) => hasUsed(one, name)))]));
}

/** By the playbook's type. */
export function runsByPlaybook(past: readonly PastSession[]): Map<string, Runs> {
  return new Map([...Map.groupBy(past, ({ type }) => type)].map(([type, sessions]) => [type, runsOf(sessions)]));
}

export function hasUsed({ prompts }: PastSession, pattern: string): boolean {
  return prompts.some((prompt) => prompt.pattern === pattern);
}

export function sumOf(tokens: Tokens): number {
  return TIERS.reduce((sum, tier) => sum + tokens[tier], 0);
}

function runsOf(sessions: readonly PastSession[]): Runs {
  const completed = sessions.filter(({ state }) => state === 'completed');
  const costs = completed.flatMap(({ cost }) => cost ?? []);
  const middle = (tier: keyof Tokens) => median(costs.map((cost) => cost[tier])) ?? 0;
  return {
    ended: sessions.length,
    completed: completed.length,
    firstTry: completed.filter(({ firstTry }) => firstTry === true).length,
    known: sessions.filter(({ state, firstTry }) => state === 'abandoned' || firstTry !== null).length,
    tokens: costs.length === 0 ? null : { planner: middle('planner'), coder: middle('coder'), validator: middle('validator') },
    hours: median(completed.map(({ hours }) => hours)),
  };
}
