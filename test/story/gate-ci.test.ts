/** Stories of the gate's item "ci", played through GitHub's REST paths against the running app (G2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

/** Only CI is asked for. */
const CONFIG = `version: 1
gate:
  items: {session: off, title: off, description: off, hygiene: off, tests: off, docs: off, security: off, size: off, coverage: off, criteria: off, type: off, fresh: off}
`;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await commit(stage.people.alice, 'main', '.github/playcaller.yml', CONFIG);
  await stage.settled();
});
afterAll(() => stage.close());

async function opened(branch: string): Promise<string> {
  const { alice } = stage.people;
  const pull = await openPull(alice, { branch, path: `docs/${branch}.md`, content: 'x', title: 'docs: it', body: 'x' });
  await stage.settled();
  return headOf(alice, pull);
}
type Conclusion = 'success' | 'failure' | 'action_required' | 'cancelled' | 'timed_out' | 'skipped' | 'neutral';
async function report(sha: string, name: string, conclusion: Conclusion | null, detailsUrl?: string): Promise<void> {
  const ended = conclusion === null ? { status: 'in_progress' as const } : { status: 'completed' as const, conclusion };
  const at = detailsUrl === undefined ? {} : { details_url: detailsUrl };
  await stage.people.ci.rest.checks.create({ ...SHOP, name, head_sha: sha, ...ended, ...at });
}
const verdict = async (sha: string) => {
  const run = await readiness(stage.people.alice, sha);
  return { state: run?.conclusion ?? run?.status, title: run?.output.title ?? '', summary: run?.output.summary ?? '' };
};

describe('CI on the head', () => {
  it('none at all is waiting, and says until when', async () => {
    const seen = await verdict(await opened('silent'));
    expect(seen).toMatchObject({ state: 'in_progress', title: 'Waiting for CI: no check yet' });
    expect(seen.summary).toMatch(/This waits until \d{4}-\d\d-\d\d \d\d:\d\d UTC, then it fails/);
  });

  it('a run that a person must approve is named, with its address and the way out', async () => {
    const sha = await opened('approval');
    await report(sha, 'deploy to staging', 'action_required', 'https://ci.example/run/7');
    await stage.settled();
    const seen = await verdict(sha);
    expect(seen.state).toBe('failure');
    expect(seen.summary).toContain('Blocked until someone approves it: [deploy to staging](https://ci.example/run/7)');
    expect(seen.summary).toContain('write access');
  });

  it('cancelled, timed out, skipped and neutral are each said', async () => {
    const sha = await opened('mixed');
    for (const [name, conclusion] of [
      ['a', 'cancelled'],
      ['b', 'timed_out'],
      ['c', 'skipped'],
      ['d', 'neutral'],
    ] as const) {
      await report(sha, name, conclusion);
    }
    await stage.settled();
    const { state, summary } = await verdict(sha);
    expect(state).toBe('failure');
    for (const words of ['Ran out of time: ', 'Cancelled: ', '1 skipped, 1 neutral', 'Run again: '])
      expect(summary).toContain(words);
  });

  it('a commit status counts, too, and the newest of a context', async () => {
    const sha = await opened('status');
    const set = (state: 'pending' | 'failure' | 'success') =>
      stage.people.ci.rest.repos.createCommitStatus({ ...SHOP, sha, state, context: 'ci/old' });
    await set('pending');
    await stage.settled();
    expect(await verdict(sha)).toMatchObject({ state: 'in_progress', title: 'Waiting for CI: ci/old' });
    await set('failure');
    await stage.settled();
    expect((await verdict(sha)).state).toBe('failure');
    await set('success');
    await stage.settled();
    expect((await verdict(sha)).state).toBe('success');
  });

  it('300 checks are all read: the last one decides', async () => {
    const sha = await opened('many');
    for (let index = 0; index < 299; index++) await report(sha, `check ${index}`, 'success');
    await report(sha, 'the last', 'failure');
    await stage.settled();
    const failed = await verdict(sha);
    expect(failed.state).toBe('failure');
    expect(failed.summary).toContain('Failed: [the last]');
    expect(failed.summary).toContain('299 green');
    await report(sha, 'the last', 'success');
    await stage.settled();
    expect(await verdict(sha)).toMatchObject({ state: 'success', summary: expect.stringContaining('300 checks green') });
  });

  it('another app’s check with a text of 65,535 characters', async () => {
    const sha = await opened('loud');
    const output = { title: 'Loud', summary: 's'.repeat(65_535), text: 't'.repeat(65_535) };
    await stage.people.ci.rest.checks.create({ ...SHOP, name: 'loud', head_sha: sha, conclusion: 'failure', output });
    await stage.settled();
    const { state, summary } = await verdict(sha);
    expect(state).toBe('failure');
    expect(summary).not.toContain('ssss');
  });
});

describe('required checks, by a ruleset', () => {
  it('one that has not reported is waited for by name; ours is not waited for', async () => {
    const { alice } = stage.people;
    await alice.request('POST /repos/{owner}/{repo}/rulesets', {
      ...SHOP,
      name: 'main',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [
        {
          type: 'required_status_checks',
          parameters: {
            strict_required_status_checks_policy: false,
            required_status_checks: [{ context: 'e2e' }, { context: 'Playcaller / readiness' }],
          },
        },
      ],
    });
    const sha = await opened('required');
    await report(sha, 'build', 'success');
    await stage.settled();
    const waits = await verdict(sha);
    expect(waits).toMatchObject({ state: 'in_progress', title: 'Waiting for CI: e2e' });
    expect(waits.summary).toContain('Required, has not reported: `e2e`');
    await report(sha, 'lint', 'failure');
    await report(sha, 'e2e', 'failure');
    await stage.settled();
    expect((await verdict(sha)).summary).toMatch(/Failed: \[e2e\]\([^)]+\) \(required\) and \[lint\]/);
    await report(sha, 'lint', 'success');
    await report(sha, 'e2e', 'success');
    await stage.settled();
    expect((await verdict(sha)).state).toBe('success');
  });
});
