/** Whatever goes wrong on the way, a verdict ends up right, in one check run, and is never stuck (G1, A3, A5). */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATE_ITEMS } from '../../src/config/gate-options.ts';
import { headOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let alice: Octokit;
let count = 0;
beforeAll(async () => {
  stage = await setStage();
  alice = stage.people.alice;
  const lines = GATE_ITEMS.map((id) => `    ${id}: ${id === 'title' || id === 'ci' ? 'required' : 'off'}\n`);
  await commit(alice, 'main', '.github/playcaller.yml', `version: 1\ngate:\n  items:\n${lines.join('')}`);
  await stage.settled();
});
afterAll(() => stage.close());

const ours = { actor: 'playcaller[bot]' };
const runsOf = async (pull: number) => {
  const ref = await headOf(alice, pull);
  const { data } = await alice.rest.checks.listForRef({ ...SHOP, ref, check_name: 'Playcaller / readiness', filter: 'all' });
  return data.check_runs.map(({ status, conclusion }) => conclusion ?? status);
};
const open = () => {
  count += 1;
  return openPull(alice, { branch: `f/${count}`, path: `docs/f${count}.md`, content: `${count}`, title: 'stuff', body: 'x' });
};
const report = async (pull: number, conclusion: 'success' | 'failure') => {
  const head_sha = await headOf(alice, pull);
  await stage.people.ci.rest.checks.create({ ...SHOP, name: 'test', head_sha, status: 'completed', conclusion });
};
const mendTitle = (pull: number) => alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'docs: words' });

/** Red when it comes, waiting once mended, green with CI, each through the fault. */
async function livesThrough(fault: Record<string, unknown>): Promise<void> {
  await stage.faults({ ...ours, ...fault });
  const pull = await open();
  await stage.settled();
  expect(await runsOf(pull)).toEqual(['failure']);
  await stage.faults({ ...ours, ...fault });
  await report(pull, 'success');
  await stage.settled();
  expect(await runsOf(pull)).toEqual(['failure']);
  await stage.faults({ ...ours, ...fault });
  await mendTitle(pull);
  await stage.settled();
  expect(await runsOf(pull)).toEqual(['success']);
  await stage.mended();
  expect(await stage.app.parked()).toBe(0);
}

describe('GitHub answers with', () => {
  it.each([
    ['500 to the look', { status: 500, errorRate: 1, times: 1, match: '#Subject$' }],
    ['502 to the write', { status: 502, errorRate: 1, times: 1, match: '#Apply$' }],
    ['502 to the list of files', { status: 502, errorRate: 1, times: 1, match: '/files' }],
    ['nothing, although it has written', { dropAfterWrite: true, times: 1 }],
    ['a secondary limit to the look', { secondaryLimit: 1, times: 1, match: '#Subject$' }],
    ['a secondary limit to the write', { secondaryLimit: 1, times: 1, match: '#Apply$' }],
  ])('%s', { timeout: 60_000 }, (_name, fault) => livesThrough(fault));
});

it('a press whose answer is lost is answered once', async () => {
  const pull = await open();
  await stage.settled();
  const ref = await headOf(alice, pull);
  const { data } = await alice.rest.checks.listForRef({ ...SHOP, ref, check_name: 'Playcaller / readiness' });
  await stage.faults({ ...ours, dropAfterWrite: true, times: 1 });
  await alice.rest.checks.rerequestRun({ ...SHOP, check_run_id: data.check_runs[0]?.id ?? 0 });
  await stage.settled();
  await stage.mended();
  expect(await runsOf(pull)).toEqual(['failure', 'failure']);
});

it('killed while it looks or writes, again and again: every verdict ends right, in one run', { timeout: 180_000 }, async () => {
  const pulls: number[] = [];
  // After the longest, the red verdict stands before the kill; before the others it may or may not.
  for (const delay of [0, 1500, 60, 120, 200, 300, 450]) {
    // The write arrives late, so that some die between the ledger and GitHub, some after it.
    await stage.slow(250, 2);
    const pull = await open();
    const last = pulls.at(-1);
    pulls.push(pull);
    // First, so that a title that is mended never waits for CI: waiting anew would rightly be a second run.
    await report(pull, 'success');
    if (last !== undefined) await mendTitle(last);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await stage.app.kill();
    await stage.app.start();
  }
  await stage.settled();
  for (const pull of pulls) {
    expect(await runsOf(pull), `#${pull}`).toEqual([pull === pulls.at(-1) ? 'failure' : 'success']);
  }
  expect(await stage.app.parked()).toBe(0);
});
