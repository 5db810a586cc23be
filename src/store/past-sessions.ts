/** Sessions that have ended, for the history of patterns and playbooks (B5): two small queries, however many there are. */
import { sql } from 'kysely';
import type { PastSession } from '../model/history.ts';
import type { Tier, Tokens } from '../model/pattern.ts';
import type { RepoName } from '../model/repo.ts';
import type { Session, WorklogEntry } from '../model/session.ts';
import type { Engine } from './engine.ts';

/** A failed verdict's worklog line, as `JSON.stringify` writes its key; see src/decide/pull/record.ts. */
const FAILED_LIKE = '%"key":"pr-%:fail"%';
const FAILED_KEY = /^pr-\d+:[0-9a-f]+:fail$/;
const HOUR_MS = 3_600_000;

/** Newest first. */
export async function pastSessions({ db }: Engine, repo: RepoName, limit: number): Promise<PastSession[]> {
  const rows = await db
    .selectFrom('session')
    .select('data')
    .where('repo', '=', repo)
    .where('ended_at', 'is not', null)
    .where('state', 'in', ['completed', 'abandoned'])
    .orderBy('ended_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  const sessions = rows.map((row) => JSON.parse(row.data) as Session);
  const numbers = sessions.map(({ number }) => number);
  if (numbers.length === 0) return [];
  const [starts, failures] = await Promise.all([
    db
      .selectFrom('transition')
      .select(['number', sql<number>`count(*)`.as('starts')])
      .where('repo', '=', repo)
      .where('number', 'in', numbers)
      .where('to_state', '=', 'active')
      .groupBy('number')
      .execute(),
    db
      .selectFrom('worklog')
      .select(['number', 'data'])
      .where('repo', '=', repo)
      .where('number', 'in', numbers)
      .where('data', 'like', FAILED_LIKE)
      .execute(),
  ]);
  const startsOf = new Map(starts.map((row) => [row.number, Number(row.starts)]));
  const failed = new Set(
    failures.filter((row) => FAILED_KEY.test((JSON.parse(row.data) as WorklogEntry).key)).map((row) => row.number),
  );
  return sessions.map((session) => pastSession(session, startsOf.get(session.number) ?? 0, failed.has(session.number)));
}

function pastSession(session: Session, starts: number, failed: boolean): PastSession {
  const { number, title, type, startedAt, endedAt, records } = session;
  const state = session.state === 'completed' ? 'completed' : 'abandoned';
  const hours = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / HOUR_MS;
  const troubled = state !== 'completed' || starts > 1 || failed || (records.failures ?? []).length > 0;
  const forgot = (session.forgotten?.log ?? 0) > 0 || (session.forgotten?.moves ?? 0) > 0;
  const last = new Map((records.prompts ?? []).map(({ pattern, values }) => [pattern, { pattern, values }]));
  return {
    number,
    title,
    type,
    module: records.module,
    state,
    hours: hours === null ? null : Math.max(0, hours),
    firstTry: troubled ? false : forgot ? null : true,
    prompts: [...last.values()],
    cost: costOf(records.costs ?? []),
  };
}

/** Entries add up; what was taken back counts below zero. */
function costOf(costs: readonly Tokens[]): Tokens | null {
  if (costs.length === 0) return null;
  const sum = (tier: Tier) =>
    Math.max(
      0,
      costs.reduce((total, cost) => total + cost[tier], 0),
    );
  return { planner: sum('planner'), coder: sum('coder'), validator: sum('validator') };
}
