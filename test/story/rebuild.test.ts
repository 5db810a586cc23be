/** An emptied ledger made again from GitHub alone: the same cards, playbooks and labels, byte for byte. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { CARD, cardOf, commentsOf, labelsOf, marked, numbersWith, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { emptyData, everything, rebuild } from './rebuild-process.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let numbers: number[] = [];
const say = (number: number, body: string) =>
  stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: number, body });

/** Eight slots, one of them reserved: the last two wait. */
async function play(): Promise<void> {
  const { alice } = stage.people;
  await commit(alice, 'main', '.github/playcaller.yml', 'version: 1\ncapacity: 8\nreserve: 1\n');
  await stage.settled();
  const titles = [
    'Cart total is wrong',
    'Search is slow',
    'An audit',
    'Changed my mind',
    'Übersetzung <b>--></b> @acme',
    'Waits',
    'Waits too',
  ];
  numbers = await openIssues(alice, titles);
  const [cart = 0, search = 0, audit = 0, given = 0, odd = 0, ...waiting] = numbers;
  await alice.rest.issues.update({
    ...SHOP,
    issue_number: odd,
    body: '## Acceptance criteria\n\n- [x] Größe\n- [ ] <!-- --> `x`',
  });
  await label(alice, cart, 'session:bug-fix', 'category:golden-path');
  await stage.settled();
  await label(alice, search, 'session:feature');
  await stage.settled();
  await label(alice, audit, 'session:quality-audit');
  await stage.settled();
  await label(alice, given, 'session:bug-fix');
  await stage.settled();
  const [cartBook] = await marked(alice, cart, PLAYBOOK);
  const [searchBook] = await marked(alice, search, PLAYBOOK);
  await tickNext(alice, cartBook?.id ?? 0, 3);
  await tickNext(alice, searchBook?.id ?? 0, 1);
  await stage.settled();
  const pull = await openPull(alice, {
    branch: 'cart',
    path: 'docs/cart.md',
    content: '1',
    title: 'fix: count each item once',
    body: GOOD_BODY(cart),
  });
  const other = await openPull(alice, {
    branch: 'search',
    path: 'docs/search.md',
    content: '1',
    title: 'feat: index titles',
    body: GOOD_BODY(search).replace('## Root cause', '## Notes'),
  });
  await stage.settled();
  await alice.rest.pulls.merge({ ...SHOP, pull_number: other, merge_method: 'squash' });
  await stage.settled();
  await say(
    audit,
    '/session gap\nCurrent: none -- at all\nGap: <!-- no --> tests\nRisk: wrong totals\nImpact: high\nMitigation: write them\nOwner: bob\nPriority: P2\nEffort: 2',
  );
  await say(audit, '/session complete --no-code the report is in the wiki, see @acme/team');
  await alice.rest.issues.update({ ...SHOP, issue_number: given, state: 'closed', state_reason: 'not_planned' });
  await stage.settled();
  for (const [at, number] of [odd, ...waiting].entries()) {
    await label(alice, number, at === 0 ? 'session:documentation' : 'session:refactoring');
    await stage.settled();
  }
  const onPull = await openPull(alice, { branch: 'by-hand', path: 'docs/x.md', content: '1', title: 'docs: by hand', body: 'x' });
  await label(alice, onPull, 'session:documentation');
  await stage.settled();
  const [parent = 0] = await openIssues(alice, ['A parent']);
  await label(alice, parent, 'session:idea-generation');
  await stage.settled();
  await say(parent, '/session sub A smaller part');
  await say(parent, '/session idea Carts that fill themselves i=9 c=9 e=7\n/session persona dana\n/session log all -- of @acme');
  await stage.settled();
  const more = await openIssues(alice, ['One more', 'And one']);
  numbers.push(...more, pull, other, onPull, parent, parent + 1);
  for (const number of more) {
    await label(alice, number, 'session:performance');
    await stage.settled();
  }
  await say(cart, '/session sweep');
  await stage.settled();
}

async function lose(): Promise<void> {
  await stage.settled();
  await stage.app.kill();
  emptyData(stage);
}

describe('an emptied ledger', () => {
  beforeAll(async () => {
    stage = await setStage();
    await play();
  });
  afterAll(() => stage.close());

  it('is made again: every card, playbook, label and reply is byte for byte what it was', async () => {
    const { alice } = stage.people;
    const before = await everything(alice, numbers);
    const states = await Promise.all(numbers.map((number) => labelsOf(alice, number)));
    for (const state of ['planned', 'active', 'completed', 'abandoned']) {
      expect(
        states.flat().some((name) => name === `state:${state}`),
        state,
      ).toBe(true);
    }
    await lose();
    const dry = await rebuild(stage.app.settings.env, 'acme/shop', '--dry-run');
    expect(dry.err).toBe('');
    expect(dry.out).toContain('nothing was written');
    const ran = await rebuild(stage.app.settings.env, 'acme/shop');
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('12 sessions found (2 planned, 7 active, 2 completed, 1 abandoned)');
    expect(ran.out).not.toContain('without a readable card');
    await stage.app.start();
    await stage.settled();
    expect(await everything(alice, numbers)).toEqual(before);
  });

  it('and goes on: a tick is counted, once', async () => {
    const { alice } = stage.people;
    const [cart = 0] = numbers;
    const [book] = await marked(alice, cart, PLAYBOOK);
    await tickNext(alice, book?.id ?? 0);
    await stage.settled();
    expect(await cardOf(alice, cart)).toMatch(/\*\*Progress:\*\* 4 of 17/);
    expect((await cardOf(alice, cart)).match(/steps? done/g)?.length).toBeGreaterThan(1);
  });

  it('knows its tracker and the sweep of today: another one edits the same comment', async () => {
    const { alice } = stage.people;
    const [tracker = 0, ...others] = await numbersWith(alice, 'playcaller');
    await say(numbers[0] ?? 0, '/session sweep');
    await stage.settled();
    expect(others).toEqual([]);
    const sweeps = await commentsOf(alice, tracker);
    expect(sweeps.map(({ body }) => /· cycle (\d+)$/m.exec(body)?.[1])).toEqual(['1']);
    expect(await numbersWith(alice, 'playcaller')).toEqual([tracker]);
  });

  it('knows better than the cards: a second rebuild keeps everything', async () => {
    const ran = await rebuild(stage.app.settings.env, 'acme/shop');
    expect(ran.out).toContain('written: 0');
    expect(ran.out).toContain('kept, because the ledger knows as much or more');
  });

  it('does not do commands again when their comments are edited afterwards', async () => {
    const { alice } = stage.people;
    const [, , audit = 0] = numbers;
    const before = await everything(alice, [audit]);
    const command = (await commentsOf(alice, audit)).find(({ body }) => body.startsWith('/session gap'));
    await alice.rest.issues.updateComment({ ...SHOP, comment_id: command?.id ?? 0, body: `${command?.body}\n\nThanks!` });
    await stage.settled();
    expect(await everything(alice, [audit])).toEqual(before);
  });
});

describe('cards that were changed by hand, or deleted, while nobody watched', () => {
  beforeAll(async () => {
    stage = await setStage();
    await play();
  });
  afterAll(() => stage.close());

  it('their sessions come back from labels, checklist, branch and commands; the cards are mended', async () => {
    const { alice } = stage.people;
    const [cart = 0, search = 0, audit = 0, given = 0, odd = 0] = numbers;
    const before = await everything(alice, numbers);
    const labelsBefore = await Promise.all(numbers.map((number) => labelsOf(alice, number)));
    const cards = new Map<number, string>();
    for (const number of [cart, search, audit, given]) cards.set(number, await cardOf(alice, number));
    await lose();
    const edit = async (number: number, change: (body: string) => string) => {
      const [card] = await marked(alice, number, CARD);
      await alice.rest.issues.updateComment({ ...SHOP, comment_id: card?.id ?? 0, body: change(card?.body ?? '') });
    };
    await edit(cart, (body) => body.replace('playcaller:state {', 'playcaller:state {{').replace('3 of 17', '17 of 17'));
    await edit(audit, (body) => body.replace(/<!-- playcaller:state .*/, ''));
    // What somebody else wrote is not believed, however well it is written.
    await edit(given, (body) => body.replace('"state":"abandoned"', '"state":"active"'));
    const [gone] = await marked(alice, search, CARD);
    await alice.rest.issues.deleteComment({ ...SHOP, comment_id: gone?.id ?? 0 });

    const ran = await rebuild(stage.app.settings.env, 'acme/shop');
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain(
      `without a readable card, put together from labels, checklist and commands: #${cart} #${search} #${audit} #${given}`,
    );
    await stage.app.start();
    await stage.settled();

    expect(await Promise.all(numbers.map((number) => labelsOf(alice, number)))).toEqual(labelsBefore);
    const after = await everything(alice, numbers);
    for (const number of numbers.filter((each) => each !== cart && each !== search && each !== audit && each !== given)) {
      expect(after[`#${number}`]).toEqual(before[`#${number}`]);
    }
    for (const [number, card] of cards) {
      const mended = await cardOf(alice, number);
      expect(mended.slice(0, mended.indexOf('<details>'))).toBe(card.slice(0, card.indexOf('<details>')));
      expect(mended).toContain('restored without its card');
      expect(await marked(alice, number, PLAYBOOK)).toHaveLength(1);
    }
    expect(await marked(alice, search, '<!-- playcaller:record -->')).toHaveLength(1);
    expect(await cardOf(alice, audit)).toContain('wrong totals');
    expect(await cardOf(alice, odd)).toContain('Größe');
    const [book] = await marked(alice, cart, PLAYBOOK);
    await tickNext(alice, book?.id ?? 0);
    await stage.settled();
    expect(await cardOf(alice, cart)).toMatch(/\*\*Progress:\*\* 4 of 17/);
  });
});

describe('where it cannot', () => {
  it('says why: wrong use, a faulty environment, a repository where the app is not installed', async () => {
    stage = await setStage();
    const { env } = stage.app.settings;
    expect(await rebuild(env)).toMatchObject({ code: 2, err: expect.stringContaining('owner/name') });
    expect(await rebuild(env, 'acme/shop', '--all')).toMatchObject({ code: 2 });
    expect(await rebuild({ ...env, APP_ID: 'x' }, 'acme/shop')).toMatchObject({
      code: 2,
      err: expect.stringContaining('APP_ID'),
    });
    const absent = await rebuild(env, 'acme/nothing');
    expect(absent).toMatchObject({ code: 1, err: expect.stringContaining('not installed') });
    expect(absent.err).not.toContain('    at ');
    await stage.close();
  });
});
