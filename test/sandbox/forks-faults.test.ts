/** Forks, merges in three ways, faults on demand, counted calls, budgets, the pretend CI. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, commitFile, payloadFaults, refusal, shop, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench({ pretendCi: true });
});
afterAll(() => bench.close());

test('a pull request from a fork: its checks show no pull request, and merging works', async () => {
  const [alice, mallory] = [bench.as('alice'), bench.as('mallory')];
  await mallory.rest.repos.createFork(shop);
  const sha = await commitFile(mallory, 'idea', 'idea.txt', 'idea\n', { owner: 'mallory', repo: 'shop' });
  expect(await bench.heard(), 'the app is not installed at mallory’s').toEqual(['fork']);
  await alice.rest.issues.create({ ...shop, title: 'An idea' });
  const body = 'Resolves: acme/shop#1';
  const pull = await mallory.rest.pulls.create({ ...shop, head: 'mallory:idea', base: 'main', title: 'Idea', body });
  expect(pull.data).toMatchObject({ head: { label: 'mallory:idea', sha, repo: { fork: true } }, author_association: 'NONE' });
  await mallory.rest.repos.createOrUpdateFileContents({
    owner: 'mallory',
    repo: 'shop',
    branch: 'idea',
    path: 'more.txt',
    message: 'More',
    content: 'eA==',
  });
  const heard = await bench.heard();
  expect(heard).toContain('pull_request.opened');
  expect(heard).toContain('pull_request.synchronize');
  const runs = await alice.rest.checks.listForRef({ ...shop, ref: sha });
  expect(runs.data.check_runs[0]).toMatchObject({ name: 'ci / test', pull_requests: [] });
  const at = { ...shop, pull_number: pull.data.number };
  await alice.rest.pulls.merge({ ...at, merge_method: 'rebase' });
  const log = await alice.rest.repos.listCommits(shop);
  expect(log.data.slice(0, 2).map((commit) => commit.commit.message)).toEqual(['More', 'Add idea.txt']);
  expect((await alice.rest.issues.get({ ...shop, issue_number: 1 })).data.state).toBe('closed');
});

test('a branch behind its base is brought up to date, deleting it closes the pull request', async () => {
  const bob = bench.as('bob');
  await commitFile(bob, 'slow', 'slow.txt', 'slow\n');
  await commitFile(bob, 'main', 'fast.txt', 'fast\n');
  const pull = await bob.rest.pulls.create({ ...shop, head: 'slow', base: 'main', title: 'Slow' });
  const at = { ...shop, pull_number: pull.data.number };
  await bob.rest.pulls.updateBranch(at);
  const commits = await bob.rest.pulls.listCommits(at);
  expect(commits.data.map((commit) => commit.commit.message)).toEqual(['Add slow.txt', "Merge branch 'main' into slow"]);
  expect((await bob.rest.pulls.listFiles(at)).data.map((file) => file.filename)).toEqual(['slow.txt']);
  await bench.heard();
  await bob.rest.git.deleteRef({ ...shop, ref: 'heads/slow' });
  // The pretend CI ends its runs in its own time.
  const heard = (await bench.heard()).filter((event) => !event.startsWith('check_'));
  expect(heard).toEqual(['push', 'delete', 'pull_request.closed']);
  expect(await refusal(bob.rest.pulls.update({ ...at, state: 'open' }))).toMatchObject({ status: 422 });
});

test('the diff is what git would print', async () => {
  const bob = bench.as('bob');
  await commitFile(bob, 'edit', 'list.txt', 'a\nb\nc\n');
  const pull = await bob.rest.pulls.create({ ...shop, head: 'edit', base: 'main', title: 'Edit' });
  const diff = await bob.rest.pulls.get({ ...shop, pull_number: pull.data.number, mediaType: { format: 'diff' } });
  const text =
    'diff --git a/list.txt b/list.txt\nnew file mode 100644\n--- /dev/null\n+++ b/list.txt\n@@ -0,0 +1,3 @@\n+a\n+b\n+c\n';
  expect(diff.data).toBe(text);
  bench.faults.length = 0;
});

test('faults: refused calls, slow ones, lost answers, secondary limits; each as often as told', async () => {
  const bob = bench.as('bob');
  const at = { ...shop, issue_number: 1 };
  const fault = (body: unknown): Promise<Response> => bench.control('POST', '/faults', body);
  await fault({ status: 500, times: 1, match: '^GET /api/v3/repos/acme/shop/issues/1$' });
  expect(await refusal(bob.rest.issues.get(at))).toMatchObject({ status: 500 });
  expect((await bob.rest.issues.get(at)).status).toBe(200);
  await fault({ secondaryLimit: 7, times: 1, match: '/comments$' });
  const limited = await bob.rest.issues.createComment({ ...at, body: 'x' }).catch((error: unknown) => error);
  expect(limited).toMatchObject({ status: 403, response: { headers: { 'retry-after': '7' } } });
  await fault({ dropAfterWrite: true, times: 1 });
  await expect(bob.rest.issues.createComment({ ...at, body: 'was it written?' })).rejects.toThrow();
  const comments = await bob.rest.issues.listComments(at);
  expect(comments.data.map((comment) => comment.body)).toEqual(['was it written?']);
  await fault({ errorRate: 0.5, seed: 3, actor: 'bob' });
  const outcomes: number[] = [];
  for (let index = 0; index < 40; index++) {
    outcomes.push(
      await bob.rest.issues.get(at).then(
        (answer) => answer.status,
        (error: { status: number }) => error.status,
      ),
    );
  }
  expect(new Set(outcomes)).toEqual(new Set([200, 502]));
  expect((await bench.as('alice').rest.issues.get(at)).status).toBe(200);
  await bench.control('DELETE', '/faults');
  expect((await fault({ latency: 5 })).status).toBe(400);
});

test('calls are counted by who made them, GraphQL by its operation', async () => {
  const bob = bench.as('bob');
  await bench.control('DELETE', '/calls');
  await bob.rest.issues.get({ ...shop, issue_number: 1 });
  await bob.graphql('query Who { viewer { login } }');
  const report = (await (await bench.control('GET', '/calls')).json()) as Record<string, unknown>;
  expect(report).toMatchObject({
    total: 2,
    byActor: { bob: 2 },
    calls: [
      { method: 'GET', path: '/api/v3/repos/acme/shop/issues/1', operation: null, status: 200, actor: 'bob' },
      { method: 'POST', path: '/api/graphql', operation: 'Who', status: 200, actor: 'bob' },
    ],
  });
});

test('the budget is shown with each answer, and when it is spent it is 403', async () => {
  const bob = bench.as('bob');
  const first = await bob.rest.issues.get({ ...shop, issue_number: 1 });
  expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '5000', 'x-ratelimit-resource': 'core' });
  await bench.control('POST', '/rate-limit', { limit: 5000, used: 4999 });
  const last = await bob.rest.issues.get({ ...shop, issue_number: 1 });
  expect(last.headers['x-ratelimit-remaining']).toBe('0');
  const spent = await bob.rest.issues.get({ ...shop, issue_number: 1 }).catch((error: unknown) => error);
  expect(spent).toMatchObject({ status: 403, response: { headers: { 'x-ratelimit-remaining': '0' } } });
  await bob.graphql('{ viewer { login } }');
  const graphql = await bob.graphql('{ viewer { login } }').catch((error: unknown) => error);
  expect(graphql).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
  await bench.control('POST', '/rate-limit', { limit: 5000 });
});

test('the pretend CI reports on each head', async () => {
  const bob = bench.as('bob');
  const done = async (ref: string): Promise<string | null> => {
    for (let tries = 0; tries < 100; tries++) {
      const { data } = await bob.rest.checks.listForRef({ ...shop, ref, check_name: 'ci / test' });
      const run = data.check_runs[0];
      if (run?.status === 'completed') return run.conclusion;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return null;
  };
  expect(await done('edit')).toBe('success');
});

test('all payloads fit GitHub’s schemas', async () => {
  await bench.heard();
  expect(payloadFaults(bench.received)).toEqual([]);
  expect(bench.faults).toEqual([]);
});
