/** Stories of what a completed session leaves behind (L12, P5): the archive and the module's status, each one pull request. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFile, label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, headOf, labelsOf, readiness, wordsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { openPull, type Stage, setStage } from './stage.ts';

const REGISTRY = '.github/playcaller.modules.yml';
const MODULES = `# what the shop is made of
modules:
  - id: cart      # the heart of it
    name: Cart
    status: partial
    depends: [payments, stock]
  - { id: payments, name: 'Payments & refunds', status: missing }
  - { id: stock, name: Stock, status: present }
`;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const say = (number: number, body: string) =>
  stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: number, body });
const proposals = async (prefix: string) => {
  const { data } = await stage.people.alice.rest.pulls.list({ ...SHOP, state: 'all', per_page: 100 });
  return data.filter((pull) => pull.head.ref.startsWith(prefix));
};
const fileOn = async (ref: string, path: string) => {
  const { data } = await stage.people.alice.rest.repos.getContent({ ...SHOP, path, ref });
  return Array.isArray(data) || !('content' in data) ? '' : Buffer.from(data.content, 'base64').toString();
};
const setFile = async (path: string, content: string) => {
  await commitFile(stage.people.alice, 'main', path, content, 'chore: configure');
  await stage.settled();
};

async function mergedSession(title: string, body = ''): Promise<number> {
  const { alice } = stage.people;
  const { data } = await alice.rest.issues.create({ ...SHOP, title, body });
  await label(alice, data.number, 'session:feature');
  await stage.settled();
  const name = `work-${data.number}`;
  const pull = { branch: name, path: `src/${name}.ts`, content: 'export const x = 1;\n', title: `feat: ${title}` };
  const number = await openPull(alice, { ...pull, body: `Closes #${data.number}` });
  await stage.settled();
  await alice.rest.pulls.merge({ ...SHOP, pull_number: number, merge_method: 'squash' });
  await stage.settled();
  expect(await labelsOf(alice, data.number)).toEqual(['session:feature', 'state:completed']);
  return data.number;
}

describe('the module registry (P5)', () => {
  it('shows the module, offers what is missing, and sets it present by one pull request', async () => {
    const { alice } = stage.people;
    await setFile(REGISTRY, MODULES);
    const [number = 0] = await openIssues(alice, ['Cart, whole']);
    await label(alice, number, 'session:feature');
    await stage.settled();
    expect(await cardOf(alice, number)).toContain('**Module:** not named yet');
    await say(number, '/session module carts');
    await stage.settled();
    expect((await commentsOf(alice, number)).at(-1)?.body).toContain('Did you mean `cart`?');
    await say(number, '/session module cart');
    await stage.settled();
    const card = await cardOf(alice, number);
    expect(card).toContain('**Module:** Cart (`cart`) · 🟡 partial · needs what is not there yet');
    const offer = /`(\/session sub [^`]+)`/.exec(card)?.[1] ?? '';
    expect(offer).toContain('type=feature module=payments');
    await say(number, offer);
    await stage.settled();
    expect(await cardOf(alice, number)).not.toContain('/session sub');
    const children = await alice.rest.issues.listSubIssues({ ...SHOP, issue_number: number });
    const [child] = children.data;
    expect(child?.title).toBe('Build the module Payments & refunds');
    expect(await cardOf(alice, child?.number ?? 0)).toContain('(`payments`) · ⬜ missing');

    await say(child?.number ?? 0, '/session complete --no-code a stub is enough');
    await stage.settled();
    const [pull] = await proposals('playcaller/modules/');
    expect(pull?.title).toBe('chore(modules): payments is present');
    expect(await fileOn(pull?.head.ref ?? '', REGISTRY)).toBe(MODULES.replace('missing', 'present'));
    expect(wordsOf((await readiness(alice, pull?.head.sha ?? '')) ?? { output: { title: '', summary: '', text: '' } })).toContain(
      'needs none of its own',
    );
    await alice.rest.pulls.merge({ ...SHOP, pull_number: pull?.number ?? 0, merge_method: 'squash' });
    await stage.settled();
    await say(number, '/session complete --no-code the rest was there');
    await stage.settled();
    expect(await labelsOf(alice, number)).toContain('state:completed');
    expect(await proposals('playcaller/modules/')).toHaveLength(2);
  });
});

describe('the archive (L12)', () => {
  it('five files in one commit on a branch with a pull request, once', async () => {
    const { alice } = stage.people;
    await setFile('.github/playcaller.yml', 'version: 1\narchive: { path: docs/sessions }\n');
    const number = await mergedSession('Show totals', '## Acceptance criteria\n\n- [x] totals are shown\n');
    const [pull] = await proposals('playcaller/archive/');
    const id = pull?.head.ref.replace('playcaller/archive/', '') ?? '';
    expect(pull?.title).toBe(`docs(archive): ${id}`);
    const folder = `docs/sessions/completed/${id}`;
    const files = await alice.rest.pulls.listFiles({ ...SHOP, pull_number: pull?.number ?? 0 });
    expect(files.data.map((file) => file.filename).sort()).toEqual(
      ['SESSION.md', 'active-plan.md', 'final.patch', 'subsessions.md', 'worklog.md'].map((name) => `${folder}/${name}`),
    );
    const ref = pull?.head.ref ?? '';
    expect(await fileOn(ref, `${folder}/final.patch`)).toMatch(/^From [0-9a-f]{40} [\s\S]*\+export const x = 1;/);
    expect(await fileOn(ref, `${folder}/SESSION.md`)).toContain('totals are shown');
    expect(await fileOn(ref, `${folder}/worklog.md`)).toContain('was merged');
    expect(await fileOn(ref, `${folder}/active-plan.md`)).toContain('1. [ ]');
    const commits = await alice.rest.pulls.listCommits({ ...SHOP, pull_number: pull?.number ?? 0 });
    expect(commits.data).toHaveLength(1);
    const check = await readiness(alice, await headOf(alice, pull?.number ?? 0));
    expect(check ? wordsOf(check) : '').toContain('needs none of its own');

    await say(number, '/session log one more word');
    await stage.settled();
    await alice.rest.pulls.merge({ ...SHOP, pull_number: pull?.number ?? 0, merge_method: 'squash' });
    await stage.settled();
    await say(number, '/session types');
    await stage.settled();
    expect(await proposals('playcaller/archive/')).toHaveLength(1);
  });

  it('a lost answer in the middle is finished by the next try; nothing is made twice', async () => {
    await stage.faults({ match: '#Apply', dropAfterWrite: true, times: 6 });
    const before = await proposals('playcaller/archive/');
    await mergedSession('Lost answers');
    await stage.mended();
    expect(await proposals('playcaller/archive/')).toHaveLength(before.length + 1);
  });

  it("somebody else's branch of that name is gated as any other", async () => {
    const { bob } = stage.people;
    const pull = { branch: 'playcaller/archive/mine', path: 'mine.md', content: 'x', title: 'docs: mine', body: '' };
    const number = await openPull(bob, pull);
    await stage.settled();
    const check = await readiness(bob, await headOf(bob, number));
    expect(check ? wordsOf(check) : '').not.toContain('needs none of its own');
  });
});
