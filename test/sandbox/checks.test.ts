/** Check runs: their limits, their buttons as people press them, and more of them than fit on a page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, commitFile, payloadFaults, refusal, shop, startBench } from './support.ts';

let bench: Bench;
let sha: string;
let number: number;
const buttons = [
  { label: 'Re-check', description: 'Reads everything afresh', identifier: 'recheck' },
  { label: 'Add sections', description: 'Puts in the headings that are missing', identifier: 'sections' },
];

beforeAll(async () => {
  bench = await startBench();
  sha = await commitFile(bench.as('bob'), 'topic', 'topic.txt', 'topic\n');
  number = (await bench.as('bob').rest.pulls.create({ ...shop, title: 'topic', head: 'topic', base: 'main' })).data.number;
});
afterAll(async () => {
  await bench.heard();
  expect(bench.faults).toEqual([]);
  expect(payloadFaults(bench.received)).toEqual([]);
  await bench.close();
});

/** A form of a page, sent by a browser in which this person is chosen. Gives the notice of the next page. */
async function press(login: string, path: string, fields: Record<string, string>): Promise<string> {
  const page = `${bench.url}/acme/shop/pull/${number}/checks`;
  const headers = { cookie: `sandbox-user=${login}`, origin: bench.url, referer: page };
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${bench.url}/-/repos/acme/shop/runs/${path}`, {
    method: 'POST',
    body,
    headers,
    redirect: 'manual',
  });
  expect(answer.status).toBe(303);
  return decodeURIComponent(answer.headers.get('set-cookie') ?? '');
}

describe('limits', () => {
  const one = { label: 'a', description: 'b', identifier: 'c' };
  test.each([
    ['four actions', { actions: [one, one, one, one] }],
    ['a label of 21', { actions: [{ ...one, label: 'x'.repeat(21) }] }],
    ['an identifier of 21', { actions: [{ ...one, identifier: 'x'.repeat(21) }] }],
    ['a description of 41', { actions: [{ ...one, description: 'x'.repeat(41) }] }],
    ['a summary of 65,536', { output: { title: 't', summary: 'x'.repeat(65_536) } }],
    ['a text of 65,536', { output: { title: 't', summary: 's', text: 'x'.repeat(65_536) } }],
  ])('%s is 422', async (_, input) => {
    const app = await bench.installed();
    expect(await refusal(app.rest.checks.create({ ...shop, name: 'gate', head_sha: sha, ...input }))).toMatchObject({
      status: 422,
    });
  });

  test('what just fits is kept whole and read back by GraphQL', async () => {
    const app = await bench.installed();
    const output = { title: 't', summary: 's'.repeat(65_535), text: 'x'.repeat(65_535) };
    const { data } = await app.rest.checks.create({ ...shop, name: 'long', head_sha: sha, conclusion: 'success', output });
    const read = 'query ($id: ID!) { node(id: $id) { ... on CheckRun { title summary text } } }';
    expect(await app.graphql(read, { id: data.node_id })).toEqual({ node: output });
  });
});

describe('buttons', () => {
  test('stand on the pull request’s checks and on the run’s own page', async () => {
    const app = await bench.installed();
    const run = { ...shop, name: 'gate', head_sha: sha, conclusion: 'failure' as const, actions: buttons };
    const { data } = await app.rest.checks.create(run);
    const page = async (path: string): Promise<string> => (await fetch(`${bench.url}/acme/shop/${path}`)).text();
    for (const path of [`pull/${number}/checks`, `runs/${data.id}`]) {
      const shown = await page(path);
      expect(shown).toContain(`action="/-/repos/acme/shop/runs/${data.id}/action"`);
      expect(shown).toContain('title="Reads everything afresh">Re-check</button>');
      expect(shown).toContain(`action="/-/repos/acme/shop/runs/${data.id}/rerequest"`);
    }
    expect((await fetch(`${bench.url}/acme/shop/runs/999999`)).status).toBe(404);
  });

  test('a press reaches the app as the person who pressed; without write access nothing does', async () => {
    const app = await bench.installed();
    const run = { ...shop, name: 'pressed', head_sha: sha, conclusion: 'failure' as const, actions: buttons };
    const { data } = await app.rest.checks.create(run);
    await bench.heard();
    expect(await press('bob', `${data.id}/action`, { identifier: 'sections' })).not.toContain('sandbox-notice');
    expect(await bench.heard()).toEqual(['check_run.requested_action']);
    expect(bench.received.at(-1)?.payload).toMatchObject({
      requested_action: { identifier: 'sections' },
      check_run: { id: data.id },
      sender: { login: 'bob' },
    });
    await press('bob', `${data.id}/rerequest`, {});
    expect(await bench.heard()).toEqual(['check_run.rerequested']);
    expect(await press('dave', `${data.id}/action`, { identifier: 'sections' })).toContain('Must have write access');
    expect(await press('dave', `${data.id}/rerequest`, {})).toContain('Must have write access');
    expect(await press('bob', `${data.id}/action`, { identifier: 'unknown' })).toContain('Not Found');
    expect(await bench.heard()).toEqual([]);
  });
});

test('more than a hundred checks and statuses come page by page, each once', async () => {
  const head = await commitFile(bench.as('bob'), 'many', 'many.txt', 'many\n');
  const names = Array.from({ length: 130 }, (_, at) => `check ${at}`);
  for (const name of names) await bench.as('ci').rest.checks.create({ ...shop, name, head_sha: head, conclusion: 'success' });
  for (let at = 0; at < 20; at += 1) {
    await bench.as('bob').rest.repos.createCommitStatus({ ...shop, sha: head, state: 'pending', context: `status ${at}` });
  }
  const query = `query ($sha: GitObjectID!, $after: String) { repository(owner: "acme", name: "shop") { object(oid: $sha) { ... on Commit {
    statusCheckRollup { state contexts(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      nodes { ... on CheckRun { name } ... on StatusContext { context } } } } } } } }`;
  interface Shown {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    nodes: { name?: string; context?: string }[];
  }
  interface Answer {
    repository: { object: { statusCheckRollup: { state: string; contexts: Shown } } };
  }
  const app = await bench.installed();
  const seen: string[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const answer: Answer = await app.graphql<Answer>(query, { sha: head, after });
    const { state, contexts } = answer.repository.object.statusCheckRollup;
    expect([state, contexts.totalCount]).toEqual(['PENDING', 150]);
    seen.push(...contexts.nodes.map((one) => one.name ?? one.context ?? ''));
    after = contexts.pageInfo.endCursor;
    more = contexts.pageInfo.hasNextPage;
  }
  expect(seen).toHaveLength(150);
  expect(new Set(seen).size).toBe(150);
});
