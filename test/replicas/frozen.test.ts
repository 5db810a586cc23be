/** A process that stops in the middle of its writes and wakes up after its lease, alone or with its work done by another (A4). */
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { CARD, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { databaseUrl } from '../store/worlds.ts';
import { setStage } from '../story/stage.ts';
import { expectNothingTwice } from './looks.ts';
import { type Replica, type ReplicaStage, setReplicas } from './stage.ts';

/** Of the worker; it is not renewed while its process is stopped. */
const LEASE_MS = 10_000;
/** A lease and what the other needs then, on a busy machine. */
const TAKEOVER_MS = 40_000;

test('SQLite: stopped between two of its writes and alone, it still has its lease and goes on', async () => {
  const stage = await setStage();
  try {
    const { alice } = stage.people;
    const [issue = 0] = await openIssues(alice, ['Checkout total is wrong']);
    // The answer to its first write waits for it.
    await stage.slow(2_000);
    await label(alice, issue, 'session:bug-fix');
    const writing = await until(
      () => readFile(stage.app.settings.logFile, 'utf8'),
      (log) => log.includes('"writing"'),
      TAKEOVER_MS,
    );
    expect(writing.held, writing.last).toBe(true);
    stage.app.freeze();
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS));
    stage.app.thaw();
    await stage.settled();
    const said = [await marked(alice, issue, CARD), await marked(alice, issue, PLAYBOOK)];
    expect([...said.map(({ length }) => length), await stage.app.parked()]).toEqual([1, 1, 0]);
  } finally {
    stage.app.thaw();
    await stage.close();
  }
}, 120_000);

describe.each(databaseUrl ? ['PostgreSQL'] : [])('%s', () => {
  let stage: ReplicaStage;
  beforeEach(async () => {
    stage = await setReplicas(2);
  });
  afterEach(async () => {
    for (const replica of stage.replicas) replica.thaw();
    await stage.close();
  });

  test('stopped between two of its writes, it does not write the second once another has taken over', async () => {
    const { alice } = stage.people;
    const issues = await openIssues(alice, ['Checkout total is wrong']);
    const [issue = 0] = issues;
    let frozen: Replica | undefined;
    // The first session makes the labels of its states, and says all else in a second request.
    stage.book.before = ({ operation, replica }) => {
      if (frozen || operation !== 'Apply') return;
      frozen = stage.replicas.find(({ name }) => name === replica);
      frozen?.freeze();
    };
    await label(alice, issue, 'session:bug-fix');
    const cards = await until(
      () => marked(alice, issue, CARD),
      (all) => all.length > 0,
      TAKEOVER_MS,
    );
    expect([frozen?.name, cards.held]).toEqual([expect.stringMatching(/^replica-/), true]);
    const writesOfTheFrozen = () =>
      stage.book.calls.filter(({ operation, replica }) => operation === 'Apply' && replica === frozen?.name).length;
    expect(writesOfTheFrozen()).toBe(1);
    frozen?.thaw();
    // Awake, it says itself what became of its work.
    const told = await until(
      () => stage.logOf(frozen?.name ?? ''),
      (log) => log.includes('the lease has run out meanwhile'),
      TAKEOVER_MS,
    );
    expect(told.held, told.last).toBe(true);
    await stage.settled();
    await expectNothingTwice(stage, issues);
    expect(writesOfTheFrozen()).toBe(1);
  }, 120_000);
});
