/** Which session a pull request serves, when several could be meant. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { servedSession } from '../../src/gather/served.ts';
import type { PullFacts } from '../../src/model/pull-facts.ts';
import { temporaryStore } from '../intake/deliver.ts';
import { leaseOf, REPO, session } from '../store/samples.ts';
import { linkedPull } from '../sweep/fixtures.ts';

let temporary: Awaited<ReturnType<typeof temporaryStore>>;
beforeAll(async () => {
  temporary = await temporaryStore();
  const lease = await leaseOf(temporary.store, 1);
  const saves = [1, 2, 3, 20].map((number) => ({
    kind: 'session.save' as const,
    session: session(number, { id: `2026-11-21-work-${number}`, branch: `session/2026-11-21-work-${number}` }),
    claim: null,
  }));
  await temporary.store.ledger.commit(lease, saves);
});
afterAll(() => temporary.remove());

function pull(some: Partial<PullFacts>): PullFacts {
  return {
    ...linkedPull(20),
    headRepo: REPO,
    author: { login: 'bob', bot: false },
    labels: [],
    locked: false,
    commits: { total: 1, firstMessage: null },
    files: [],
    filesTotal: 0,
    checks: [],
    checksCut: false,
    ownCheck: null,
    closes: [],
    scan: { headSha: '', baseRef: 'main', files: [], secrets: [], conflictMarkers: [], binaries: [], unread: [] },
    ...some,
  };
}

const LINE = 'Session: 2026-11-21-work-1';
const branchOf = (number: number) => `session/2026-11-21-work-${number}`;

it.each<[string, Partial<PullFacts>, number | null]>([
  ['its line before its branch and closing words', { body: LINE, headRef: branchOf(2), closes: [3] }, 1],
  ['its branch before closing words', { headRef: branchOf(2), closes: [3] }, 2],
  ['closing words', { headRef: 'topic', closes: [3] }, 3],
  ['the first issue closed that carries a session', { headRef: 'topic', closes: [99, 3, 2] }, 3],
  ['a line that names nobody counts as none', { body: 'Session: 2026-11-21-nothing', headRef: branchOf(2) }, 2],
  ["a fork's branch of the same name is not the session's", { headRef: branchOf(2), headRepo: 'mallory/shop' }, null],
  ['a fork can still close its issue', { headRef: branchOf(2), headRepo: 'mallory/shop', closes: [3] }, 3],
  ['a fork that was deleted', { headRef: branchOf(2), headRepo: null }, null],
  ['the session that it carries itself is not served', { headRef: branchOf(20) }, null],
  ['none', { headRef: 'topic' }, null],
])('%s', async (_name, some, number) => {
  const served = await servedSession(temporary.store.ledger, REPO, pull(some));
  expect(served?.session.number ?? null).toBe(number);
});
