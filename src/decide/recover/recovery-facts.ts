/** The plan's sessions as tasks of a recovery: what is done, what runs, what failed and how often (B6). */

import type { RepoFacts, SessionLedger } from '../../model/facts.ts';
import { failedRecoveries, openFailure } from '../../model/failure.ts';
import type { RecoveryAround } from '../../model/lane-facts.ts';
import type { FailedTask, RecoveryFacts, RecoveryTask, TierTokens } from '../../model/recovery.ts';
import type { Session } from '../../model/session.ts';
import { numberOf, taskId, tasksOf } from '../batches/tasks-of.ts';
import { fill } from '../patterns/fill.ts';
import { planBatches } from '../plan/batches.ts';

/** Sessions that this command recovers, or recovered when it was tried before. */
export function failedSessions({ plan, sessions }: RecoveryAround, key: string): SessionLedger[] {
  const runs = (plan?.record?.run ?? null) !== null;
  return sessions.filter((ledger) => hasFailed(ledger, key) || (runs && ledger.session.state === 'abandoned'));
}

export function hasFailed({ session: { state, records } }: SessionLedger, key: string): boolean {
  const open = state === 'active' || state === 'planned';
  return open && (openFailure(records) !== null || records.failures?.at(-1)?.recovery?.key === key);
}

/** The key of the worklog's line of one that went back to planned: a second try of the command finds it. */
export const setBackKey = (key: string): string => `recover:${key}`;

/** @param body of the issue that carries the one session, where there is no plan */
export function recoveryFacts(
  around: RecoveryAround,
  failed: readonly SessionLedger[],
  body: string,
  key: string,
  repo: RepoFacts,
): RecoveryFacts {
  const recovered = new Set(failed.map(({ session }) => session.number));
  const ledgers = new Map([...around.sessions, ...failed].map((ledger) => [ledger.session.number, ledger]));
  const bodies = new Map((around.plan?.subs ?? []).map((sub) => [sub.number, sub.body ?? '']));
  const tasks = plannedTasks(around, repo, recovered).map((task): RecoveryTask => {
    const session = ledgers.get(numberOf(task.id))?.session;
    return {
      ...task,
      prompt: recovered.has(numberOf(task.id)) ? promptOf(session, bodies.get(numberOf(task.id)) ?? body, repo) : null,
      tokens: tokensOf(session, repo),
    };
  });
  const known = new Set(tasks.map(({ id }) => id));
  const alone = failed.map(({ session }) => session).filter(({ number }) => !known.has(taskId(number)));
  tasks.push(...alone.map((session) => taskAlone(session, body, repo)));
  const others = tasks.filter(({ id }) => !recovered.has(numberOf(id)));
  const isRunning = ({ id }: RecoveryTask) => {
    const ledger = ledgers.get(numberOf(id));
    if (!ledger || hasFailed(ledger, key)) return false;
    return ledger.session.state === 'active' || ledger.worklog.some((entry) => entry.key === setBackKey(key));
  };
  return {
    tasks,
    done: others.filter(({ state }) => state === 'completed').map(({ id }) => id),
    running: others.filter((task) => task.state !== 'completed' && isRunning(task)).map(({ id }) => id),
    failed: failed.map(({ session }) => failedTask(session, key)),
  };
}

/** Without those in a cycle: nobody knows what they wait for. */
function plannedTasks({ plan }: RecoveryAround, repo: RepoFacts, recovered: ReadonlySet<number>) {
  if (plan === null) return [];
  const { tasks } = tasksOf(plan, (sub) => sub.session?.type ?? null, repo.playbooks);
  const unplanned = new Set(planBatches(tasks).unplanned);
  return tasks
    .filter(({ id }) => !unplanned.has(id) || recovered.has(numberOf(id)))
    .map((task) => (unplanned.has(task.id) ? { ...task, depends: [], after: [] } : task));
}

function taskAlone(session: Session, body: string, repo: RepoFacts): RecoveryTask {
  const hours = repo.playbooks.find(({ type }) => type === session.type)?.hours;
  return {
    id: taskId(session.number),
    title: session.title,
    estimate: hours ? (hours.min + hours.max) / 2 : null,
    depends: [],
    after: [],
    state: 'failed',
    prompt: promptOf(session, body, repo),
    tokens: tokensOf(session, repo),
  };
}

function failedTask({ number, records, state }: Session, key: string): FailedTask {
  const last = records.failures?.at(-1);
  const ours = last && (last.recovery === null || last.recovery.key === key) ? last : null;
  const attempts = failedRecoveries(records) + (ours === null && last && state === 'abandoned' ? 1 : 0);
  return { id: taskId(number), error: ours?.error ?? null, kind: ours?.kind ?? 'unknown', attempts };
}

/** What its agent was told: the last prompt that was made for it, else its issue. */
function promptOf(session: Session | undefined, body: string, { patterns = [] }: RepoFacts): string | null {
  const used = session?.records.prompts?.at(-1);
  const pattern = patterns.find(({ name }) => name === used?.pattern);
  if (used && pattern) return fill(pattern, new Map(Object.entries(used.values))).prompt;
  return body.trim() === '' ? null : body;
}

/** As people told; else what its pattern is reckoned to cost. */
function tokensOf(session: Session | undefined, { patterns = [] }: RepoFacts): TierTokens | null {
  const costs = session?.records.costs ?? [];
  const sum = (tier: keyof TierTokens) =>
    Math.max(
      0,
      costs.reduce((all, cost) => all + cost[tier], 0),
    );
  if (costs.length > 0) return { planner: sum('planner'), coder: sum('coder'), validator: sum('validator') };
  const used = session?.records.prompts?.at(-1);
  return patterns.find(({ name }) => name === used?.pattern)?.baseline ?? null;
}
