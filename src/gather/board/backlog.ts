/** What waits to be started, what went wrong, and what earlier sweeps opened, as facts (W6, W7). */

import type { BacklogIssue, DutyIssue, IncidentIssue } from '../../model/backlog.ts';
import { categoryOf } from '../../model/category.ts';
import type { Config } from '../../model/config.ts';
import type { RepoName } from '../../model/repo.ts';
import type { BoardQuery, DutyIssueFragment, WaitingFragment } from '../generated/graphql.ts';
import { present } from '../map-subject.ts';
import type { Reading } from '../reading.ts';

type Answer = NonNullable<BoardQuery['repository']>;

const DUTY = /<!-- playcaller:duty (\S+) -->/;

export function backlogIssue(issue: WaitingFragment, list: BacklogIssue['list'], config: Config): BacklogIssue {
  const { id, number, title, url, createdAt, updatedAt } = issue;
  const labels = present(issue.labels?.nodes);
  const pulls = present(issue.closedByPullRequestsReferences?.nodes);
  return {
    id,
    number,
    title,
    url,
    list,
    labels,
    category: category(
      labels.map(({ name }) => name),
      config,
    ),
    createdAt,
    updatedAt,
    pulls: pulls.filter(({ state }) => state !== 'CLOSED').map((pull) => pull.number),
  };
}

export function incidentsOf(home: Answer, config: Config): IncidentIssue[] {
  return present(home.incidents?.nodes)
    .map(({ number, title, url, createdAt, closedAt, labels }) => {
      const names = present(labels?.nodes).map(({ name }) => name);
      return { number, title, url, labels: names, category: category(names, config), createdAt, closedAt };
    })
    .sort((a, b) => a.number - b.number);
}

/**
 * Found by the id that was remembered, whatever became of their texts; else by the key in one of the newest, as after a crash.
 * @param made node ids by key
 */
export function dutiesOf(
  home: Answer,
  remembered: BoardQuery['duties'],
  made: ReadonlyMap<string, string>,
): { duties: DutyIssue[]; lostDuties: string[] } {
  const found = new Map<string, DutyIssue>();
  for (const issue of present(home.newest?.nodes)) {
    const key = issue.viewerDidAuthor ? DUTY.exec(issue.body)?.[1] : undefined;
    // Newest first: what comes later is older, and the oldest of several with one key counts.
    if (key) found.set(key, dutyIssue(key, issue));
  }
  const byId = new Map(present(remembered).flatMap((node) => (node.__typename === 'Issue' ? [[node.id, node] as const] : [])));
  const lostDuties: string[] = [];
  for (const [key, id] of made) {
    const issue = byId.get(id);
    if (issue?.url.startsWith(`${home.url}/`)) found.set(key, dutyIssue(key, issue));
    else if (!found.has(key)) lostDuties.push(key);
  }
  return { duties: [...found.values()].sort((a, b) => a.number - b.number), lostDuties: lostDuties.sort() };
}

function dutyIssue(key: string, { number, url, issueState }: DutyIssueFragment): DutyIssue {
  return { key, number, url, state: issueState === 'OPEN' ? 'open' : 'closed' };
}

function category(labels: readonly string[], { labels: { categoryPrefix }, categories }: Config): string | null {
  return categoryOf(labels, categoryPrefix, categories);
}

const DUTY_ROLE = 'duty:';
/** `nodes(ids:)` takes 100. */
const MOST_DUTIES = 100;

/** Node ids of the issues that earlier sweeps opened, by key. */
export async function madeDuties(repo: RepoName, { ledger }: Reading): Promise<Map<string, string>> {
  const roles = await ledger.artefacts(repo, 0, DUTY_ROLE);
  return new Map([...roles].slice(0, MOST_DUTIES).map(([role, id]) => [role.slice(DUTY_ROLE.length), id]));
}
