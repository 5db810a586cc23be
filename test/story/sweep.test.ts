/** Stories of the sweep's effects, played through GitHub's REST paths against the running app (W1, W2, W5–W7). */
import { Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, headOf, labelsOf, marked, numbersWith, PLAYBOOK, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const alice = () => stage.people.alice;
const SWEEP = '<!-- playcaller:sweep ';
const PATH = '.github/playcaller.yml';

async function configure(yaml: string): Promise<void> {
  const sha = await alice()
    .rest.repos.getContent({ ...SHOP, path: PATH })
    .then(({ data }) => (Array.isArray(data) ? undefined : data.sha))
    .catch(() => undefined);
  const content = Buffer.from(`version: 1\n${yaml}`).toString('base64');
  await alice().rest.repos.createOrUpdateFileContents({ ...SHOP, path: PATH, message: 'chore: configure', content, sha });
  await stage.settled();
}

let desk = 0;
/** Asked for from an issue that nobody else looks at. */
async function sweep(): Promise<void> {
  if (desk === 0) [desk = 0] = await openIssues(alice(), ['Where the lead asks for sweeps']);
  await alice().rest.issues.createComment({ ...SHOP, issue_number: desk, body: '/session sweep' });
  await stage.settled();
}

async function waiting(title: string, list: 'active' | 'reserve', ...more: string[]): Promise<number> {
  const [number = 0] = await openIssues(alice(), [title]);
  await label(alice(), number, `backlog:${list}`, ...more);
  await stage.settled();
  return number;
}

async function session(title: string): Promise<number> {
  const [number = 0] = await openIssues(alice(), [title]);
  await label(alice(), number, 'session:bug-fix');
  await stage.settled();
  return number;
}

async function trackers(): Promise<{ number: number; state: string; body: string; id: string }[]> {
  const all = await alice().rest.issues.listForRepo({ ...SHOP, labels: 'playcaller', state: 'all' });
  return all.data.map(({ number, state, body, node_id: id }) => ({ number, state, body: body ?? '', id }));
}

async function tracker(): Promise<number> {
  const [one, ...others] = await trackers();
  expect(others).toEqual([]);
  return one?.number ?? 0;
}

async function graphql(query: string): Promise<unknown> {
  return alice().graphql(query);
}

async function isPinned(number: number): Promise<boolean> {
  const { data } = await alice().rest.issues.get({ ...SHOP, issue_number: number });
  const node = await alice().graphql<{ node: { isPinned: boolean } }>(
    'query($id: ID!) { node(id: $id) { ... on Issue { isPinned } } }',
    {
      id: data.node_id,
    },
  );
  return node.node.isPinned;
}

/** With the rights of our own installation, as a write of ours that went wrong. */
async function asApp(act: (own: Octokit) => Promise<void>): Promise<void> {
  const { app } = stage.people;
  const { data: installation } = await app.rest.apps.getRepoInstallation(SHOP);
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: installation.id });
  const throttle = { enabled: false };
  await act(new Octokit({ auth: data.token, baseUrl: `${stage.url}/api/v3`, throttle, retry: throttle }));
}

const writes = async () => (await stage.calls()).filter(({ what }) => what === 'Apply').length;
const bodies = async (number: number) => (await marked(alice(), number, SWEEP)).map(({ body }) => body);
const duties = async (key: string) => {
  const all = await alice().paginate(alice().rest.issues.listForRepo, { ...SHOP, state: 'all', per_page: 100 });
  return all.filter(({ body }) => body?.includes(`<!-- playcaller:duty ${key} -->`));
};

describe('the tracker (W2)', () => {
  it('is made once and pinned once, with one comment a day; the same facts write nothing', async () => {
    await sweep();
    const number = await tracker();
    expect(await isPinned(number)).toBe(true);
    expect(await bodies(number)).toHaveLength(1);
    await stage.forget();
    await sweep();
    expect(await bodies(number)).toHaveLength(1);
    // The thanks for the command is the only write.
    expect(await writes()).toBe(1);
  });

  it('the pin taken off stays off', async () => {
    const number = await tracker();
    const [{ id } = { id: '' }] = await trackers();
    await graphql(`mutation { unpinIssue(input: { issueId: "${id}" }) { clientMutationId } }`);
    await sweep();
    expect(await isPinned(number)).toBe(false);
  });

  it('closed: opened again; without its label: still the tracker', async () => {
    const number = await tracker();
    await alice().rest.issues.update({ ...SHOP, issue_number: number, state: 'closed' });
    await alice().rest.issues.removeAllLabels({ ...SHOP, issue_number: number });
    await stage.settled();
    await sweep();
    expect((await alice().rest.issues.get({ ...SHOP, issue_number: number })).data.state).toBe('open');
    expect(await trackers()).toEqual([]);
    await label(alice(), number, 'playcaller');
    expect(await tracker()).toBe(number);
  });

  it('locked: the board goes on and says so, nothing is tried that GitHub refuses', async () => {
    const number = await tracker();
    const [{ id } = { id: 0 }] = await marked(alice(), number, SWEEP);
    await alice().rest.issues.deleteComment({ ...SHOP, comment_id: id });
    await alice().rest.issues.lock({ ...SHOP, issue_number: number });
    await stage.settled();
    await sweep();
    expect(await bodies(number)).toEqual([]);
    expect((await trackers())[0]?.body).toContain('locked');
    await stage.forget();
    await sweep();
    expect(await writes()).toBe(1);
    await alice().rest.issues.unlock({ ...SHOP, issue_number: number });
    await stage.settled();
    await sweep();
    expect(await bodies(number)).toHaveLength(1);
    expect((await trackers())[0]?.body).not.toContain('locked');
    expect(await stage.app.parked()).toBe(0);
  });

  it('given to another repository, or deleted: made anew here, and the cycle goes on', async () => {
    const before = (await bodies(await tracker()))[0]?.split('\n')[1];
    await alice().rest.repos.createInOrg({ org: 'acme', name: 'attic' });
    await stage.settled();
    const attic = await alice().graphql<{ repository: { id: string } }>('{ repository(owner: "acme", name: "attic") { id } }');
    const [{ id } = { id: '' }] = await trackers();
    await graphql(
      `mutation { transferIssue(input: { issueId: "${id}", repositoryId: "${attic.repository.id}" }) { clientMutationId } }`,
    );
    await stage.settled();
    await sweep();
    const second = await tracker();
    expect((await bodies(second))[0]?.split('\n')[1]).toBe(before);
    const [{ id: own } = { id: '' }] = await trackers();
    await graphql(`mutation { deleteIssue(input: { issueId: "${own}" }) { clientMutationId } }`);
    await stage.settled();
    await sweep();
    expect(await tracker()).toBeGreaterThan(second);
    expect(await stage.app.parked()).toBe(0);
  });

  it('three are pinned already: the sweep comes all the same', async () => {
    const [{ id } = { id: '' }] = await trackers();
    await graphql(`mutation { deleteIssue(input: { issueId: "${id}" }) { clientMutationId } }`);
    const others = await openIssues(alice(), ['Read me first', 'Our manners', 'The road ahead']);
    for (const number of others) {
      const { data } = await alice().rest.issues.get({ ...SHOP, issue_number: number });
      await graphql(`mutation { pinIssue(input: { issueId: "${data.node_id}" }) { clientMutationId } }`);
    }
    await stage.settled();
    await sweep();
    const number = await tracker();
    expect(await isPinned(number)).toBe(false);
    expect(await bodies(number)).toHaveLength(1);
    await stage.forget();
    await sweep();
    expect(await writes()).toBe(1);
    expect(await stage.app.parked()).toBe(0);
  });
});

describe('propose and act (W5, W6, W7)', () => {
  let first = 0;
  let second = 0;
  let third = 0;
  let spare = 0;

  it('"propose": nothing is written but the board and its comment', async () => {
    await configure('capacity: 2\nreserve: 0\n');
    first = await waiting('Hash the session cookies', 'active', 'category:security');
    second = await waiting('Tell the stock of both shops apart', 'active', 'category:data-integrity');
    third = await waiting('Speak Dutch', 'active', 'category:ux', 'documentation');
    spare = await waiting('Draw the graph of parts', 'reserve', 'category:graph');
    await label(alice(), desk, 'incident');
    await stage.settled();
    await sweep();
    for (const [number, list] of [
      [first, 'active'],
      [second, 'active'],
      [third, 'active'],
      [spare, 'reserve'],
    ] as const) {
      expect(await labelsOf(alice(), number)).toContain(`backlog:${list}`);
      expect(await cardOf(alice(), number)).toBe('');
    }
    expect(await duties(`hardening:#${desk}`)).toEqual([]);
    const [comment = ''] = await bodies(await tracker());
    expect(comment).toContain(`#${first}`);
  });

  it('"act": starts within capacity, once, through the front door', async () => {
    await configure('capacity: 2\nreserve: 0\nsweep:\n  act:\n    start: act\n');
    await stage.forget();
    await sweep();
    const started = [first, second, third];
    const states = await Promise.all(started.map((number) => labelsOf(alice(), number)));
    expect(states.filter((labels) => labels.includes('state:active'))).toHaveLength(2);
    expect(states.filter((labels) => labels.includes('backlog:active'))).toHaveLength(1);
    expect(await numbersWith(alice(), 'state:planned')).toEqual([]);
    expect(await cardOf(alice(), first)).toContain('Playcaller: planned');
    expect(await cardOf(alice(), second)).toContain('Playcaller: planned');
    const cards = await Promise.all(started.map((number) => marked(alice(), number, '<!-- playcaller:card -->')));
    expect(cards.map((found) => found.length)).toEqual([1, 1, 0]);
    await sweep();
    await sweep();
    expect(await labelsOf(alice(), third)).toEqual(['backlog:active', 'category:ux', 'documentation']);
    expect(await labelsOf(alice(), spare)).toContain('backlog:reserve');
  });

  it('a slot comes free: the next sweep starts what waits, by the playbook that its labels say', async () => {
    await alice().rest.issues.update({ ...SHOP, issue_number: first, state: 'closed', state_reason: 'not_planned' });
    await stage.settled();
    await sweep();
    expect(await labelsOf(alice(), third)).toEqual(['category:ux', 'documentation', 'session:documentation', 'state:active']);
  });

  it('duties: opened once with key and labels, however often the day is swept, also when somebody deletes it', async () => {
    await configure('capacity: 5\nreserve: 0\nsweep:\n  act:\n    hardening: act\n');
    await sweep();
    await sweep();
    const [issue, ...others] = await duties(`hardening:#${desk}`);
    expect(others).toEqual([]);
    expect(issue?.labels).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'session:bug-fix' })]));
    expect(await labelsOf(alice(), issue?.number ?? 0)).toContain('state:active');
    await graphql(`mutation { deleteIssue(input: { issueId: "${issue?.node_id}" }) { clientMutationId } }`);
    await stage.settled();
    await sweep();
    expect(await duties(`hardening:#${desk}`)).toEqual([]);
  });

  it('killed between the issue and its memory: found again, not opened twice', async () => {
    const [raised = 0] = await openIssues(alice(), ['Prices were shown in cents']);
    await stage.faults({ match: '#Apply$', dropAfterWrite: true, times: 1 });
    await label(alice(), raised, 'incident');
    await stage.settled();
    await stage.mended();
    await sweep();
    expect(await duties(`hardening:#${raised}`)).toHaveLength(1);
    expect(await stage.app.parked()).toBe(0);
  });
});

describe('when a sweep comes by itself (W1)', () => {
  it('after an incident at once; on a full board once an hour', async () => {
    await configure('capacity: 1\nreserve: 0\n');
    const number = await tracker();
    await stage.forget();
    const [raised = 0] = await openIssues(alice(), ['The shop window is empty']);
    await label(alice(), raised, 'incident');
    await stage.settled();
    expect((await stage.calls()).filter(({ what }) => what === 'Board')).toHaveLength(1);
    expect((await bodies(number))[0]).toMatch(new RegExp(`Harden what incident #\\S*;${raised} showed`));
    await stage.forget();
    for (const title of ['Sort by price', 'Wrap as a gift', 'Pay by invoice']) await session(title);
    expect((await stage.calls()).filter(({ what }) => what === 'Board')).toEqual([]);
    expect(await stage.app.parked()).toBe(0);
  });
});

describe('healing what was missed (W1)', () => {
  it('the app was down: closed, unlabelled, card deleted, ticked, merged, given away: all as it should be', async () => {
    await configure('capacity: 20\nreserve: 0\n');
    await sweep();
    const names = [
      'Closed meanwhile',
      'Bare of labels',
      'Lost its card',
      'Got a tick',
      'Went to another place',
      'Merged by night',
    ];
    const numbers: number[] = [];
    for (const name of names) numbers.push(await session(name));
    const [closed = 0, bare = 0, cardless = 0, ticked = 0, given = 0, merged = 0] = numbers;
    const pull = await openPull(alice(), {
      branch: 'fix/night',
      path: 'src/night.test.ts',
      content: 'test("night", () => {});\n',
      title: 'fix(shop): count the nights',
      body: GOOD_BODY(merged),
    });
    await stage.settled();
    const [card] = await marked(alice(), cardless, '<!-- playcaller:card -->');
    const [playbook] = await marked(alice(), ticked, PLAYBOOK);
    const { data: gift } = await alice().rest.issues.get({ ...SHOP, issue_number: given });
    await stage.app.kill();

    await alice().rest.issues.update({ ...SHOP, issue_number: closed, state: 'closed' });
    await alice().rest.issues.removeLabel({ ...SHOP, issue_number: bare, name: 'state:active' });
    await alice().rest.issues.deleteComment({ ...SHOP, comment_id: card?.id ?? 0 });
    const [step = ''] = await tickNext(alice(), playbook?.id ?? 0);
    await graphql(`mutation { deleteIssue(input: { issueId: "${gift.node_id}" }) { clientMutationId } }`);
    await alice().rest.pulls.merge({ ...SHOP, pull_number: pull, merge_method: 'squash' });
    await fetch(`${stage.url}/_sandbox/idle`);
    await stage.app.start();
    await sweep();

    expect(await labelsOf(alice(), closed)).toContain('state:abandoned');
    expect(await labelsOf(alice(), bare)).toContain('state:active');
    expect(await marked(alice(), cardless, '<!-- playcaller:card -->')).toHaveLength(1);
    expect(step).not.toBe('');
    expect(await cardOf(alice(), ticked)).toMatch(/1 of \d+/);
    expect(await labelsOf(alice(), merged)).toContain('state:completed');
    expect((await commentsOf(alice(), merged)).filter(({ body }) => body.startsWith('<!-- playcaller:record -->'))).toHaveLength(
      1,
    );
    expect(await stage.app.parked()).toBe(0);
  });

  it('a check that hangs though its verdict is known is finished', async () => {
    const pull = await openPull(alice(), {
      branch: 'topic/hangs',
      path: 'src/hangs.ts',
      content: 'export const hangs = 1;\n',
      title: 'fix(shop): nothing hangs',
      body: 'No words.',
    });
    await stage.settled();
    const sha = await headOf(alice(), pull);
    const run = await readiness(alice(), sha);
    expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' });
    await asApp(async (own) => {
      await own.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...SHOP,
        check_run_id: run?.id ?? 0,
        status: 'in_progress',
      });
    });
    await stage.settled();
    expect(await readiness(alice(), sha)).toMatchObject({ status: 'in_progress' });
    await sweep();
    expect(await readiness(alice(), sha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });
});
