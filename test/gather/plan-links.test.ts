/** Blocked-by links in few calls, and what they cost where the server does not know the query. */
import { expect, it } from 'vitest';
import { readLinks } from '../../src/gather/plan/read-links.ts';
import type { ListedIssue } from '../../src/gather/plan/read-sub-issues.ts';
import type { Reading } from '../../src/gather/reading.ts';
import { Broken, Refused } from '../../src/github/errors.ts';

const REPO = 'acme/shop';

/** A GitHub of links alone: who is blocked by whom. */
function server(blockedBy: Record<number, number[]>, knowsQuery: boolean, refuses: number[] = []) {
  const calls: string[] = [];
  const numbers = [...new Set([...Object.keys(blockedBy).map(Number), ...Object.values(blockedBy).flat()])].sort((a, b) => a - b);
  const blocking = (number: number) => numbers.filter((other) => blockedBy[other]?.includes(number));
  const subs = numbers.map(
    (number): ListedIssue => ({
      number,
      node_id: `I_${number}`,
      title: '',
      state: 'open',
      updated_at: 'now',
      repository_url: '',
      labels: [],
      repo: REPO,
      issue_dependencies_summary: {
        total_blocked_by: blockedBy[number]?.length ?? 0,
        total_blocking: blocking(number).length,
      },
    }),
  );
  const client = {
    graphql(_name: string, _document: string, { ids }: { ids: string[] }) {
      calls.push('query');
      if (!knowsQuery) return Promise.reject(new Broken("Field 'blockedBy' doesn't exist on type 'Issue'"));
      const nodes = ids.map((id) => ({
        id,
        blockedBy: {
          nodes: (blockedBy[Number(id.slice(2))] ?? []).map((number) => ({ number, repository: { nameWithOwner: REPO } })),
        },
      }));
      return Promise.resolve({ data: { nodes }, errors: [] });
    },
    rest(route: string, { issue_number }: { issue_number: number }) {
      const end = route.endsWith('blocking') ? 'blocking' : 'blocked_by';
      calls.push(`${end} ${issue_number}`);
      if (refuses.includes(issue_number)) return Promise.reject(new Refused(403, 'no'));
      const found = end === 'blocking' ? blocking(issue_number) : (blockedBy[issue_number] ?? []);
      const data = found.map((number) => ({ number, repository_url: `https://api.github.com/repos/${REPO}` }));
      return Promise.resolve({ status: 200, data, headers: {} });
    },
  };
  return { subs, calls, reading: { client } as unknown as Reading };
}

const edges = (links: Awaited<ReturnType<typeof readLinks>>['links']) =>
  Object.fromEntries(Object.entries(links).map(([number, { to }]) => [number, to.map((one) => one.number)]));

it('one query for many; none at all where nothing is blocked', async () => {
  const chain = server({ 2: [1], 3: [2], 4: [3], 5: [4] }, true);
  expect(edges((await readLinks(chain.subs, {}, REPO, chain.reading)).links)).toEqual({ 2: [1], 3: [2], 4: [3], 5: [4] });
  expect(chain.calls).toEqual(['query']);
  const none = server({ 1: [], 2: [] }, true);
  await readLinks(none.subs, {}, REPO, none.reading);
  expect(none.calls).toEqual([]);
});

it('a server without the query: one that blocks many is asked for all of them', async () => {
  const star = server({ 2: [1], 3: [1], 4: [1], 5: [1, 2] }, false);
  const found = await readLinks(star.subs, {}, REPO, star.reading);
  expect(edges(found.links)).toEqual({ 2: [1], 3: [1], 4: [1], 5: [1, 2] });
  expect(star.calls).toEqual(['query', 'blocking 1', 'blocked_by 5']);
});

it('what is known and shows the same is not read again; what is not shown is said', async () => {
  const two = server({ 2: [1], 3: [1] }, true, [3]);
  const first = await readLinks(two.subs, {}, REPO, two.reading);
  expect(first.unread).toEqual([3]);
  two.calls.length = 0;
  const again = await readLinks(two.subs, first.links, REPO, two.reading);
  expect(two.calls).toEqual([]);
  expect(again).toEqual(first);
});
