/** Reads sessions with all that belongs to them, in five queries however many there are; in one where there are none. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { SessionLedger } from '../model/facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { PullRecord, Session, Transition, WorklogEntry } from '../model/session.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/** Which sessions of the repository. */
export type Pick = (eb: ExpressionBuilder<Tables, 'session'>) => Expression<SqlBool>;

const NEWEST_ENTRIES = 20;

/** Ordered by number. */
export async function sessionLedgers({ db }: { db: Engine['db'] }, repo: RepoName, pick: Pick): Promise<SessionLedger[]> {
  const chosen = db.selectFrom('session').where('session.repo', '=', repo).where(pick);
  const numbers = chosen.select('session.number');
  const sessions = await chosen.select('session.data').orderBy('session.number').execute();
  // Most pull requests belong to no session.
  if (sessions.length === 0) return [];
  const [pulls, transitions, worklog, artefacts] = await Promise.all([
    db
      .selectFrom('pull')
      .select(['session', 'data'])
      .where('repo', '=', repo)
      .where('session', 'in', numbers)
      .orderBy('number')
      .execute(),
    db
      .selectFrom('transition')
      .select(['number', 'data'])
      .where('repo', '=', repo)
      .where('number', 'in', numbers)
      .orderBy('seq')
      .execute(),
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('worklog')
          .select([
            'seq',
            'at',
            'number',
            'data',
            sql<number>`row_number() over (partition by number order by at desc, seq desc)`.as('age'),
          ])
          .where('repo', '=', repo)
          .where('number', 'in', numbers)
          .as('entry'),
      )
      .select(['number', 'data'])
      .where('age', '<=', NEWEST_ENTRIES)
      .orderBy('at')
      .orderBy('seq')
      .execute(),
    db.selectFrom('artefact').select(['number', 'role', 'id']).where('repo', '=', repo).where('number', 'in', numbers).execute(),
  ]);
  const pullsOf = Map.groupBy(pulls, (row) => row.session);
  const transitionsOf = Map.groupBy(transitions, (row) => row.number);
  const worklogOf = Map.groupBy(worklog, (row) => row.number);
  const artefactsOf = Map.groupBy(artefacts, (row) => row.number);
  return sessions.map((row) => {
    const session = JSON.parse(row.data) as Session;
    return {
      session,
      pulls: (pullsOf.get(session.number) ?? []).map((each) => JSON.parse(each.data) as PullRecord),
      transitions: (transitionsOf.get(session.number) ?? []).map((each) => JSON.parse(each.data) as Transition),
      worklog: (worklogOf.get(session.number) ?? []).map((each) => JSON.parse(each.data) as WorklogEntry),
      artefacts: Object.fromEntries((artefactsOf.get(session.number) ?? []).map(({ role, id }) => [role, id])),
    };
  });
}
