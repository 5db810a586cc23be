/** Stories of failures and recoveries (B6), played through GitHub's REST paths against the running app. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, labelsOf, marked } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const RECOVERY = '<!-- playcaller:recovery -->';

async function say(number: number, ...lines: string[]): Promise<void> {
  await stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: number, body: lines.join('\n') });
  await stage.settled();
}
const done = (number: number) => say(number, '/session complete --no-code nothing to merge here');
const states = async (...numbers: number[]) =>
  Promise.all(
    numbers.map(async (number) => {
      const state = (await labelsOf(stage.people.alice, number)).filter((name) => name.startsWith('state:'));
      return state.join().replace('state:', '');
    }),
  );
const card = (number: number) => cardOf(stage.people.alice, number);
async function one(number: number, marker: string): Promise<string> {
  const found = await marked(stage.people.alice, number, marker);
  expect(found).toHaveLength(1);
  return found[0]?.body ?? '';
}
const lastReply = async (number: number) =>
  (await marked(stage.people.alice, number, '<!-- playcaller:reply')).at(-1)?.body ?? '';

/** A parent and its sub-issues, each with the places of those that it needs. */
async function phase(title: string, parts: [title: string, ...needs: number[]][]): Promise<number[]> {
  const { alice } = stage.people;
  const [parent = 0, ...subs] = await openIssues(alice, [title, ...parts.map(([part]) => part)]);
  for (const [at, [part, ...needs]] of parts.entries()) {
    const issue_number = subs[at] ?? 0;
    const links = needs.map((need) => `Depends on #${subs[need - 1]}`);
    const body = [`Build it: ${part}.`, 'Estimate: 2h', ...links].join('\n');
    const { data } = await alice.rest.issues.update({ ...SHOP, issue_number, body });
    await alice.rest.issues.addSubIssue({ ...SHOP, issue_number: parent, sub_issue_id: data.id });
  }
  await stage.settled();
  return [parent, ...subs];
}

describe('a phase of four batches, one session of which fails in the third', () => {
  let n: number[] = [];
  beforeAll(async () => {
    n = await phase('Orders, from the table to the page', [
      ['Tables of orders'],
      ['Structured log lines'],
      ['Store orders', 1],
      ['Rules of an order', 1, 2],
      ['Endpoints of orders', 3],
      ['Page of an order', 4],
      ['Load test of it all', 5, 6],
    ]);
    const [parent = 0, tables = 0, logs = 0, store = 0, rules = 0] = n;
    await say(parent, '/session plan run');
    for (const sub of [tables, logs, store, rules]) await done(sub);
  });

  it('fails: active, shown as failed on its card and in the plan; nothing after it begins', async () => {
    const [parent = 0, , , , , endpoints = 0, page = 0, load = 0] = n;
    expect(await states(endpoints, page, load)).toEqual(['active', 'active', '']);
    await say(endpoints, '/session fail kind=syntax orders.ts does not parse', '```', 'orders.ts:41 @mallory', '```');
    expect(await states(endpoints, page, load)).toEqual(['active', 'active', '']);
    expect(await card(endpoints)).toContain('❌ failed');
    expect(await card(endpoints)).toContain('**Next:** Comment `/session recover`');
    expect(await one(parent, '<!-- playcaller:plan -->')).toMatch(new RegExp(`\\| #${endpoints} .*failed`));
  });

  it('is recovered alone: way, costs, prompt and checklist in one comment on the parent', async () => {
    const [parent = 0, tables = 0, logs = 0, store = 0, rules = 0, endpoints = 0, page = 0, load = 0] = n;
    await say(endpoints, '/session cost planner=1k coder=0 validator=1k');
    await say(parent, '/session recover');
    const text = await one(parent, RECOVERY);
    expect(text).toContain(`### Recovery of #${endpoints} · resume`);
    expect(text).toContain(`- #${endpoints} (batch 3): `);
    expect(text).toContain(`Kept as it is: #${tables}, #${logs}, #${store}, #${rules}, #${page}.`);
    expect(text).toContain('| Sessions run again | 1 | 6 | 5 |');
    expect(text).toContain('| Tokens, planner | 1k | 6k | 5k |');
    expect(text).toContain('Build it: Endpoints of orders.');
    expect(text).toContain('orders.ts:41 @mallory');
    expect(text).toMatch(/^- \[ \] What comes back is validated/m);
    expect(await states(endpoints, page, load)).toEqual(['active', 'active', '']);
    expect(await card(endpoints)).not.toContain('❌ failed');
    expect(await card(endpoints)).toContain('| Recovery | resume, since');
    expect(await one(parent, '<!-- playcaller:plan -->')).not.toMatch(new RegExp(`\\| #${endpoints} .*failed`));
  });

  it('asked for again: one answer, and the comment stays one', async () => {
    const [parent = 0, , , , , endpoints = 0] = n;
    const before = await one(parent, RECOVERY);
    await say(parent, '/session recover');
    expect(await lastReply(parent)).toContain(`The recovery of #${endpoints} is decided already.`);
    expect(await one(parent, RECOVERY)).toBe(before);
  });

  it('then the rest: the last batch begins after it, and the plan is done', async () => {
    const [parent = 0, , , , , endpoints = 0, page = 0, load = 0] = n;
    await done(page);
    expect(await states(load)).toEqual(['']);
    await done(endpoints);
    expect(await states(endpoints, load)).toEqual(['completed', 'active']);
    await done(load);
    expect(await one(parent, '<!-- playcaller:plan -->')).toContain('7 done');
    const record = await one(endpoints, '<!-- playcaller:record -->');
    expect(record).toContain('failed (syntax)');
    expect(record).toContain('recovery: fewer than two recoveries');
  });
});

describe('what was begun ahead of it', () => {
  let n: number[] = [];
  beforeAll(async () => {
    n = await phase('Vouchers', [['Table of vouchers'], ['Redeem a voucher', 1], ['Print a voucher', 2], ['Colour of vouchers']]);
    const [parent = 0, , , print = 0] = n;
    await say(parent, '/session plan run');
    await label(stage.people.alice, print, 'session:feature');
    await stage.settled();
    await say(print, '/session start --anyway');
  });

  it('goes back to planned with the failed one, and begins by itself when that is done', async () => {
    const [parent = 0, table = 0, redeem = 0, print = 0, colour = 0] = n;
    expect(await states(table, redeem, print, colour)).toEqual(['active', '', 'active', 'active']);
    await say(table, '/session fail kind=logic vouchers have no end');
    await say(parent, '/session recover');
    expect(await one(parent, RECOVERY)).toContain('rerun this and what was built on it');
    expect(await states(table, redeem, print, colour)).toEqual(['active', '', 'planned', 'active']);
    expect(await card(print)).toMatch(/run again because #\S+ failed/);
    await done(table);
    expect(await states(redeem, print)).toEqual(['active', 'planned']);
    await done(redeem);
    expect(await states(print)).toEqual(['active']);
  });

  it('two recoveries that failed: the advice is a restart, in the same comment', async () => {
    const [parent = 0, , , print = 0] = n;
    for (const way of ['resume', 'resume', 'restart']) {
      await say(print, `/session fail kind=tests it prints nothing`);
      await say(parent, '/session recover');
      expect(await one(parent, RECOVERY)).toContain(`### Recovery of #${print} · ${way}`);
    }
    expect(await one(parent, RECOVERY)).toContain('two recoveries of it failed already');
  });

  it('one that was given up while the plan runs is planned again, and starts', async () => {
    const [parent = 0, , , , colour = 0] = n;
    await say(colour, '/session abandon no idea which colour');
    expect(await states(colour)).toEqual(['abandoned']);
    await say(parent, '/session recover');
    expect(await one(parent, RECOVERY)).toContain(`#${colour} is planned again`);
    expect(await states(colour)).toEqual(['active']);
  });
});

describe('a session without a parent', () => {
  it('fails and recovers where it is; the record tells why', async () => {
    const [issue = 0] = await openIssues(stage.people.alice, ['The newsletter goes out twice']);
    await label(stage.people.alice, issue, 'session:bug-fix');
    await stage.settled();
    await say(issue, '/session recover');
    expect(await lastReply(issue)).toContain('Nothing failed here.');
    await say(issue, '/session fail the queue was read twice');
    await say(issue, '/session recover');
    expect(await one(issue, RECOVERY)).toContain(`### Recovery of #${issue} · resume`);
    expect(await one(issue, RECOVERY)).toContain('Somebody has looked whether the design is at fault');
    expect(await card(issue)).toContain('| Recovery | resume, since');
    const mentions = (await commentsOf(stage.people.alice, issue)).filter(({ body }) => body.includes('❌ failed'));
    expect(mentions).toEqual([]);
  });
});
