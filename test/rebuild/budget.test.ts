/** What a rebuild costs in calls (issue 3: 200 sessions, at most 30), and that nothing of the ledger is lost by it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionLedger } from '../../src/model/facts.ts';
import { REPO, type Stage, setStage } from '../apply/stage.ts';
import { temporaryStore } from '../intake/deliver.ts';
import { manySessions, rebuildInto } from './many-sessions.ts';

const COUNT = 200;
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await manySessions(stage, COUNT);
}, 120_000);
afterAll(() => stage.close());

const plain = (all: SessionLedger[]) => all.map((own) => ({ ...own, session: { ...own.session, version: 0 } }));

it('200 sessions come back with at most 30 calls, as the ledger knew them', async () => {
  const { store, remove } = await temporaryStore();
  await stage.calls();
  const { written } = await rebuildInto(store, stage);
  expect(written).toHaveLength(COUNT);
  const calls = await stage.calls();
  expect(calls.length).toBeLessThanOrEqual(30);
  expect(new Set(calls)).toEqual(new Set(['RebuildHome', 'RebuildPage']));
  const ever = new Date(0).toISOString();
  expect(plain(await store.ledger.sessions(REPO, ever))).toEqual(plain(await stage.store.ledger.sessions(REPO, ever)));
  expect(await store.ledger.slots(REPO)).toEqual(await stage.store.ledger.slots(REPO));
  await remove();
});
