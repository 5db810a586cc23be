/** Stories of the lifecycle commands, played through GitHub's REST paths against the running app (L2, L3, L8, L9, L11, L13, L14, P4). */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { branches, cardOf, commentsOf, labelsOf, marked, PLAYBOOK, rowOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const alice = () => stage.people.alice;
const bots = async (number: number) => (await commentsOf(alice(), number)).filter(({ login }) => login === 'playcaller[bot]');
const lastOf = async (number: number) => (await bots(number)).at(-1)?.body ?? '';

async function issue(title: string, body = ''): Promise<number> {
  return (await alice().rest.issues.create({ ...SHOP, title, body })).data.number;
}

async function say(number: number, body: string, as: Octokit = alice()): Promise<void> {
  await as.rest.issues.createComment({ ...SHOP, issue_number: number, body });
  await stage.settled();
}

async function session(title: string, type = 'bug-fix', body = ''): Promise<number> {
  const number = await issue(title, body);
  await label(alice(), number, `session:${type}`);
  await stage.settled();
  return number;
}

describe('/session start (L1, L3)', () => {
  it('puts the start label on and starts; without a type it says which there are', async () => {
    const number = await issue('Started by command');
    await say(number, '/session start');
    expect(await lastOf(number)).toContain('`bug-fix`');
    await say(number, '/session start bugfix');
    expect(await lastOf(number)).toContain('Did you mean `bug-fix`');
    await stage.forget();
    await say(number, '/session start bug-fix', stage.carol);
    expect(await labelsOf(alice(), number)).toEqual(['session:bug-fix', 'state:active']);
    expect((await stage.calls()).filter(({ what }) => what === 'Subject')).toHaveLength(1);
    expect(await cardOf(alice(), number)).toContain('carol: planned');
  });

  it('without permission nothing happens', async () => {
    const number = await issue('Not yours');
    await say(number, '/session start bug-fix', stage.dave);
    expect(await labelsOf(alice(), number)).toEqual([]);
    expect(await lastOf(number)).toContain('needs triage');
  });

  it('the same work: stays planned, says once which and how to confirm, starts after --anyway', async () => {
    const first = await session('Checkout forgets the coupon of a guest');
    const second = await session('Checkout forgets the coupon of a guest!');
    expect(await labelsOf(alice(), second)).toEqual(['session:bug-fix', 'state:planned']);
    const said = (await bots(second)).filter(({ body }) => body.includes('--anyway') && body.includes('playcaller:reply'));
    expect(said).toHaveLength(1);
    expect(said[0]?.body).toContain(`#${first}, active`);
    expect(rowOf(await cardOf(alice(), second), /Queue/)[1]).toContain(`similar to #${first}`);
    await label(alice(), second, 'category:ux');
    await stage.settled();
    await label(stage.people.bob, second, 'state:active');
    await stage.settled();
    expect(await labelsOf(alice(), second)).toContain('state:planned');
    expect(await lastOf(second)).toContain('Comment `/session start --anyway`');
    await say(second, '/session start --anyway');
    expect(await labelsOf(alice(), second)).toContain('state:active');
    expect((await bots(second)).filter(({ body }) => body.includes('on its way already'))).toHaveLength(1);
  });

  it('the same work given up: what it held starts by itself', async () => {
    const first = await session('The newsletter goes out twice on Mondays');
    const second = await session('The newsletter goes out twice on Mondays');
    expect(await labelsOf(alice(), second)).toContain('state:planned');
    await say(first, '/session abandon the other one has more detail');
    expect(await labelsOf(alice(), second)).toContain('state:active');
  });

  it('sixteen issues that differ by a number all start', async () => {
    const titles = Array.from({ length: 4 }, (_, at) => `Broken link in the footer of the long customer page ${at + 7}`);
    const numbers = await openIssues(alice(), titles);
    await Promise.all(numbers.map((number) => label(alice(), number, 'session:documentation')));
    await stage.settled();
    for (const number of numbers) {
      expect(await labelsOf(alice(), number)).toContain('state:active');
      await say(number, '/session abandon only a test of titles');
    }
  });

  it('an open pull request that closes the issue holds it too', async () => {
    const number = await issue('Prices lose their cents');
    const pull = await openPull(stage.people.bob, {
      branch: 'cents',
      path: 'cents.md',
      content: 'x',
      title: 'fix: keep the cents',
      body: `Closes #${number}`,
    });
    await stage.settled();
    await label(alice(), number, 'session:bug-fix');
    await stage.settled();
    expect(await labelsOf(alice(), number)).toContain('state:planned');
    expect(await cardOf(alice(), number)).toContain(`similar to pull request #${pull}`);
    await stage.people.bob.rest.pulls.update({ ...SHOP, pull_number: pull, state: 'closed' });
    await stage.settled();
    expect(await labelsOf(alice(), number)).toContain('state:active');
  });
});

describe('worklog, next action, plan (L9)', () => {
  it('log, next and plan; user text without effect', async () => {
    const number = await session('Log book');
    await say(number, '/session log tried a cache; it was **slower** @acme/team Fixes #1 \u202Ebackwards\u200B');
    const card = await cardOf(alice(), number);
    expect(card).toContain('tried a cache');
    expect(card).not.toMatch(/@acme\/team|Fixes #1|\u202E/);
    await say(number, '/session log \u200B');
    expect(await lastOf(number)).toContain('what happened; failures belong there');
    await say(number, '/session next ask Bob for the export');
    expect(await cardOf(alice(), number)).toContain('**Next:** ask Bob for the export');
    await say(number, '/session next --clear');
    expect(await cardOf(alice(), number)).not.toContain('**Next:** ask Bob');
    await say(number, '/session next');
    expect(await lastOf(number)).toContain('**Next:** ');
    await say(number, '/session plan');
    expect(await lastOf(number)).toMatch(/What is open, in order \(\d+\)/);
  });

  it('on the pull request that serves the session, the session is meant', async () => {
    const number = await session('Spoken from afar');
    const pull = await openPull(alice(), {
      branch: 'afar',
      path: 'afar.md',
      content: 'x',
      title: 'fix: from afar',
      body: `Closes #${number}`,
    });
    await stage.settled();
    await say(pull, '/session log seen on the pull request');
    expect(await cardOf(alice(), number)).toContain('seen on the pull request');
    await say(pull, '/session abandon wrong place');
    expect(await lastOf(pull)).toContain(`The session is on #${number}`);
  });
});

describe('/session accept (L8)', () => {
  it('a criterion is ticked in the playbook comment; open, it keeps the session open', async () => {
    const number = await session('Criteria by command', 'quality-audit', '## Acceptance criteria\n\n- [x] the first\n');
    await say(number, '/session accept');
    expect(await lastOf(number)).toContain('what must be true');
    await say(number, '/session accept a cart of 500 items opens @alice');
    const [playbook] = await marked(alice(), number, PLAYBOOK);
    expect(playbook?.body).toMatch(/### Acceptance criteria\n\n- \[ \] a cart of 500 items opens .*<!-- step:accept-1 -->/);
    expect(await cardOf(alice(), number)).toContain('**Acceptance criteria:** 1 of 2 met');
    await say(number, '/session accept A cart of 500 items opens @alice');
    expect(await lastOf(number)).toContain('`accept-1`');
    await say(number, '/session no-code the report is in the wiki');
    expect(await labelsOf(alice(), number)).toContain('state:active');
    expect(await lastOf(number)).toContain('still open');
    const body = (playbook?.body ?? '').replace(/- \[ \](.*step:accept-1)/, '- [x]$1');
    await alice().rest.issues.updateComment({ ...SHOP, comment_id: playbook?.id ?? 0, body });
    await stage.settled();
    expect(await cardOf(alice(), number)).toContain('**Acceptance criteria:** 2 of 2 met');
    await say(number, '/session no-code the report is in the wiki');
    expect(await labelsOf(alice(), number)).toContain('state:completed');
  });

  it('ticks stay when a criterion comes', async () => {
    const number = await session('Ticks stay put');
    const [before] = await marked(alice(), number, PLAYBOOK);
    await tickNext(alice(), before?.id ?? 0, 3);
    await stage.settled();
    await say(number, '/session accept one more thing\n/session accept and another');
    const [after] = await marked(alice(), number, PLAYBOOK);
    expect(after?.body.match(/- \[x\]/g)).toHaveLength(3);
    expect(after?.body).toContain('step:accept-2');
  });
});

describe('/session block and unblock', () => {
  it('why, since when and on whom stand on the card; the label comes and goes', async () => {
    const number = await session('Stuck');
    await say(number, '/session block');
    expect(await lastOf(number)).toContain('what blocks it');
    await say(number, '/session block the price service answers 500 on #12');
    expect(await labelsOf(alice(), number)).toEqual(['blocked', 'session:bug-fix', 'state:active']);
    expect(rowOf(await cardOf(alice(), number), /^\| Blocked/)[1]).toMatch(/500 · since \d{4}-\d\d-\d\d · on #12/);
    await say(number, '/session unblock');
    expect(await labelsOf(alice(), number)).toEqual(['session:bug-fix', 'state:active']);
    await say(number, '/session block needs the contract on owner');
    expect(await cardOf(alice(), number)).toContain('on acme');
    await alice().rest.issues.removeLabel({ ...SHOP, issue_number: number, name: 'blocked' });
    await stage.settled();
    expect(await labelsOf(alice(), number)).toEqual(['session:bug-fix', 'state:active']);
    expect(await cardOf(alice(), number)).toContain('no longer blocked, by label');
    await say(number, '/session unblock');
    expect(await lastOf(number)).toContain('Nothing blocks this session');
  });
});

describe('/session abandon (L13, L2)', () => {
  it('asks for a reason, keeps it, and can be taken up again', async () => {
    const number = await session('Given up');
    await say(number, '/session abandon');
    expect(await lastOf(number)).toContain('why it is given up');
    await say(number, '/session abandon the vendor does this for us', stage.carol);
    expect(await labelsOf(alice(), number)).toEqual(['session:bug-fix', 'state:abandoned']);
    expect(await cardOf(alice(), number)).toContain('abandoned: the vendor does this for us');
    await say(number, '/session abandon really');
    expect(await lastOf(number)).toContain('abandoned already');
    await say(number, '/session log too late?');
    await label(stage.people.bob, number, 'state:active');
    await stage.settled();
    expect(await lastOf(number)).toContain('Set it to planned first');
    await say(number, '/session start');
    expect(await labelsOf(alice(), number)).toEqual(['session:bug-fix', 'state:active']);
  });

  it('by label: asked for the reason, which then goes into the worklog', async () => {
    const number = await session('Given up in silence');
    await label(stage.people.bob, number, 'state:abandoned');
    await stage.settled();
    expect(await lastOf(number)).toContain('/session abandon <why>');
    await say(number, '/session abandon nobody uses it');
    expect(await cardOf(alice(), number)).toContain('given up because: nobody uses it');
  });
});

describe('/session persona (L11)', () => {
  it('posts the questions once; an unknown name gets the list; deleted ones come back when asked for', async () => {
    const number = await session('Looked at from three sides', 'feature');
    await say(number, '/session persona dora');
    expect(await lastOf(number)).toMatch(/There are `argo`, `dana`, `oscar`/);
    await say(number, '/session persona Dana');
    const role = '<!-- playcaller:persona dana -->';
    const [posted] = await marked(alice(), number, role);
    expect(posted?.body.match(/- \[ \] /g)?.length).toBeGreaterThanOrEqual(6);
    await say(number, '/session persona dana');
    expect(await marked(alice(), number, role)).toHaveLength(1);
    await alice().rest.issues.deleteComment({ ...SHOP, comment_id: posted?.id ?? 0 });
    await stage.settled();
    expect(await marked(alice(), number, role)).toHaveLength(0);
    await say(number, '/session persona dana');
    expect(await marked(alice(), number, role)).toHaveLength(1);
  });

  it("a repository's own persona, and a broken one", async () => {
    const file = 'name: sue\ntitle: Sue\nlens: security\nquestions:\n  - Who may call this?\n';
    await commit(alice(), 'main', '.github/personas/sue.yml', file);
    await commit(alice(), 'main', '.github/personas/bad.yml', 'name: Bad Name\n');
    const number = await session('Asked by Sue');
    await say(number, '/session persona sue');
    expect((await marked(alice(), number, '<!-- playcaller:persona sue -->'))[0]?.body).toContain('Who may call this?');
    await say(number, '/session persona bad');
    expect(await lastOf(number)).toContain('`sue`');
  });
});

describe('scope (P4)', () => {
  it('is asked for before work begins, and shown once it is written', async () => {
    const number = await session('A new thing', 'feature');
    expect(await cardOf(alice(), number)).toContain('`Smallest useful version: …`');
    const body = 'Problem: guests lose their cart\nUser: guests\nSmallest useful version: keep it a day @alice';
    await alice().rest.issues.update({ ...SHOP, issue_number: number, body });
    await stage.settled();
    const card = await cardOf(alice(), number);
    expect(card).toContain('- Problem: guests lose their cart');
    expect(card).not.toContain('to write before work begins');
    expect(card).not.toMatch(/@alice/);
  });
});

describe('plan.approval (L9)', () => {
  it('a session stays planned until someone with write access approves', async () => {
    await commit(alice(), 'main', '.github/playcaller.yml', 'plan:\n  approval: true\n');
    const number = await session('Wants a word first');
    expect(await labelsOf(alice(), number)).toContain('state:planned');
    expect(await cardOf(alice(), number)).toContain('/session approve');
    expect(Object.keys(await branches(alice(), 'session/')).some((name) => name.includes('wants-a-word'))).toBe(false);
    await say(number, '/session approve', stage.carol);
    expect(await lastOf(number)).toContain('needs write');
    await say(number, '/session approve', stage.people.bob);
    expect(await labelsOf(alice(), number)).toContain('state:active');
    await say(number, '/session approve', stage.people.bob);
    expect(await lastOf(number)).toContain('needs no approval');
  });
});
