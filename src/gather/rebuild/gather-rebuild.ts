/** Facts for the rebuild of a repository: its sessions in pages of 50, and what their cards point at. */

import { DEFAULT_CONFIG } from '../../config/load-config.ts';
import type { GitHubClient } from '../../github/types.ts';
import type { LinkedPull, RepoFacts } from '../../model/facts.ts';
import type { RebuildFacts } from '../../model/rebuild.ts';
import { type RepoName, splitRepo } from '../../model/repo.ts';
import type { StoredConfig } from '../../store/ledger-types.ts';
import {
  RebuildBranchesDocument,
  type RebuildBranchesQuery,
  type RebuildBranchesQueryVariables,
  RebuildHomeDocument,
  type RebuildHomeQuery,
  RebuildPageDocument,
  type RebuildPageQuery,
  type RebuildPageQueryVariables,
  RebuildPullsDocument,
  type RebuildPullsQuery,
} from '../generated/graphql.ts';
import { labelVariables, repoFacts } from '../home.ts';
import { linkedPull, present } from '../map-subject.ts';
import { dataOf } from '../reading.ts';
import { type Asking, askingOf } from './ask.ts';
import { type FoundThread, foundComment, foundThread } from './map-found.ts';
import { permissionsOf } from './read-permissions.ts';
import { readOn, wants } from './read-threads.ts';

const IDS_AT_ONCE = 100;
/** Of 100 branches each. */
const BRANCH_PAGES = 10;

export interface RebuildWish {
  repo: RepoName;
  installationId: number;
  client: GitHubClient;
  /** ISO 8601, UTC. */
  now: string;
  /** What the ledger still has of the configuration. */
  stored: StoredConfig | null;
}

/** @throws {Gone} when the repository is out of reach, and what `client` throws */
export async function gatherRebuild(wish: RebuildWish): Promise<RebuildFacts> {
  const ask = askingOf(wish.client);
  const repo = await readHome(wish, ask);
  const { threads, tracker } = await readPages(repo, ask);
  const sessions: FoundThread[] = [];
  for (const thread of threads) {
    const whole = wants(thread) ? await readOn(thread, ask) : thread;
    if (isSession(whole, repo)) sessions.push(whole);
  }
  const unreadable = sessions.filter(({ state }) => state === null);
  return {
    now: wish.now,
    repo,
    installationId: wish.installationId,
    sessions,
    pulls: await readPulls(sessions, ask),
    tracker,
    branches: unreadable.length > 0 ? await readBranches(repo, ask) : [],
    permissions: await permissionsOf(unreadable, repo.name, wish.client, ask),
    cut: ask.cut,
  };
}

async function readHome({ repo, installationId, stored }: RebuildWish, ask: Asking): Promise<RepoFacts> {
  const variables = { ...splitRepo(repo), ...labelVariables(DEFAULT_CONFIG) };
  const answer = await ask.query<RebuildHomeQuery>('RebuildHome', RebuildHomeDocument, variables);
  const data = dataOf(answer, ['ownerHome']);
  if (!data.repository) throw new Error('checked before: the repository is there');
  // GitHub's spelling counts from here on: the ledger knows repositories by it.
  const { nameWithOwner } = data.repository;
  return repoFacts(data.repository, data.ownerHome, stored, nameWithOwner, installationId, []);
}

async function readPages(repo: RepoFacts, ask: Asking): Promise<{ threads: FoundThread[]; tracker: RebuildFacts['tracker'] }> {
  const threads: FoundThread[] = [];
  let tracker: RebuildFacts['tracker'] = null;
  let issuesAfter: string | null = null;
  let pullsAfter: string | null = null;
  let issues = true;
  let pulls = true;
  for (let first = true; issues || pulls; first = false) {
    const variables: RebuildPageQueryVariables = {
      ...splitRepo(repo.name),
      labels: sessionLabels(repo),
      trackerLabel: repo.config.labels.tracker,
      ...{ first, issues, issuesAfter, pulls, pullsAfter },
    };
    const answer = await ask.query<RebuildPageQuery>('RebuildPage', RebuildPageDocument, variables);
    const page = dataOf(answer, []).repository;
    for (const node of [...present(page?.issues?.nodes), ...present(page?.pullRequests?.nodes)])
      threads.push(foundThread(node, repo.url, repo.name));
    const own = present(page?.trackers?.nodes).find((issue) => issue.viewerDidAuthor);
    if (own) tracker = { id: own.id, comments: present(own.comments.nodes).map(foundComment) };
    issuesAfter = page?.issues?.pageInfo.endCursor ?? null;
    pullsAfter = page?.pullRequests?.pageInfo.endCursor ?? null;
    issues = page?.issues?.pageInfo.hasNextPage ?? false;
    pulls = page?.pullRequests?.pageInfo.hasNextPage ?? false;
  }
  return { threads, tracker };
}

function sessionLabels({ config, playbooks }: RepoFacts): string[] {
  const { state, sessionPrefix } = config.labels;
  return [...Object.values(state), ...playbooks.map((playbook) => sessionPrefix + playbook.type)];
}

/** A start label alone is a wish that nobody has heard yet: the running app will. */
function isSession({ card, subject }: FoundThread, { config }: RepoFacts): boolean {
  const states = Object.values(config.labels.state).map((label) => label.toLowerCase());
  return card !== null || subject.labels.some((label) => states.includes(label.toLowerCase()));
}

async function readPulls(sessions: readonly FoundThread[], ask: Asking): Promise<Map<number, LinkedPull>> {
  const found = new Map(sessions.flatMap(({ subject }) => subject.pulls.map((pull) => [pull.number, pull] as const)));
  const remembered = sessions.flatMap(({ state }) => state?.pulls ?? []).filter(({ number }) => !found.has(number));
  const ids = [...new Set(remembered.map(({ id }) => id))];
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const variables = { ids: ids.slice(from, from + IDS_AT_ONCE) };
    const { data } = await ask.query<RebuildPullsQuery>('RebuildPulls', RebuildPullsDocument, variables);
    for (const node of present(data?.nodes)) if (node.__typename === 'PullRequest') found.set(node.number, linkedPull(node));
  }
  return found;
}

async function readBranches({ name, config }: RepoFacts, ask: Asking): Promise<string[]> {
  const { prefix } = config.branches;
  const branches: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < BRANCH_PAGES; page++) {
    const variables: RebuildBranchesQueryVariables = { ...splitRepo(name), query: prefix, after };
    const answer = await ask.query<RebuildBranchesQuery>('RebuildBranches', RebuildBranchesDocument, variables);
    const refs = dataOf(answer, []).repository?.refs;
    branches.push(...present(refs?.nodes).map((ref) => ref.name));
    if (!refs?.pageInfo.hasNextPage) return branches;
    after = refs.pageInfo.endCursor;
  }
  ask.cut.push(`only the first ${branches.length} session branches were read`);
  return branches;
}
