/** Reads the board from GitHub in pages: sessions by 50, lists by 100, all with one query a page; goes on where a try was cut. */

import type { BacklogIssue } from '../../model/backlog.ts';
import { READINESS_CHECK } from '../../model/check-names.ts';
import type { Config } from '../../model/config.ts';
import type { CommentFact, SessionLedger } from '../../model/facts.ts';
import { type RepoName, splitRepo } from '../../model/repo.ts';
import {
  BoardDocument,
  BoardPageDocument,
  type BoardPageQuery,
  type BoardPageQueryVariables,
  type BoardQuery,
  type BoardQueryVariables,
} from '../generated/graphql.ts';
import { labelVariables } from '../home.ts';
import { dataOf, type Reading } from '../reading.ts';
import { type Cursors, FROM_THE_START, goesOn } from './board-list.ts';
import { type Cut, cutBy } from './cut.ts';
import { keptPages, type Notebook } from './kept-pages.ts';
import { type BoardNode, type OpenPull, type Page, pageOf, tellsOf } from './page.ts';

/** Two comments a session must fit into one `nodes(ids:)` of 100. */
const PAGE = 50;
const MAY_MISS = ['ownerHome', 'sessions', 'comments', 'tracker', 'records', 'duties', 'repository.openPulls.nodes'];
const NO_TYPES = ['playcaller:none'];
/** Points of the hour's 5,000 that a big board leaves: to verdicts, and to telling how far it came. */
const LEAVES = 100;

export type BoardHome = NonNullable<BoardQuery['repository']>;

export interface Pages {
  first: BoardQuery;
  home: BoardHome;
  subjects: Map<string, BoardNode>;
  comments: Map<string, CommentFact>;
  labelled: Set<number>;
  openPulls: OpenPull[];
  backlog: BacklogIssue[];
  /** Open sessions that were not read; none but when it was cut. */
  unread: SessionLedger[];
  cut: Cut | null;
  /** Pages stand in the ledger. */
  kept: boolean;
}

export interface Wanted {
  repo: RepoName;
  /** The cycle's. */
  day: string;
  /** ISO 8601, UTC. */
  now: string;
  open: readonly SessionLedger[];
  /** Labels that start a session. */
  labelled: string[];
  /** Node ids of the tracker and of today's comment. */
  tracker: string[];
  /** Node ids of the records of merged sessions, at most 100. */
  records: string[];
  /** Node ids of the issues that earlier sweeps opened, at most 100. */
  duties: string[];
}

export async function readPages(wanted: Wanted, config: Config, reading: Reading): Promise<Pages> {
  const notebook = await keptPages(wanted, config, reading);
  const { pages } = notebook;
  const before = pages.length;
  const left = () => wanted.open.filter((one) => !pages.some((page) => tellsOf(page, one)));
  const cursors = () => pages.at(-1)?.cursors ?? FROM_THE_START;
  // Who comes back asks for little first: then it is known where the rest is to be told, should it fail once more.
  const chunk = before > 0 ? [] : left().slice(0, PAGE);
  const variables = variablesFor(wanted, chunk, cursors(), config, reading.appId);
  const first = await ask<BoardQuery>('Board', BoardDocument, reading, {
    ...variables,
    ...labelVariables(config),
    tracker: wanted.tracker,
    records: wanted.records,
    duties: wanted.duties,
    fastLaneLabel: config.labels.fastLane,
    incidentLabel: config.labels.incident,
  });
  const home = first.repository;
  if (!home) throw new Error('checked before: the repository is there');
  pages.push(pageOf(home, first, chunk, cursors(), config, reading.appId));
  const cut = await readRest(notebook, before, { left, cursors, wanted, config, reading });
  return { first, home, ...joined(pages), unread: cut ? left() : [], cut, kept: notebook.kept };
}

interface Rest {
  left(): SessionLedger[];
  cursors(): Cursors;
  wanted: Wanted;
  config: Config;
  reading: Reading;
}

/** @returns why it ended too early; null when everything was read. */
async function readRest(notebook: Notebook, before: number, rest: Rest): Promise<Cut | null> {
  const { left, cursors, wanted, config, reading } = rest;
  const { pages } = notebook;
  try {
    for (let unread = left(); unread.length > 0 || goesOn(cursors()); unread = left()) {
      // Only what others follow is kept: a board of one page leaves no trace.
      await notebook.keep();
      const chunk = unread.slice(0, PAGE);
      const variables = variablesFor(wanted, chunk, cursors(), config, reading.appId);
      const data = await ask<BoardPageQuery>('BoardPage', BoardPageDocument, reading, variables);
      if (!data.repository) throw new Error('checked before: the repository is there');
      pages.push(pageOf(data.repository, data, chunk, cursors(), config, reading.appId));
    }
    return null;
  } catch (error) {
    // A try that came further than the one before is soon followed by the next.
    const stuck = before > 0 && pages.length === before + 1;
    return cutBy(error, stuck, left());
  }
}

async function ask<T extends { repository: unknown }>(
  operation: string,
  document: string,
  { client }: Reading,
  variables: BoardQueryVariables | BoardPageQueryVariables,
): Promise<T> {
  return dataOf(await client.graphql<T>(operation, document, { ...variables }, { leaves: LEAVES }), MAY_MISS);
}

function variablesFor(
  wanted: Wanted,
  chunk: readonly SessionLedger[],
  { labelled, pulls, active, reserve }: Cursors,
  config: Config,
  appId: number,
): BoardPageQueryVariables {
  return {
    ...splitRepo(wanted.repo),
    appId,
    checkName: READINESS_CHECK,
    sessions: chunk.map(({ session }) => session.subjectId),
    comments: chunk.flatMap(({ artefacts }) => [artefacts.card, artefacts.playbook].filter((id) => id !== undefined)),
    // GitHub takes an empty list for all issues.
    labelled: wanted.labelled.length > 0 ? wanted.labelled : NO_TYPES,
    waitsLabelled: labelled.more,
    labelledAfter: labelled.after,
    waitsPulls: pulls.more,
    pullsAfter: pulls.after,
    waitsActive: active.more,
    activeAfter: active.after,
    waitsReserve: reserve.more,
    reserveAfter: reserve.after,
    backlogActiveLabel: config.labels.backlogActive,
    backlogReserveLabel: config.labels.backlogReserve,
  };
}

/** Of two pages that tell of one thing, the later one holds. */
function joined(pages: readonly Page[]): Pick<Pages, 'subjects' | 'comments' | 'labelled' | 'openPulls' | 'backlog'> {
  const pulls = new Map(pages.flatMap((page) => page.openPulls.map((pull) => [pull.number, pull] as const)));
  return {
    subjects: new Map(pages.flatMap(({ nodes }) => nodes.map((node) => [node.id, node] as const))),
    comments: new Map(pages.flatMap(({ comments }) => comments.map((comment) => [comment.id, comment] as const))),
    labelled: new Set(pages.flatMap(({ labelled }) => labelled)),
    openPulls: [...pulls.values()],
    backlog: [
      ...new Map(
        pages.flatMap(({ backlog }) => backlog.map((issue) => [`${issue.list}#${issue.number}`, issue] as const)),
      ).values(),
    ],
  };
}
