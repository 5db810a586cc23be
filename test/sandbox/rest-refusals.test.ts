/** What GitHub refuses, the sandbox refuses: permissions of people and apps, tokens, sizes, states that do not allow it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, commitFile, refusal, shop, startBench } from './support.ts';

let bench: Bench;
const one = { ...shop, issue_number: 1 };

beforeAll(async () => {
  bench = await startBench();
  await bench.as('alice').rest.issues.create({ ...shop, title: 'An issue' });
  await bench.as('alice').rest.issues.createLabel({ ...shop, name: 'bug', color: 'ff0000' });
});
afterAll(() => bench.close());

describe('tokens', () => {
  const get = (path: string, authorization?: string): Promise<Response> =>
    fetch(`${bench.url}/api/v3${path}`, { headers: authorization ? { authorization } : {} });

  test('an unknown one is 401, as is none', async () => {
    expect((await get('/user', 'token sandbox-nobody')).status).toBe(401);
    expect((await get('/user', `token ghs_${'x'.repeat(36)}`)).status).toBe(401);
    expect((await get('/user')).status).toBe(401);
    expect((await get('/user', 'Bearer sandbox-alice')).status).toBe(200);
  });

  test('a JWT must be signed by the key, be of now, and last ten minutes at most', async () => {
    const now = Math.floor(Date.now() / 1000);
    const status = async (claims: Record<string, unknown>): Promise<number> =>
      (await get('/app', `Bearer ${bench.jwt(claims)}`)).status;
    expect(await status({})).toBe(200);
    expect(await status({ exp: now - 120 })).toBe(401);
    expect(await status({ exp: now + 1200 })).toBe(401);
    expect(await status({ iat: now + 300, exp: now + 600 })).toBe(401);
    expect(await status({ iss: 999 })).toBe(401);
    expect((await get('/app', `Bearer ${bench.jwt().slice(0, -8)}AAAAAAAA`)).status).toBe(401);
    expect((await get('/app', 'token sandbox-alice')).status).toBe(401);
    expect((await get('/repos/acme/shop/issues', `Bearer ${bench.jwt()}`)).status).toBe(403);
  });

  test('an installation token ends', async () => {
    const app = await bench.installed();
    expect((await app.rest.issues.get(one)).status).toBe(200);
    await bench.control('POST', '/tokens/expire');
    expect(await refusal(app.rest.issues.get(one))).toMatchObject({ status: 401 });
  });
});

describe('people', () => {
  test('outsiders and readers may talk but not label, close or push', async () => {
    for (const login of ['mallory', 'dave']) {
      const person = bench.as(login);
      expect((await person.rest.issues.createComment({ ...one, body: 'Hello' })).status).toBe(201);
      expect(await refusal(person.rest.issues.addLabels({ ...one, labels: ['bug'] }))).toMatchObject({ status: 403 });
      expect(await refusal(person.rest.issues.update({ ...one, state: 'closed' }))).toMatchObject({ status: 403 });
      const file = { ...shop, path: 'x', message: 'x', content: 'eA==', branch: 'main' };
      expect(await refusal(person.rest.repos.createOrUpdateFileContents(file))).toMatchObject({ status: 403 });
    }
  });

  test('their labels on a new issue are dropped in silence', async () => {
    const made = await bench.as('mallory').rest.issues.create({ ...shop, title: 'Please', labels: ['bug', 'made up'] });
    expect(made.data.labels).toEqual([]);
    expect(await refusal(bench.as('alice').rest.issues.getLabel({ ...shop, name: 'made up' }))).toMatchObject({ status: 404 });
  });

  test('triage labels and closes, but neither makes labels nor edits what others wrote', async () => {
    const carol = bench.as('carol');
    expect((await carol.rest.issues.addLabels({ ...one, labels: ['bug'] })).status).toBe(200);
    expect(await refusal(carol.rest.issues.addLabels({ ...one, labels: ['brand new'] }))).toMatchObject({ status: 403 });
    expect(await refusal(carol.rest.issues.createLabel({ ...shop, name: 'mine' }))).toMatchObject({ status: 403 });
    expect(await refusal(carol.rest.issues.update({ ...one, title: 'Other' }))).toMatchObject({ status: 403 });
    expect(await refusal(carol.rest.pulls.merge({ ...shop, pull_number: 1 }))).toMatchObject({ status: 404 });
  });

  test('only admins change settings and make repositories their own way', async () => {
    expect(await refusal(bench.as('bob').rest.repos.update({ ...shop, has_issues: false }))).toMatchObject({ status: 403 });
    expect(await refusal(bench.as('mallory').rest.repos.createInOrg({ org: 'acme', name: 'evil' }))).toMatchObject({
      status: 403,
    });
    expect(await refusal(bench.as('dave').rest.repos.listCollaborators(shop))).toMatchObject({ status: 403 });
  });

  test('a private repository does not exist for outsiders', async () => {
    await bench.as('alice').rest.repos.createInOrg({ org: 'acme', name: 'secret', private: true });
    expect(await refusal(bench.as('mallory').rest.repos.get({ owner: 'acme', repo: 'secret' }))).toMatchObject({ status: 404 });
    expect((await bench.as('dave').rest.repos.get({ owner: 'acme', repo: 'secret' })).status).toBe(200);
  });

  test('cannot make check runs', async () => {
    const sha = (await bench.as('alice').rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
    expect(await refusal(bench.as('alice').rest.checks.create({ ...shop, name: 'x', head_sha: sha }))).toMatchObject({
      status: 403,
    });
  });

  test('a locked thread takes comments only from those who write', async () => {
    const alice = bench.as('alice');
    await alice.rest.issues.lock(one);
    expect(await refusal(bench.as('dave').rest.issues.createComment({ ...one, body: 'but' }))).toMatchObject({ status: 403 });
    expect((await bench.as('bob').rest.issues.createComment({ ...one, body: 'no' })).status).toBe(201);
    await alice.rest.issues.unlock(one);
  });
});

describe('apps', () => {
  test('a missing permission is "Resource not accessible by integration"', async () => {
    const reader = await bench.installed({ issues: 'read', contents: 'read' });
    expect((await reader.rest.issues.get(one)).status).toBe(200);
    const comment = await refusal(reader.rest.issues.createComment({ ...one, body: 'x' }));
    expect(comment).toMatchObject({ status: 403, message: expect.stringContaining('Resource not accessible by integration') });
    expect(await refusal(reader.rest.checks.listForRef({ ...shop, ref: 'main' }))).toMatchObject({ status: 403 });
  });

  test('a token cannot have more than the app was granted', async () => {
    expect(await refusal(bench.installed({ actions: 'write' }))).toMatchObject({ status: 422 });
  });

  test('a check run belongs to the app that made it', async () => {
    const alice = bench.as('alice');
    const sha = (await alice.rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
    const run = await bench.as('ci').rest.checks.create({ ...shop, name: 'ci / test', head_sha: sha, status: 'queued' });
    const app = await bench.installed();
    const change = app.rest.checks.update({ ...shop, check_run_id: run.data.id, conclusion: 'success' });
    expect(await refusal(change)).toMatchObject({ status: 403, message: expect.stringContaining('can only be modified') });
    expect(await refusal(bench.as('ci').rest.issues.createComment({ ...one, body: 'x' }))).toMatchObject({ status: 403 });
  });

  test('does not hear of what it has not subscribed to', async () => {
    const quiet = await startBench({ appManifest: { default_permissions: { issues: 'write' }, default_events: ['issues'] } });
    const alice = quiet.as('alice');
    await alice.rest.issues.create({ ...shop, title: 'x' });
    await alice.rest.issues.createComment({ ...one, body: 'y' });
    expect(await quiet.heard()).toEqual(['issues.opened']);
    await quiet.close();
  });
});

describe('sizes and shapes', () => {
  test('bodies, labels and check outputs have their limits', async () => {
    const [alice, ci] = [bench.as('alice'), bench.as('ci')];
    expect((await alice.rest.issues.createComment({ ...one, body: 'x'.repeat(65_536) })).status).toBe(201);
    expect(await refusal(alice.rest.issues.createComment({ ...one, body: 'x'.repeat(65_537) }))).toMatchObject({ status: 422 });
    expect(await refusal(alice.rest.issues.update({ ...one, body: 'x'.repeat(65_537) }))).toMatchObject({ status: 422 });
    expect((await alice.rest.issues.createLabel({ ...shop, name: 'l'.repeat(50) })).status).toBe(201);
    expect(await refusal(alice.rest.issues.createLabel({ ...shop, name: 'l'.repeat(51) }))).toMatchObject({ status: 422 });
    expect(await refusal(alice.rest.issues.addLabels({ ...one, labels: ['l'.repeat(51)] }))).toMatchObject({ status: 422 });
    expect(await refusal(alice.rest.issues.createLabel({ ...shop, name: 'BUG' }))).toMatchObject({ status: 422 });
    const head_sha = (await alice.rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
    const run = { ...shop, name: 'big', head_sha };
    const note = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice' as const, message: 'm' };
    const action = { label: 'Fix', description: 'Fix it', identifier: 'fix' };
    const output = { title: 't', summary: 's' };
    const wrong = [
      { output: { ...output, summary: 'x'.repeat(65_536) } },
      { output: { ...output, text: 'x'.repeat(65_536) } },
      { output: { ...output, annotations: Array.from({ length: 51 }, () => note) } },
      { actions: [action, action, action, action] },
      { actions: [{ ...action, label: 'x'.repeat(21) }] },
      { status: 'completed' as const },
      { head_sha: '1'.repeat(40) },
    ];
    for (const part of wrong) expect(await refusal(ci.rest.checks.create({ ...run, ...part }))).toMatchObject({ status: 422 });
  });

  test('bodies are checked against GitHub’s OpenAPI', async () => {
    const send = async (path: string, body: string): Promise<{ status: number; message: string }> => {
      const headers = { authorization: 'token sandbox-alice' };
      const response = await fetch(`${bench.url}/api/v3${path}`, { method: 'POST', headers, body });
      return { status: response.status, message: ((await response.json()) as { message: string }).message };
    };
    expect(await send('/repos/acme/shop/issues', '{')).toMatchObject({ status: 400, message: 'Problems parsing JSON' });
    expect(await send('/repos/acme/shop/issues', '{}')).toMatchObject({
      status: 422,
      message: expect.stringContaining('"title"'),
    });
    expect(await send('/repos/acme/shop/issues/1/comments', '{"body": 5}')).toMatchObject({ status: 422 });
    expect(await send('/repos/acme/shop/nothing', '{}')).toMatchObject({ status: 404 });
    expect(await send('/repos/acme/shop/issues/99/comments', '{"body": "x"}')).toMatchObject({ status: 404 });
  });
});

describe('pull requests', () => {
  test('refuse what makes no sense', async () => {
    const [alice, bob] = [bench.as('alice'), bench.as('bob')];
    const open = (head: string): Promise<unknown> => bob.rest.pulls.create({ ...shop, head, base: 'main', title: 'x' });
    expect(await refusal(open('nowhere'))).toMatchObject({ status: 422 });
    const main = (await alice.rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
    await bob.rest.git.createRef({ ...shop, ref: 'refs/heads/same', sha: main });
    expect(await refusal(open('same'))).toMatchObject({ status: 422, message: expect.stringContaining('No commits between') });
    await commitFile(bob, 'work', 'README.md.txt', 'one\n');
    const pull = await bob.rest.pulls.create({ ...shop, head: 'work', base: 'main', title: 'x', draft: true });
    expect(await refusal(open('work'))).toMatchObject({ status: 422, message: expect.stringContaining('already exists') });
    const at = { ...shop, pull_number: pull.data.number };
    expect(await refusal(alice.rest.pulls.merge(at))).toMatchObject({ status: 405 });
    const review = bob.rest.pulls.createReview({ ...at, event: 'APPROVE' });
    expect(await refusal(review)).toMatchObject({ status: 422 });
    expect(await refusal(bench.as('dave').rest.pulls.merge(at))).toMatchObject({ status: 403 });
  });

  test('with a conflict, or a head that moved, are not merged', async () => {
    const [alice, bob] = [bench.as('alice'), bench.as('bob')];
    await commitFile(bob, 'left', 'same.txt', 'left\n');
    await commitFile(bob, 'right', 'same.txt', 'right\n');
    const left = await bob.rest.pulls.create({ ...shop, head: 'left', base: 'main', title: 'left' });
    const right = await bob.rest.pulls.create({ ...shop, head: 'right', base: 'main', title: 'right' });
    const wrong = alice.rest.pulls.merge({ ...shop, pull_number: left.data.number, sha: '0'.repeat(40) });
    expect(await refusal(wrong)).toMatchObject({ status: 409 });
    await alice.rest.pulls.merge({ ...shop, pull_number: left.data.number });
    const state = await alice.rest.pulls.get({ ...shop, pull_number: right.data.number });
    expect(state.data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    expect(await refusal(alice.rest.pulls.merge({ ...shop, pull_number: right.data.number }))).toMatchObject({ status: 405 });
  });

  test('refs: no second one, no bad name, no jump without force', async () => {
    const bob = bench.as('bob');
    const main = (await bob.rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
    const make = (ref: string, sha = main): Promise<unknown> => bob.rest.git.createRef({ ...shop, ref, sha });
    expect(await refusal(make('refs/heads/main'))).toMatchObject({
      status: 422,
      message: expect.stringContaining('already exists'),
    });
    expect(await refusal(make('refs/heads/a b'))).toMatchObject({ status: 422 });
    expect(await refusal(make('refs/heads/x', '2'.repeat(40)))).toMatchObject({ status: 422 });
    const first = (await bob.rest.repos.listCommits(shop)).data.at(-1)?.sha ?? '';
    expect(await refusal(bob.rest.git.updateRef({ ...shop, ref: 'heads/main', sha: first }))).toMatchObject({ status: 422 });
    expect(await refusal(bob.rest.git.deleteRef({ ...shop, ref: 'heads/main' }))).toMatchObject({ status: 422 });
    const file = { ...shop, path: 'README.md', message: 'x', content: 'eA==' };
    expect(await refusal(bob.rest.repos.createOrUpdateFileContents(file))).toMatchObject({ status: 422 });
    expect(await refusal(bob.rest.repos.createOrUpdateFileContents({ ...file, sha: main }))).toMatchObject({ status: 409 });
  });
});

test('no answer was out of shape', () => expect(bench.faults).toEqual([]));
