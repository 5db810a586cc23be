/** Facts for the lane of the repository: its sessions, open pull requests, backlogs, tracker, history. */
import type { BoardSession } from '../model/board-facts.ts';
import type { LinkedPull, SessionLedger, SubjectFacts } from '../model/facts.ts';
import type { Facts } from '../model/lane-facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Trigger } from '../model/trigger.ts';
import { afterMergeOf, withRecords } from './board/after-merge.ts';
import { dutiesOf, incidentsOf, madeDuties } from './board/backlog.ts';
import { cycleOf, dayIn } from './board/cycle.ts';
import type { BoardNode } from './board/page.ts';
import { pullsOf } from './board/pulls.ts';
import { type Pages, readPages } from './board/read-pages.ts';
import { trackerOf } from './board/tracker.ts';
import { withoutSession } from './board/without-session.ts';
import { familyOf } from './family.ts';
import { lastKnown, repoFacts } from './home.ts';
import { actor, issueFacts, linkedPull, names, present } from './map-subject.ts';
import type { Reading } from './reading.ts';

/** The first sweep tells everything. */
const BEFORE_ALL = new Date(0).toISOString();
const CYCLES = 61;
const DAY_MS = 24 * 3_600_000;

export async function gatherBoard(trigger: Extract<Trigger, { kind: 'board' }>, reading: Reading): Promise<Facts> {
  const { repo, now } = trigger;
  const { ledger } = reading;
  const { stored, config, types } = await lastKnown(ledger, repo);
  const { cycle, history } = cycleOf(await ledger.cycles(repo, CYCLES), repo, dayIn(now, config.sweep.timezone), now);
  const previous = history[0] ?? null;
  const fortnight = daysBefore(now, 14);
  const before = previous?.startedAt ?? cycle.startedAt;
  const ledgers = await ledger.sessions(repo, before < fortnight ? before : fortnight);
  const open = ledgers.filter(({ session }) => session.state === 'planned' || session.state === 'active');
  const trackerId = await ledger.artefact(repo, 0, 'tracker');
  const sweepId = await ledger.artefact(repo, 0, `sweep:${cycle.day}`);
  const pinnedId = await ledger.artefact(repo, 0, 'pinned');
  const made = await madeDuties(repo, reading);
  const merged = withRecords(ledgers);
  const wanted = {
    repo,
    day: cycle.day,
    now,
    open,
    labelled: [...new Set([...types, ...open.map(({ session }) => session.type)])].map(
      (type) => config.labels.sessionPrefix + type,
    ),
    tracker: [trackerId, sweepId].filter((id) => id !== null),
    records: merged.flatMap(({ artefacts }) => artefacts.record ?? []),
    duties: [...made.values()],
  };
  const pages = await readPages(wanted, config, reading);
  if (pages.home.nameWithOwner !== repo) return { kind: 'moved', to: pages.home.nameWithOwner };
  const { home } = pages;
  const facts = repoFacts(home, pages.first.ownerHome, stored, repo, trigger.installationId, [
    home.fastLane,
    home.activeList,
    home.reserveList,
    ...present(home.everyLabel?.nodes),
  ]);
  const { unread, cut } = pages;
  const unseen = new Set(unread);
  const seen = ledgers.filter((one) => !unseen.has(one));
  return {
    kind: 'board',
    now,
    repo: facts,
    cycle,
    previous,
    history,
    tracker: trackerOf(pages, trackerId, pinnedId, cycle.day),
    sessions: await boardSessions(seen, pages, previous?.startedAt ?? BEFORE_ALL, repo, reading),
    unknown: await withoutSession(pages, ledgers, repo, reading),
    ...(await pullsOf(pages, repo, reading)),
    slots: await ledger.slots(repo),
    plans: await ledger.openPlans(repo),
    backlog: pages.backlog.sort((a, b) => a.number - b.number),
    incidents: incidentsOf(home, config).filter((one) => one.closedAt === null || one.createdAt >= daysBefore(now, 30)),
    ...dutiesOf(home, pages.first.duties, made),
    afterMerge: afterMergeOf(merged, pages.first).filter((one) => one.mergedAt >= fortnight),
    checks: await ledger.checksSeen(repo, daysBefore(now, 30)),
    ...(cut && { cut, missing: unread.length }),
    ...(pages.kept && { paged: true }),
  };
}

function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * DAY_MS).toISOString();
}

async function boardSessions(
  ledgers: readonly SessionLedger[],
  pages: Pages,
  since: string,
  repo: RepoName,
  { ledger }: Reading,
): Promise<BoardSession[]> {
  const byNumber = Map.groupBy(await ledger.worklogSince(repo, since), (entry) => entry.number);
  return Promise.all(
    ledgers.map(async (own): Promise<BoardSession> => {
      const node = pages.subjects.get(own.session.subjectId);
      const subject = node ? subjectOf(node, own, pages) : null;
      const family = subject && node?.__typename === 'Issue' ? await familyOf(node, ledger, repo) : {};
      return {
        ledger: own,
        subject: subject && { ...subject, ...family },
        since: byNumber.get(own.session.number) ?? [],
        comments: node ? commentsSince(node, since) : [],
      };
    }),
  );
}

function commentsSince(node: BoardNode, since: string): { by: string; at: string }[] {
  const said = 'said' in node ? present(node.said?.nodes) : [];
  return said
    .filter(({ viewerDidAuthor, createdAt }) => !viewerDidAuthor && createdAt >= since)
    .map(({ author, createdAt }) => ({ by: author?.login ?? 'ghost', at: createdAt }));
}

function subjectOf(node: BoardNode, own: SessionLedger, pages: Pages): SubjectFacts | null {
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
