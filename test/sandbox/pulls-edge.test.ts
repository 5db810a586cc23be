/** Pull requests at the edge: one commit in two of them, forks and bases gone, strange authors, private repositories, huge ones. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, commitFile, payloadFaults, refusal, shop, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => {
  await bench.heard();
  expect(bench.faults).toEqual([]);
  expect(payloadFaults(bench.received)).toEqual([]);
  await bench.close();
});

async function pullFrom(head: string, base = 'main', login = 'bob'): Promise<number> {
  return (await bench.as(login).rest.pulls.create({ ...shop, title: head, head, base })).data.number;
}

async function branchAt(login: string, owner: string, branch: string, sha: string): Promise<void> {
  await bench.as(login).rest.git.createRef({ owner, repo: 'shop', ref: `refs/heads/${branch}`, sha });
}

const ofCommit = `query ($owner: String!, $sha: GitObjectID!) { repository(owner: $owner, name: "shop") { object(oid: $sha) { ... on Commit {
  associatedPullRequests(first: 9) { nodes { number } } } } } }`;

async function associated(sha: string, owner = 'acme'): Promise<number[]> {
  const answer = await bench.as('bob').graphql<{
    repository: { object: { associatedPullRequests: { nodes: { number: number }[] } } };
  }>(ofCommit, { owner, sha });
  const byRest = await bench.as('bob').rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo: 'shop', commit_sha: sha });
  const numbers = answer.repository.object.associatedPullRequests.nodes.map((one) => one.number);
  expect(byRest.data.map((one) => one.number)).toEqual(numbers);
  return numbers;
}

test('two branches on one commit are both found; a fork’s only from the fork', async () => {
  const sha = await commitFile(bench.as('bob'), 'twin-a', 'twin.txt', 'twin\n');
  await branchAt('bob', 'acme', 'twin-b', sha);
  await branchAt(
    'bob',
    'acme',
    'release',
    (await bench.as('bob').rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha,
  );
  const [one, other] = [await pullFrom('twin-a'), await pullFrom('twin-b', 'release')];
  await bench.as('mallory').rest.repos.createFork(shop);
  await branchAt('mallory', 'mallory', 'twin-fork', sha);
  const forked = await pullFrom('mallory:twin-fork', 'main', 'mallory');
  expect(await associated(sha)).toEqual([one, other]);
  expect(await associated(sha, 'mallory')).toEqual([forked]);
  await bench.as('bob').rest.pulls.update({ ...shop, pull_number: one, state: 'closed' });
  expect(await associated(sha)).toEqual([other]);
  await bench.as('bob').rest.pulls.update({ ...shop, pull_number: one, state: 'open' });
  await bench.as('bob').rest.pulls.merge({ ...shop, pull_number: one });
  // The fork's head has landed too, so GitHub takes it as merged.
  expect(await associated(sha)).toEqual([one, forked]);
  await bench.as('bob').rest.pulls.update({ ...shop, pull_number: other, state: 'closed' });
});

const heads = `query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
  state headRefOid headRefName headRef { name } headRepository { name } headRepositoryOwner { login } baseRefName baseRefOid baseRef { name }
  changedFiles commits(last: 1) { nodes { commit { oid author { name user { login } } } } } } } }`;

test('the fork is deleted: the pull request stays open and readable', async () => {
  const content = Buffer.from('forked\n').toString('base64');
  const mine = { owner: 'mallory', repo: 'shop', path: 'forked.txt', branch: 'main', message: 'forked', content };
  const commit = await bench.as('mallory').rest.repos.createOrUpdateFileContents(mine);
  const number = await pullFrom('mallory:main', 'main', 'mallory');
  await bench.as('mallory').rest.repos.delete({ owner: 'mallory', repo: 'shop' });
  const rest = await bench.as('bob').rest.pulls.get({ ...shop, pull_number: number });
  expect(rest.data).toMatchObject({
    state: 'open',
    head: { repo: null, label: 'mallory:main', user: { login: 'mallory' }, sha: commit.data.commit.sha },
    changed_files: 1,
  });
  const app = await bench.installed();
  expect(await app.graphql(heads, { number })).toMatchObject({
    repository: {
      pullRequest: {
        state: 'OPEN',
        headRefOid: commit.data.commit.sha,
        headRef: null,
        headRepository: null,
        headRepositoryOwner: null,
        baseRef: { name: 'main' },
        changedFiles: 1,
      },
    },
  });
  await app.rest.checks.create({ ...shop, name: 'gate', head_sha: commit.data.commit.sha ?? '', conclusion: 'success' });
  expect((await bench.as('bob').rest.pulls.listFiles({ ...shop, pull_number: number })).data).toHaveLength(1);
  expect((await bench.as('bob').rest.pulls.merge({ ...shop, pull_number: number })).status).toBe(200);
});

test('the base branch is deleted: closed, without its ref, and not to be reopened', async () => {
  await branchAt('bob', 'acme', 'goes', (await bench.as('bob').rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha);
  await commitFile(bench.as('bob'), 'onto-goes', 'goes.txt', 'goes\n');
  const number = await pullFrom('onto-goes', 'goes');
  await bench.heard();
  await bench.as('bob').rest.git.deleteRef({ ...shop, ref: 'heads/goes' });
  expect(await bench.heard()).toContain('pull_request.closed');
  const app = await bench.installed();
  expect(await app.graphql(heads, { number })).toMatchObject({
    repository: { pullRequest: { state: 'CLOSED', baseRef: null, baseRefName: 'goes', changedFiles: 1 } },
  });
  const reopened = bench.as('bob').rest.pulls.update({ ...shop, pull_number: number, state: 'open' });
  expect(await refusal(reopened)).toMatchObject({ status: 422 });
});

test('a branch that goes by itself after the merge hands on what was built upon it', async () => {
  await bench.as('alice').rest.repos.update({ ...shop, delete_branch_on_merge: true });
  const sha = await commitFile(bench.as('bob'), 'below', 'below.txt', 'below\n');
  await branchAt('bob', 'acme', 'above', sha);
  await commitFile(bench.as('bob'), 'above', 'above.txt', 'above\n');
  const [below, above] = [await pullFrom('below'), await pullFrom('above', 'below')];
  await bench.heard();
  await bench.as('bob').rest.pulls.merge({ ...shop, pull_number: below });
  expect(await bench.heard()).toContain('pull_request.edited');
  const { data } = await bench.as('bob').rest.pulls.get({ ...shop, pull_number: above });
  expect(data).toMatchObject({ state: 'open', base: { ref: 'main' } });
  await bench.as('alice').rest.repos.update({ ...shop, delete_branch_on_merge: false });
});

test('a commit by an address that nobody has belongs to nobody', async () => {
  const main = await bench.as('bob').rest.git.getRef({ ...shop, ref: 'heads/main' });
  await branchAt('bob', 'acme', 'strange', main.data.object.sha);
  const author = { name: 'Somebody', email: 'somebody@elsewhere.example' };
  const file = { ...shop, path: 'strange.txt', branch: 'strange', message: 'strange', content: 'eA==' };
  await bench.as('bob').rest.repos.createOrUpdateFileContents({ ...file, author, committer: author });
  const number = await pullFrom('strange');
  expect(await (await bench.installed()).graphql(heads, { number })).toMatchObject({
    repository: { pullRequest: { commits: { nodes: [{ commit: { author: { name: 'Somebody', user: null } } }] } } },
  });
  const commits = await bench.as('bob').rest.pulls.listCommits({ ...shop, pull_number: number });
  expect(commits.data).toMatchObject([{ author: null, committer: null }]);
});

test('the app edits a body by GraphQL, and hears what it was; issues alone is not enough', async () => {
  await commitFile(bench.as('bob'), 'body', 'body.txt', 'body\n');
  const made = await bench.as('bob').rest.pulls.create({ ...shop, title: 'body', head: 'body', base: 'main', body: 'Before' });
  await bench.heard();
  const edit = `mutation ($id: ID!, $body: String!) { updatePullRequest(input: { pullRequestId: $id, body: $body }) {
    pullRequest { body } actor { login } } }`;
  const variables = { id: made.data.node_id, body: 'After' };
  expect(await (await bench.installed()).graphql(edit, variables)).toEqual({
    updatePullRequest: { pullRequest: { body: 'After' }, actor: { login: 'playcaller' } },
  });
  expect(await bench.heard()).toEqual(['pull_request.edited']);
  expect(bench.received.at(-1)?.payload).toMatchObject({
    changes: { body: { from: 'Before' } },
    sender: { login: 'playcaller[bot]' },
    pull_request: { body: 'After' },
  });
  const weak = await bench.installed({ issues: 'write', pull_requests: 'read' });
  await expect(weak.graphql(edit, variables)).rejects.toMatchObject({ errors: [{ type: 'FORBIDDEN' }] });
});

test('a private repository is nothing to strangers, whatever they ask, and to wrong tokens', async () => {
  const made = await bench.as('alice').rest.repos.createInOrg({ org: 'acme', name: 'vault', private: true, auto_init: true });
  expect(made.data).toMatchObject({ private: true, visibility: 'private' });
  const get = async (token: string, name: string): Promise<number> =>
    (await fetch(`${bench.url}/api/v3/repos/acme/${name}`, { headers: { authorization: token } })).status;
  const statuses = async (name: string): Promise<number[]> =>
    Promise.all(['alice', 'dave', 'mallory', 'nobody'].map((login) => get(`Bearer sandbox-${login}`, name)));
  expect(await statuses('vault')).toEqual([200, 200, 404, 401]);
  expect(await statuses('shop')).toEqual([200, 200, 200, 401]);
  const app = await bench.installed();
  expect((await app.rest.repos.get({ owner: 'acme', repo: 'vault' })).status).toBe(200);
  const asked = bench.as('mallory').graphql('{ repository(owner: "acme", name: "vault") { id } }');
  await expect(asked).rejects.toMatchObject({ errors: [{ type: 'NOT_FOUND' }] });
});

/** One commit with many files, through the Git database. */
async function commitMany(branch: string, files: { path: string; content?: string; sha?: string }[]): Promise<void> {
  const { git } = bench.as('bob').rest;
  const main = (await git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
  const tree = files.map((file) => ({ ...file, mode: '100644' as const, type: 'blob' as const }));
  const made = await git.createTree({ ...shop, base_tree: main, tree });
  const commit = await git.createCommit({ ...shop, tree: made.data.sha, parents: [main], message: branch });
  await branchAt('bob', 'acme', branch, commit.data.sha);
}

test('more than 3,000 files: all are counted, 3,000 are listed, and nothing takes long', async () => {
  const files = Array.from({ length: 3100 }, (_, at) => ({ path: `many/${at % 7}/file-${at}.txt`, content: `line ${at}\n` }));
  await commitMany('huge', files);
  const number = await pullFrom('huge');
  const at = { ...shop, pull_number: number };
  expect((await bench.as('bob').rest.pulls.get(at)).data.changed_files).toBe(3100);
  const octokit = bench.as('bob');
  expect(await octokit.paginate(octokit.rest.pulls.listFiles, { ...at, per_page: 100 })).toHaveLength(3000);
  const app = await bench.installed();
  const answer = await app.graphql(
    'query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) { changedFiles additions files(last: 1) { totalCount nodes { path changeType } } } } }',
    { number },
  );
  expect(answer).toMatchObject({
    repository: {
      pullRequest: { changedFiles: 3100, additions: 3100, files: { totalCount: 3000, nodes: [{ changeType: 'ADDED' }] } },
    },
  });
});

test('files without a patch: binary, too large, rewritten from end to end; their blobs tell their size', async () => {
  const lines = (word: string, count: number): string => Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('');
  await commitFile(bench.as('alice'), 'main', 'old.txt', lines('old', 30_000));
  const { data } = await bench.as('bob').rest.git.createBlob({ ...shop, content: 'AAECAw==', encoding: 'base64' });
  await commitMany('large', [
    { path: 'big.txt', content: lines('big', 100_000) },
    { path: 'image.png', sha: data.sha },
    { path: 'old.txt', content: lines('new', 30_000) },
    { path: 'small.txt', content: 'small\n' },
  ]);
  const number = await pullFrom('large');
  const files = (await bench.as('bob').rest.pulls.listFiles({ ...shop, pull_number: number })).data;
  expect(files.map(({ filename, additions, deletions, patch }) => [filename, additions, deletions, patch !== undefined])).toEqual(
    [
      ['big.txt', 100_000, 0, false],
      ['image.png', 0, 0, false],
      ['old.txt', 30_000, 30_000, false],
      ['small.txt', 1, 0, true],
    ],
  );
  const sizes = await (await bench.installed()).graphql(
    'query ($big: GitObjectID!, $image: GitObjectID!) { repository(owner: "acme", name: "shop") { big: object(oid: $big) { ... on Blob { byteSize isTruncated } } image: object(oid: $image) { ... on Blob { byteSize isBinary text } } } }',
    { big: files[0]?.sha, image: files[1]?.sha },
  );
  expect(sizes).toMatchObject({
    repository: {
      big: { byteSize: lines('big', 100_000).length, isTruncated: true },
      image: { byteSize: 4, isBinary: true, text: null },
    },
  });
});
