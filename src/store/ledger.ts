/** The ledger: what Playcaller itself knows of sessions, pull requests and sweeps. */

import { sql } from 'kysely';
import type { Cycle } from '../model/board-facts.ts';
import type { SessionLedger } from '../model/facts.ts';
import type { PatchScan } from '../model/pull-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { PullRecord, Session, WorklogEntry } from '../model/session.ts';
import { boardPages } from './board-pages.ts';
import { checksSeenSince } from './checks-seen.ts';
import { commit } from './commit.ts';
import { countOpenPulls, details, openPulls } from './details.ts';
import type { Engine } from './engine.ts';
import { writeWork } from './engine.ts';
import { pullsAt } from './heads.ts';
import { ideaCounts } from './idea-counts.ts';
import type { Ledger } from './ledger-types.ts';
import { newestCycles } from './newest-cycles.ts';
import { pastSessions } from './past-sessions.ts';
import { openPlans, planOf } from './plans.ts';
import { renameIn } from './rename.ts';
import { config, repositories, saveConfig } from './repositories.ts';
import { restore } from './restore.ts';
import type { Pick } from './session-ledgers.ts';
import { sessionLedgers } from './session-ledgers.ts';
import { slots } from './slots.ts';

export function ledgerOn(engine: Engine): Ledger {
  const { db } = engine;
  const one = async (repo: RepoName, pick: Pick): Promise<SessionLedger | null> =>
    (await sessionLedgers(engine, repo, pick))[0] ?? null;
  return {
    commit: (lease, effects) => commit(engine, lease, effects),
    session: (repo, number) => one(repo, (eb) => eb('session.number', '=', number)),
    sessionById: (repo, id) => one(repo, (eb) => eb('session.id', '=', id)),
    sessionByBranch: (repo, branch) => byBranch(engine, repo, branch),
    sessions: (repo, endedSince) =>
      sessionLedgers(engine, repo, (eb) =>
        eb.or([eb('session.state', 'in', ['planned', 'active']), eb('session.ended_at', '>=', Date.parse(endedSince))]),
      ),
    openSessions: async (repo, which) => {
      const open = db.selectFrom('session').select('data').where('repo', '=', repo).where('state', 'in', ['planned', 'active']);
      const wanted = which === 'all' ? open : open.where('state', '=', 'planned').where('blocked', '=', 1);
      const rows = await wanted.orderBy('number').execute();
      return rows.map((row) => JSON.parse(row.data) as Session);
    },
    pastSessions: (repo, limit) => pastSessions(engine, repo, limit),
    slots: (repo) => slots(engine, repo),
    config: (repo) => config(engine, repo),
    saveConfig: (repo, installationId, files) => saveConfig(engine, repo, installationId, files),
    repositories: () => repositories(engine),
    renameRepository: async (from, to) =>
      void (await writeWork(engine, async (tx) => ({ added: await renameIn(engine, tx, from, to, null) }))),
    restore: (restoration, dryRun) => restore(engine, restoration, dryRun),
    takenIds: async (repo, prefix) => {
      const start = sql<string>`substr(id, 1, length(cast(${prefix} as text)))`;
      const rows = await db
        .selectFrom('session')
        .select('id')
        .where('repo', '=', repo)
        .where(start, '=', prefix)
        .orderBy('id')
        .execute();
      return rows.map((row) => row.id);
    },
    pull: async (repo, number) => {
      const row = await db
        .selectFrom('pull')
        .select('data')
        .where('repo', '=', repo)
        .where('number', '=', number)
        .executeTakeFirst();
      return row ? (JSON.parse(row.data) as PullRecord) : null;
    },
    pullsAt: (repo, headSha) => pullsAt(engine, repo, headSha),
    scan: async (repo, number) => {
      const row = await db
        .selectFrom('scan')
        .select('data')
        .where('repo', '=', repo)
        .where('number', '=', number)
        .executeTakeFirst();
      return row ? (JSON.parse(row.data) as PatchScan) : null;
    },
    detail: async (repo, number) => (await details(engine, repo, number, 1))[0] ?? null,
    countOpenPulls: (repo) => countOpenPulls(engine, repo),
    openDetails: (repo, limit) => details(engine, repo, null, limit),
    artefact: async (repo, number, role) => {
      const found = db
        .selectFrom('artefact')
        .select('id')
        .where('repo', '=', repo)
        .where('number', '=', number)
        .where('role', '=', role);
      return (await found.executeTakeFirst())?.id ?? null;
    },
    artefacts: async (repo, number, prefix) => {
      const all = db.selectFrom('artefact').select(['role', 'id']).where('repo', '=', repo).where('number', '=', number);
      const rows = await all.orderBy('role').execute();
      return new Map(rows.filter(({ role }) => role.startsWith(prefix)).map(({ role, id }) => [role, id]));
    },
    openPulls: (repo, base = null) => openPulls(db, repo, base),
    doneLines: async (repo, commentId) => {
      const rows = await db
        .selectFrom('command_done')
        .select('line')
        .where('repo', '=', repo)
        .where('comment_id', '=', commentId)
        .execute();
      return rows.map((row) => row.line);
    },
    ideaCounts: (repo, plannedBefore, number) => ideaCounts(engine, repo, plannedBefore, number),
    boardPages: (repo, wanted) => boardPages(engine, repo, wanted),
    checksSeen: (repo, since) => checksSeenSince(engine, repo, since),
    plan: (repo, number) => planOf(engine, repo, number),
    openPlans: (repo) => openPlans(engine, repo),
    worklogSince: async (repo, since) => {
      const entries = db.selectFrom('worklog').select('data').where('repo', '=', repo).where('at', '>=', Date.parse(since));
      const rows = await entries.orderBy('at').orderBy('seq').execute();
      return rows.map((row) => JSON.parse(row.data) as WorklogEntry);
    },
    newestCycles: (limit) => newestCycles(engine, limit),
    cycles: async (repo, limit) => {
      const rows = await db
        .selectFrom('cycle')
        .select('data')
        .where('repo', '=', repo)
        .orderBy('day', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => JSON.parse(row.data) as Cycle);
    },
  };
}

/** The open session of that branch, else the one planned last. */
async function byBranch(engine: Engine, repo: RepoName, branch: string): Promise<SessionLedger | null> {
  const found = await sessionLedgers(engine, repo, (eb) => eb('session.branch', '=', branch));
  const open = found.find(({ session }) => session.state === 'active' || session.state === 'planned');
  return open ?? found.sort((a, b) => b.session.plannedAt.localeCompare(a.session.plannedAt))[0] ?? null;
}
