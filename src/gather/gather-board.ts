/** Facts for the lane of the repository: its sessions in pages of 50, open pull requests, tracker, cycle. */
import type { BoardFacts, BoardSession, Cycle } from '../model/board-facts.ts';
import type { CommentFact, LinkedPull, SessionLedger, SubjectFacts } from '../model/facts.ts';
import type { Facts } from '../model/lane-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Trigger } from '../model/trigger.ts';
import { familyOf } from './family.ts';
import { ownerAndName } from './gather-subject.ts';
import { BoardDocument, type BoardQuery, type BoardQueryVariables } from './generated/graphql.ts';
import { labelVariables, lastKnown, repoFacts } from './home.ts';
import { actor, commentFact, issueFacts, linkedPull, names, present } from './map-subject.ts';
import { dataOf, type Reading } from './reading.ts';

/** Two comments a session must fit into one `nodes(ids:)` of 100. */
const PAGE = 50;
/** The first sweep tells everything. */
const BEFORE_ALL = new Date(0).toISOString();
const MAY_MISS = ['ownerHome', 'sessions', 'comments', 'tracker'];
const NO_TYPES = ['playcaller:none'];

type Node = NonNullable<BoardQuery['sessions'][number]>;
type Answer = NonNullable<BoardQuery['repository']>;

interface Pages {
  first: BoardQuery;
  home: Answer;
  subjects: Map<string, Node>;
  comments: Map<string, CommentFact>;
  labelled: Set<number>;
  openPulls: { number: number; headRefOid: string }[];
}

export async function gatherBoard(trigger: Extract<Trigger, { kind: 'board' }>, reading: Reading): Promise<Facts> {
  const { repo, now } = trigger;
  const { ledger } = reading;
  const { stored, config, types } = await lastKnown(ledger, repo);
  const cycles = await ledger.cycles(repo, 2);
  const { cycle, previous } = cycleOf(cycles, repo, dayIn(now, config.sweep.timezone), now);
  const ledgers = await ledger.sessions(repo, previous?.startedAt ?? cycle.startedAt);
  const open = ledgers.filter(({ session }) => session.state === 'planned' || session.state === 'active');
  const trackerId = await ledger.artefact(repo, 0, 'tracker');
  const sweepId = await ledger.artefact(repo, 0, `sweep:${cycle.day}`);
  const startLabels = [...new Set([...types, ...open.map(({ session }) => session.type)])].map(
    (type) => config.labels.sessionPrefix + type,
  );
  const pages = await readPages(repo, open, startLabels, [trackerId, sweepId], config, reading);
  if (pages.home.nameWithOwner !== repo) return { kind: 'moved', to: pages.home.nameWithOwner };
  const since = await ledger.worklogSince(repo, previous?.startedAt ?? BEFORE_ALL);
  const byNumber = Map.groupBy(since, (entry) => entry.number);
  const facts = repoFacts(pages.home, pages.first.ownerHome, stored, repo, trigger.installationId, []);
  return {
    kind: 'board',
    now,
    repo: facts,
    cycle,
    previous,
    tracker: trackerOf(pages, trackerId, cycle.day),
    sessions: await Promise.all(
      ledgers.map(async (own): Promise<BoardSession> => {
        const node = pages.subjects.get(own.session.subjectId);
        const subject = node ? subjectOf(node, own, pages) : null;
        const family = subject && node?.__typename === 'Issue' ? await familyOf(node, ledger, repo) : {};
        const since = byNumber.get(own.session.number) ?? [];
        return { ledger: own, subject: subject && { ...subject, ...family }, since };
      }),
    ),
    unknown: [...pages.labelled].filter((number) => !ledgers.some(({ session }) => session.number === number)),
    openPulls: await Promise.all(
      pages.openPulls.map(async ({ number, headRefOid }) => {
        const record = await ledger.pull(repo, number);
        const judged = record?.headSha === headRefOid && record.verdict !== null;
        return { number, judged, waiting: record?.verdict === 'waiting' };
      }),
    ),
    slots: await ledger.slots(repo),
  };
}

async function readPages(
  repo: RepoName,
  open: readonly SessionLedger[],
  labelled: string[],
  tracker: (string | null)[],
  config: Parameters<typeof labelVariables>[0],
  reading: Reading,
): Promise<Pages> {
  let labelledAfter: string | null = null;
  let pullsAfter: string | null = null;
  let moreLabelled = true;
  let morePulls = true;
  let pages: Pages | null = null;
  for (let at = 0; pages === null || at < open.length || moreLabelled || morePulls; at += PAGE) {
    const chunk = open.slice(at, at + PAGE);
    const variables: BoardQueryVariables = {
      ...ownerAndName(repo),
      sessions: chunk.map(({ session }) => session.subjectId),
      comments: chunk.flatMap(({ artefacts }) => [artefacts.card, artefacts.playbook].filter((id) => id !== undefined)),
      tracker: at === 0 ? tracker.filter((id) => id !== null) : [],
      labelled: moreLabelled ? labelled : NO_TYPES,
      labelledAfter,
      pullsAfter,
      ...labelVariables(config),
    };
    const answer = await reading.client.graphql<BoardQuery>('Board', BoardDocument, { ...variables });
    const data = dataOf(answer, MAY_MISS);
    const home = data.repository;
    if (!home) throw new Error('checked before: the repository is there');
    pages ??= { first: data, home, subjects: new Map(), comments: new Map(), labelled: new Set(), openPulls: [] };
    for (const node of present(data.sessions)) if ('id' in node) pages.subjects.set(node.id, node);
    for (const node of present(data.comments))
      if (node.__typename === 'IssueComment') pages.comments.set(node.id, commentFact(node));
    if (moreLabelled) for (const issue of present(home.labelled.nodes)) pages.labelled.add(issue.number);
    if (morePulls) pages.openPulls.push(...present(home.openPulls.nodes));
    moreLabelled &&= home.labelled.pageInfo.hasNextPage;
    morePulls &&= home.openPulls.pageInfo.hasNextPage;
    labelledAfter = moreLabelled ? home.labelled.pageInfo.endCursor : null;
    pullsAfter = morePulls ? home.openPulls.pageInfo.endCursor : pullsAfter;
  }
  return pages;
}

function subjectOf(node: Node, own: SessionLedger, pages: Pages): SubjectFacts | null {
  const ids = [own.artefacts.card, own.artefacts.playbook];
  const comments = ids.flatMap((id) => (id === undefined ? [] : (pages.comments.get(id) ?? [])));
  if (node.__typename === 'Issue') {
    const pulls = present(node.closedByPullRequestsReferences?.nodes).map(linkedPull);
    return { ...issueFacts(node), comments, pulls: pulls.filter((pull) => serves(pull, own, pages)), branch: null };
  }
  if (node.__typename !== 'PullRequest') return null;
  const pull = linkedPull(node);
  const { id, number, title, body, url } = pull;
  const shared = { id, number, title, body, url, comments, pulls: [pull], branch: null, closeReason: null };
  return {
    ...shared,
    onPull: true,
    author: actor(node.author),
    state: pull.state === 'open' ? 'open' : 'closed',
    locked: node.locked,
    labels: names(node.labels),
  };
}

function serves(pull: LinkedPull, own: SessionLedger, pages: Pages): boolean {
  return pull.url.startsWith(`${pages.home.url}/pull/`) && own.pulls.some((record) => record.number === pull.number);
}

/** The remembered tracker, whatever labels it has; else the oldest issue of ours that carries the label. */
function trackerOf(pages: Pages, remembered: string | null, day: string): BoardFacts['tracker'] {
  const own = present(pages.first.tracker).flatMap((node) => (node.__typename === 'Issue' ? [node] : []));
  const candidates = [...own, ...present(pages.home.trackers.nodes).filter((issue) => issue.viewerDidAuthor)];
  const issue = candidates.find((candidate) => candidate.id === remembered) ?? candidates[0];
  if (!issue) return null;
  const known = present(pages.first.tracker).flatMap((node) => (node.__typename === 'IssueComment' ? [commentFact(node)] : []));
  const recent = present(issue.comments.nodes).map(commentFact);
  const marker = `<!-- playcaller:sweep ${day} -->`;
  const comment = [...known, ...recent].find((candidate) => candidate.ours && candidate.body.startsWith(marker)) ?? null;
  const { id, number, title, body, locked } = issue;
  return {
    id,
    number,
    title,
    body,
    state: issue.issueState === 'OPEN' ? 'open' : 'closed',
    locked,
    labels: names(issue.labels),
    comment,
  };
}

/** One cycle per day: a second sweep of the day belongs to the first, also when the time zone was moved back meanwhile. */
function cycleOf(cycles: readonly Cycle[], repo: RepoName, day: string, now: string): { cycle: Cycle; previous: Cycle | null } {
  const [newest, before] = cycles;
  if (newest && newest.day >= day) return { cycle: newest, previous: before ?? null };
  return { cycle: { repo, day, number: (newest?.number ?? 0) + 1, startedAt: now }, previous: newest ?? null };
}

/** `YYYY-MM-DD` in the time zone. */
function dayIn(now: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now));
}
