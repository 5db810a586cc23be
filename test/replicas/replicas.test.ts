/** Several replicas on one PostgreSQL, coming, going, killed and cut off: as if there were one that never failed (A4). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { numbersWith } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { until } from '../../src/sandbox/story/until.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { about } from '../store/samples.ts';
import { databaseUrl } from '../store/worlds.ts';
import { length, randomFrom, suiteSeed } from '../suite.ts';
import type { Call } from './door.ts';
import { expectDoneOnce, expectNothingTwice, expectOneEvaluator, SLOTS, watchCapacity } from './looks.ts';
import { type ReplicaStage, setReplicas } from './stage.ts';

const SHORT = process.env.SUITE !== 'long';
const REPLICAS = 3;
const ISSUES = SHORT ? 18 : 40;
const ROUNDS = length({ short: 1, long: 6 });
/** Comments while replicas come and go. */
const NOTES = SHORT ? 20 : 200;
const AWAY_MS = SHORT ? 1_000 : 60_000;
const seed = suiteSeed();
const LATE_MS = 60_000;
/** Three processes start and end more than once: on a busy machine that takes its time. */
const PATIENCE_MS = SHORT ? 180_000 : 1_800_000;

test('with SQLite one replica is all: nothing is shared with another process', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'playcaller-replicas-'));
  const [store, second] = [await openSqliteStore(directory), await openSqliteStore(directory)];
  let told = 0;
  second.inbox.onWork(() => {
    told += 1;
  });
  await store.inbox.receive([about(1)]);
  expect([told, store.pace]).toEqual([0, null]);
  await Promise.all([store.close(), second.close()]);
  await rm(directory, { recursive: true });
});

describe.each(databaseUrl ? ['PostgreSQL'] : [])('%s', () => {
  let stage: ReplicaStage;
  beforeEach(async () => {
    stage = await setReplicas(REPLICAS);
  });
  afterEach(() => stage.close());

  test(
    `capacity, a killed replica, a rolling restart, the database away (SEED=${seed})`,
    async () => {
      const random = randomFrom(seed);
      const capacity = watchCapacity(stage);
      let all: number[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        await close(stage, all);
        const issues = await openIssues(
          stage.people.alice,
          Array.from({ length: ISSUES }, (_, index) => `Round ${round}, issue ${index}`),
        );
        all = [...all, ...issues];
        await killedAtWork(stage, issues, Math.floor(random() * ISSUES));
        await rolling(stage, await numbersWith(stage.people.alice, 'state:active'), random);
        await away(stage, issues);
        await expectNothingTwice(stage, issues);
        await expectOneEvaluator(stage, issues);
        expect(await numbersWith(stage.people.alice, 'state:active')).toHaveLength(SLOTS);
        expect(capacity.most()).toBe(SLOTS);
      }
      // Else nothing was shown: the work was spread.
      const evaluators = new Set(stage.book.calls.flatMap(({ number, replica }) => (number === null ? [] : [replica])));
      expect(evaluators.size).toBeGreaterThanOrEqual(REPLICAS);
    },
    PATIENCE_MS,
  );
});

/** Makes room for the next round. */
async function close({ people: { alice }, settled }: ReplicaStage, issues: readonly number[]): Promise<void> {
  for (const issue_number of issues) await alice.rest.issues.update({ ...SHOP, issue_number, state: 'closed' });
  await settled();
}

/** All issues are labelled at once; the replica that is about to write about one of them is killed, and not replaced at first. */
async function killedAtWork(stage: ReplicaStage, issues: readonly number[], chosen: number): Promise<void> {
  const { data } = await stage.people.alice.rest.issues.get({ ...SHOP, issue_number: issues[chosen] ?? 0 });
  let killed = '';
  stage.book.before = async ({ operation, texts, replica }: Call) => {
    if (killed !== '' || operation !== 'Apply' || !texts.has(data.node_id)) return;
    killed = replica;
    await stage.replicas.find(({ name }) => name === replica)?.kill();
  };
  await Promise.all(issues.map((number) => label(stage.people.alice, number, 'session:bug-fix')));
  const active = () => numbersWith(stage.people.alice, 'state:active');
  const begun = await until(active, (all) => all.length > SLOTS / 2 && killed !== '', LATE_MS);
  expect([begun.held, stage.replicas.some(({ name }) => name === killed)]).toEqual([true, false]);
  // Whatever it had leased when it died is done by the others; the short suite lets that happen during what follows.
  if (SHORT) return void (await stage.join());
  await stage.settled();
  await expectNothingTwice(stage, issues);
  expect(await active()).toHaveLength(SLOTS);
  await stage.join();
}

/** Each replica leaves in turn and another joins, while people command. */
async function rolling(stage: ReplicaStage, sessions: readonly number[], random: () => number): Promise<void> {
  const { alice } = stage.people;
  const said: { issue: number; comment: number; text: string }[] = [];
  let restarting = true;
  const talk = async () => {
    for (let index = 0; restarting && index < NOTES; index += 1) {
      const issue = sessions[Math.floor(random() * sessions.length)] ?? 0;
      const text = `note ${issue} ${index} of the rollout.`;
      const made = await alice.rest.issues.createComment({ ...SHOP, issue_number: issue, body: `/session log ${text}` });
      said.push({ issue, comment: made.data.id, text });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const talking = talk();
  for (const replica of [...stage.replicas]) {
    const [code] = await Promise.all([replica.leave(), stage.join()]);
    expect(code, `${replica.name} ended cleanly`).toBe(0);
  }
  restarting = false;
  await talking;
  await stage.settled();
  await Promise.all(said.map(({ issue, comment, text }) => expectDoneOnce(stage, issue, comment, text)));
}

/** While the database is away nothing is acknowledged and everybody says so; afterwards all of it is done. */
async function away(stage: ReplicaStage, issues: readonly number[]): Promise<void> {
  const { alice } = stage.people;
  const before = stage.engine.world.deliveries.length;
  const texts = issues.slice(0, 5).map((issue) => ({ issue, text: `note ${issue} of ${before} while it was away.` }));
  // Some are in the middle of it when the line is cut.
  const early = texts.slice(0, 2).map((one) => comment(one));
  await stage.wire.cut();
  const comments = await Promise.all([...early, ...texts.slice(2).map((one) => comment(one))]);
  const unready = () => Promise.all(stage.replicas.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));
  expect((await until(unready, (all) => all.every((status) => status === 503), LATE_MS)).last).toEqual(
    stage.replicas.map(() => 503),
  );
  const refused = () =>
    Promise.resolve(stage.engine.world.deliveries.slice(before).filter(({ statusCode }) => statusCode === 503));
  expect((await until(refused, (all) => all.length > 0, LATE_MS)).held).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
  await stage.wire.mend();
  expect((await until(unready, (all) => all.every((status) => status === 200), LATE_MS)).last).toEqual(
    stage.replicas.map(() => 200),
  );
  await stage.settled();
  await Promise.all(comments.map(({ issue, id, text }) => expectDoneOnce(stage, issue, id, text)));

  async function comment({ issue, text }: { issue: number; text: string }) {
    const made = await alice.rest.issues.createComment({ ...SHOP, issue_number: issue, body: `/session log ${text}` });
    return { issue, text, id: made.data.id };
  }
}
