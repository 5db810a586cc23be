/** A board of three pages whose reading is cut short: it goes on from where it was, and tells what is known until then. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { decideBoard } from '../../src/decide/board.ts';
import { fullPlan } from '../../src/decide/sweep/full-plan.ts';
import { gather } from '../../src/gather/gather.ts';
import { RateLimited, Unavailable } from '../../src/github/errors.ts';
import type { BoardFacts } from '../../src/model/board-facts.ts';
import { commentsOf } from '../../src/sandbox/story/looks.ts';
import { APP_ID, REPO, SHOP, type Stage, setStage } from '../apply/stage.ts';
import { bigBoard, boardTrigger } from './big-board.ts';

const SESSIONS = 120;
/** Of two pages after the first, the second is refused: the generator's first number is above one half, its second below. */
const THIRD_PAGE = { match: '#BoardPage$', errorRate: 0.5, seed: 1, times: 1 };

let stage: Stage;
let numbers: number[];

beforeAll(async () => {
  stage = await setStage();
  numbers = await bigBoard(stage, SESSIONS);
  // The tracker is made by the first look.
  await sweep('08:30');
}, 60_000);
afterEach(() => stage.mended());
afterAll(() => stage.close());

const at = (time: string) => `2030-05-02T${time}:00.000Z`;

async function sweep(time: string): Promise<{ error: unknown; calls: string[] }> {
  await stage.calls();
  const error = await stage.handle(boardTrigger(stage, at(time))).then(
    () => null,
    (fault: unknown) => fault,
  );
  return { error, calls: await stage.calls() };
}

async function read(time: string): Promise<BoardFacts> {
  const { client, store } = stage;
  const facts = await gather(boardTrigger(stage, at(time)), { client, ledger: store.ledger, appId: APP_ID });
  if (facts.kind !== 'board') throw new Error(`these are facts of kind ${facts.kind}`);
  return facts;
}

async function comment(): Promise<string> {
  const { data } = await stage.alice.rest.issues.listForRepo({ ...SHOP, labels: 'playcaller' });
  const said = await commentsOf(stage.alice, data[0]?.number ?? 0);
  return said.find(({ body }) => body.startsWith('<!-- playcaller:sweep 2030-05-02 -->'))?.body ?? '';
}

it('pages that the making of the tracker left are used, then forgotten: the next sweep reads anew', async () => {
  const { error, calls } = await sweep('08:31');
  expect(error).toBeNull();
  expect(calls.slice(0, 3)).toEqual(['Board', 'BoardPage', 'Apply']);
  expect((await sweep('08:32')).calls).toEqual(['Board', 'BoardPage', 'BoardPage']);
});

it('a limit: what is known is told, and the next try goes on', async () => {
  const whole = await comment();
  await stage.fault({ ...THIRD_PAGE, secondaryLimit: 1 });
  const first = await sweep('09:00');
  expect(first.error).toBeInstanceOf(RateLimited);
  expect(String(first.error)).toContain('20 open sessions are missing');
  expect(first.calls).toEqual(['Board', 'BoardPage', 'BoardPage', 'Apply']);
  const partial = await comment();
  expect(partial).toContain('20 open sessions are missing here.');

  const second = await sweep('09:01');
  expect(second).toEqual({ error: null, calls: ['Board', 'BoardPage', 'Apply'] });
  expect(await comment()).toBe(whole);
  expect(whole).not.toContain('missing here');
  expect((await sweep('09:02')).calls).toEqual(['Board', 'BoardPage', 'BoardPage']);
});

it('what was not read is neither gone nor cold, and nothing is begun', async () => {
  await stage.fault({ ...THIRD_PAGE, secondaryLimit: 1 });
  const facts = await read('10:00');
  expect(facts).toMatchObject({ missing: 20, cut: { until: expect.stringMatching(/^\d{4}-.*Z$/) } });
  expect(facts.sessions).toHaveLength(100);
  expect(facts.sessions.every(({ subject }) => subject !== null)).toBe(true);
  expect(facts.unknown).toEqual([]);
  expect(facts.endedPulls).toBeUndefined();
  const { cut, ...without } = facts;
  expect(cut?.categories).toContain('Analytics');
  expect(fullPlan(without).coldCategories).toContain('Analytics');
  const plan = fullPlan(facts);
  expect(plan.coldCategories).not.toContain('Analytics');
  expect(plan.backfill).not.toContain('Analytics');
  const effects = decideBoard(facts, ['command']);
  expect(effects.ledger.map(({ kind }) => kind)).toEqual(['cycle.save', 'artefact.remember']);
  expect(effects.github.map(({ kind }) => kind)).toEqual(['issue.update', 'comment.update']);
  expect(effects.after).toEqual([]);
});

it('an error: the next try goes on at once; only one that comes no further is told of', async () => {
  const whole = await comment();
  await stage.fault({ ...THIRD_PAGE, status: 502 });
  const first = await sweep('11:00');
  expect(first.error).toBeInstanceOf(Unavailable);
  expect(first.calls).toEqual(['Board', 'BoardPage', 'BoardPage']);
  expect(await comment()).toBe(whole);

  await stage.fault({ match: '#BoardPage$', status: 502 });
  const second = await sweep('11:01');
  expect(second.error).toBeInstanceOf(Unavailable);
  expect(second.calls).toEqual(['Board', 'BoardPage', 'Apply']);
  expect(await comment()).not.toBe(whole);
  expect((await sweep('11:02')).calls).toEqual(['Board', 'BoardPage']);

  await stage.mended();
  expect(await sweep('11:03')).toEqual({ error: null, calls: ['Board', 'BoardPage', 'Apply'] });
  expect(await comment()).toBe(whole);
});

it('a session that changed meanwhile is read once more', async () => {
  const [number = 0] = numbers;
  await stage.fault({ ...THIRD_PAGE, status: 502 });
  await sweep('12:00');
  await stage.alice.rest.issues.update({ ...SHOP, issue_number: number, title: 'Another name' });
  const { installationId } = stage;
  const change = { kind: 'change' as const, event: 'issues.edited', sender: 'alice', labels: ['session:bug-fix'], isPull: false };
  await stage.handle({ kind: 'subject', repo: REPO, number, installationId, now: at('12:01'), guid: 'g', changes: [change] });
  const facts = await read('12:02');
  expect(facts.sessions.find(({ ledger }) => ledger.session.number === number)?.subject?.title).toBe('Another name');
  expect((await sweep('12:03')).calls).toEqual(['Board', 'BoardPage', 'Apply']);
});

it.each([
  ['two hours later', '13:00', '15:01'],
  ['with a clock that was put back', '16:00', '15:30'],
])('pages are read anew %s', async (_, then, later) => {
  await stage.fault({ ...THIRD_PAGE, status: 502 });
  await sweep(then);
  expect((await sweep(later)).calls).toEqual(['Board', 'BoardPage', 'BoardPage']);
});

it('a limit on the first page: nothing is known, so nothing is told', async () => {
  await stage.fault({ match: '#Board$', secondaryLimit: 1, times: 1 });
  const { error, calls } = await sweep('17:00');
  expect(error).toBeInstanceOf(RateLimited);
  expect(calls).toEqual(['Board']);
});
