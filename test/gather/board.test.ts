/** Facts of the repository as a whole: which cycle a sweep belongs to, in the repository's own days, and its tracker. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gather } from '../../src/gather/gather.ts';
import type { BoardFacts } from '../../src/model/board-facts.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { commitFile } from '../../src/sandbox/story/hands.ts';
import { APP_ID, REPO, SHOP, type Stage, setStage } from '../apply/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const trigger = (now: string): Trigger => ({
  kind: 'board',
  repo: REPO,
  installationId: stage.installationId,
  now,
  guid: 'g',
  reasons: ['command'],
});

async function board(now: string): Promise<BoardFacts> {
  const { client, store } = stage;
  const facts = await gather(trigger(now), { client, ledger: store.ledger, appId: APP_ID });
  if (facts.kind !== 'board') throw new Error(`these are facts of kind ${facts.kind}`);
  return facts;
}

/** The tracker is made by the first look, its comment by the second. */
async function sweep(now: string): Promise<void> {
  await stage.handle(trigger(now));
  await stage.handle(trigger(now));
}

async function timezone(name: string): Promise<void> {
  const text = `version: 1\nsweep:\n  timezone: ${name}\n`;
  await commitFile(stage.alice, 'main', '.github/playcaller.yml', text, `chore: days of ${name}`);
  // The time zone in force is the one of the last look.
  await stage.handle({ ...trigger('2026-11-19T00:00:00.000Z'), kind: 'board', reasons: ['configuration'] });
}

async function sweepComments(): Promise<string[]> {
  const { data: trackers } = await stage.alice.rest.issues.listForRepo({ ...SHOP, labels: 'playcaller' });
  expect(trackers).toHaveLength(1);
  const { data } = await stage.alice.rest.issues.listComments({ ...SHOP, issue_number: trackers[0]?.number ?? 0 });
  return data.map(({ body }) => /^<!-- playcaller:sweep (\S+) -->/.exec(body ?? '')?.[1] ?? 'another');
}

it('the first cycle is number 1 and has none before it', async () => {
  const { cycle, previous, tracker } = await board('2026-11-20T08:00:00.000Z');
  expect(cycle).toEqual({ repo: REPO, day: '2026-11-20', number: 1, startedAt: '2026-11-20T08:00:00.000Z' });
  expect([previous, tracker]).toEqual([null, null]);
});

it('the same day is the same cycle and comment, the next day a new one', async () => {
  await sweep('2026-11-20T08:00:00.000Z');
  const later = await board('2026-11-20T23:59:59.000Z');
  expect(later.cycle).toMatchObject({ number: 1, startedAt: '2026-11-20T08:00:00.000Z' });
  expect(later.tracker?.comment).not.toBeNull();
  await sweep('2026-11-20T23:59:59.000Z');
  expect(await sweepComments()).toEqual(['2026-11-20']);

  const next = await board('2026-11-21T00:00:00.000Z');
  expect(next.cycle).toMatchObject({ number: 2, day: '2026-11-21' });
  expect(next.previous).toMatchObject({ number: 1, day: '2026-11-20' });
  expect(next.tracker?.comment).toBeNull();
  await sweep('2026-11-21T00:00:00.000Z');
  expect(await sweepComments()).toEqual(['2026-11-20', '2026-11-21']);
});

it.each([
  ['Pacific/Auckland', '2026-11-20T10:59:00.000Z', '2026-11-20', '2026-11-20T11:00:00.000Z', '2026-11-21'],
  ['America/Los_Angeles', '2026-11-20T07:59:00.000Z', '2026-11-19', '2026-11-20T08:00:00.000Z', '2026-11-20'],
  ['Asia/Kolkata', '2026-11-20T18:29:00.000Z', '2026-11-20', '2026-11-20T18:30:00.000Z', '2026-11-21'],
])('a day begins at midnight in %s', async (zone, before, day, after, nextDay) => {
  await timezone(zone);
  expect((await board(before)).cycle).toMatchObject({ day, number: 1 });
  await sweep(before);
  expect((await board(after)).cycle).toMatchObject({ day: nextDay, number: 2 });
});

it('the hour that a clock change repeats is still the same day', async () => {
  await timezone('Europe/Berlin');
  await sweep('2026-10-25T00:30:00.000Z');
  expect((await board('2026-10-25T01:30:00.000Z')).cycle).toMatchObject({ day: '2026-10-25', number: 1 });
});

it('a time zone moved back: the day that was begun goes on, in its own comment', async () => {
  await timezone('Pacific/Auckland');
  await sweep('2026-11-20T12:00:00.000Z');
  await timezone('America/Los_Angeles');
  const { cycle, tracker } = await board('2026-11-20T13:00:00.000Z');
  expect(cycle).toMatchObject({ day: '2026-11-21', number: 1 });
  expect(tracker?.comment).not.toBeNull();
  await sweep('2026-11-20T13:00:00.000Z');
  expect(await sweepComments()).toEqual(['2026-11-21']);
});
