/** One page of the board as it is read, and as the ledger keeps it while the sweep is not whole. */

import type { BacklogIssue } from '../../model/backlog.ts';
import type { Config } from '../../model/config.ts';
import type { CommentFact, SessionLedger } from '../../model/facts.ts';
import type { BoardListsFragment, BoardSessionsFragment } from '../generated/graphql.ts';
import { commentFact, present } from '../map-subject.ts';
import { pulseOf } from '../pulse.ts';
import { backlogIssue } from './backlog.ts';
import { type Cursors, turned } from './board-list.ts';

export type BoardNode = NonNullable<BoardSessionsFragment['sessions'][number]>;

/** An open pull request; `told`: its newest commit carries a finished check of ours. */
export interface OpenPull {
  number: number;
  headRefOid: string;
  told: boolean;
  /** Absent in a page that an older release kept. */
  pulse?: string;
}

/** Plain data: it goes through JSON. */
export interface Page {
  /** Sessions that were asked for by node id, with the version that the ledger had of each. */
  asked: Record<string, number>;
  /** Those that GitHub showed. */
  nodes: Extract<BoardNode, { id: string }>[];
  comments: CommentFact[];
  labelled: number[];
  openPulls: OpenPull[];
  backlog: BacklogIssue[];
  /** Where the lists go on. */
  cursors: Cursors;
}

export function pageOf(
  lists: BoardListsFragment,
  { sessions, comments }: BoardSessionsFragment,
  asked: readonly SessionLedger[],
  cursors: Cursors,
  config: Config,
  appId: number,
): Page {
  return {
    asked: Object.fromEntries(asked.map(({ session }) => [session.subjectId, session.version])),
    nodes: present(sessions).flatMap((node) => ('id' in node ? [node] : [])),
    comments: present(comments).flatMap((node) => (node.__typename === 'IssueComment' ? [commentFact(node)] : [])),
    labelled: present(lists.labelled?.nodes).map(({ number }) => number),
    openPulls: present(lists.openPulls?.nodes).map((pull) => openPull(pull, appId)),
    backlog: [
      ...present(lists.backlogActive?.nodes).map((issue) => backlogIssue(issue, 'active', config)),
      ...present(lists.backlogReserve?.nodes).map((issue) => backlogIssue(issue, 'reserve', config)),
    ],
    cursors: {
      labelled: turned(cursors.labelled, lists.labelled),
      pulls: turned(cursors.pulls, lists.openPulls),
      active: turned(cursors.active, lists.backlogActive),
      reserve: turned(cursors.reserve, lists.backlogReserve),
    },
  };
}

type OpenPullNode = NonNullable<NonNullable<NonNullable<BoardListsFragment['openPulls']>['nodes']>[number]>;

function openPull(pull: OpenPullNode, appId: number): OpenPull {
  const { number, headRefOid, headCommit } = pull;
  const suites = present(headCommit.nodes).flatMap(({ commit }) => present(commit.checkSuites?.nodes));
  const told = suites.some(({ checkRuns }) => present(checkRuns?.nodes).some(({ status }) => status === 'COMPLETED'));
  return { number, headRefOid, told, pulse: pulseOf(pull, appId) };
}

/** Whether the page tells of this session, and of it as the ledger has it now. */
export function tellsOf({ asked }: Page, { session }: SessionLedger): boolean {
  return asked[session.subjectId] === session.version;
}
