/** The verdict as JSON, asked for with people's own tokens: who may read the repository, and who may not (G8). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { openPull, type Stage, setStage } from './stage.ts';

const SECRET = { owner: 'acme', repo: 'secret' };
let stage: Stage;
let pull = 0;
let hidden = 0;
beforeAll(async () => {
  stage = await setStage();
  const { alice } = stage.people;
  pull = await openPull(alice, { branch: 'a', path: 'docs/a.md', content: 'x', title: 'fixed stuff', body: '' });
  await alice.rest.repos.createInOrg({ org: 'acme', name: SECRET.repo, private: true, auto_init: true });
  const main = await alice.rest.git.getRef({ ...SECRET, ref: 'heads/main' });
  await alice.rest.git.createRef({ ...SECRET, ref: 'refs/heads/b', sha: main.data.object.sha });
  const content = Buffer.from('x').toString('base64');
  await alice.rest.repos.createOrUpdateFileContents({ ...SECRET, path: 'docs/b.md', branch: 'b', message: 'x', content });
  hidden = (await alice.rest.pulls.create({ ...SECRET, head: 'b', base: 'main', title: 'docs: b', body: '' })).data.number;
  await stage.settled();
});
afterAll(() => stage.close());

const ask = async (path: string, login: string | null, headers: Record<string, string> = {}) => {
  const authorization = login === null ? {} : { authorization: `Bearer sandbox-${login}` };
  const answer = await fetch(`${stage.app.settings.url}/api/verdicts/${path}`, { headers: { ...authorization, ...headers } });
  const text = await answer.text();
  return { status: answer.status, said: text === '' ? null : JSON.parse(text), headers: answer.headers };
};

it('says what the check run says, to anyone who may read', async () => {
  const { alice } = stage.people;
  const sha = await headOf(alice, pull);
  const run = await readiness(alice, sha);
  expect(run?.conclusion).toBe('failure');
  const { status, said } = await ask(`acme/shop/${pull}`, 'dave');
  expect(status).toBe(200);
  expect(said).toMatchObject({
    repo: 'acme/shop',
    number: pull,
    title: 'fixed stuff',
    headSha: sha,
    state: 'fail',
    draft: false,
  });
  expect(said.url).toBe((await alice.rest.pulls.get({ ...SHOP, pull_number: pull })).data.html_url);
  const title = said.items.find(({ id }: { id: string }) => id === 'title');
  expect(title).toMatchObject({ status: 'fail', level: 'required' });
  expect(run?.output.summary).toContain(title.mend);
});

it('a public repository is read by all who have a token, and by nobody without', async () => {
  expect((await ask(`acme/shop/${pull}`, 'mallory')).status).toBe(200);
  expect((await ask(`ACME/Shop/${pull}`, 'mallory')).said.repo).toBe('acme/shop');
  expect(await ask(`acme/shop/${pull}`, null)).toMatchObject({ status: 401, said: { message: expect.any(String) } });
  expect((await ask(`acme/shop/${pull}`, 'nobody')).status).toBe(401);
});

it('a private one by its people only; others learn nothing', async () => {
  expect((await ask(`acme/secret/${hidden}`, 'dave')).said).toMatchObject({ repo: 'acme/secret', number: hidden });
  const outside = await ask(`acme/secret/${hidden}`, 'mallory');
  const nowhere = await ask(`acme/nowhere/${hidden}`, 'mallory');
  const unknown = await ask('acme/shop/999', 'mallory');
  expect(outside.status).toBe(404);
  expect([nowhere.status, nowhere.said]).toEqual([404, outside.said]);
  expect([unknown.status, unknown.said]).toEqual([404, outside.said]);
});

it('is the same until the verdict changes, then another; closed, it says so', async () => {
  const { alice } = stage.people;
  const path = `acme/shop/${pull}`;
  const first = await ask(path, 'dave');
  const tag = { 'if-none-match': first.headers.get('etag') ?? '' };
  expect((await ask(path, 'dave', tag)).status).toBe(304);
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'docs: mended' });
  await stage.settled();
  const mended = await ask(path, 'dave', tag);
  expect(mended).toMatchObject({ status: 200, said: { title: 'docs: mended' } });
  expect(Date.parse(mended.said.at)).toBeGreaterThan(Date.parse(first.said.at));
  await alice.rest.pulls.update({ ...SHOP, pull_number: pull, state: 'closed' });
  await stage.settled();
  expect((await ask(path, 'dave')).said).toMatchObject({ state: 'closed', items: [] });
});

it('GitHub away: to come back later; and no token in the log', async () => {
  await stage.faults({ status: 502, match: '/repos/acme/shop$' });
  const answer = await ask(`acme/shop/${pull}`, 'carol');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  await stage.mended();
  expect((await ask(`acme/shop/${pull}`, 'carol')).status).toBe(200);
  expect(readFileSync(stage.app.settings.logFile, 'utf8')).not.toMatch(/sandbox-(carol|dave)/);
});
