/** Rulesets: made by admins, shown to all, and kept at every door to the branch. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appId, type Bench, commitFile, payloadFaults, refusal, shop, startBench } from './support.ts';

let bench: Bench;
const violations = 'Repository rule violations found\n\n';

beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => {
  await bench.heard();
  expect(bench.faults).toEqual([]);
  expect(payloadFaults(bench.received)).toEqual([]);
  await bench.close();
});

const noReviews = {
  dismiss_stale_reviews_on_push: false,
  require_code_owner_review: false,
  require_last_push_approval: false,
  required_approving_review_count: 0,
  required_review_thread_resolution: false,
};

type Rules = NonNullable<Parameters<ReturnType<Bench['as']>['rest']['repos']['createRepoRuleset']>[0]>['rules'];

/** The pinned app's check, and whatever a test wants more. */
function required(...checks: { context: string; integration_id?: number }[]): NonNullable<Rules>[number] {
  const parameters = { strict_required_status_checks_policy: false, required_status_checks: checks };
  return { type: 'required_status_checks', parameters };
}

async function makeRuleset(rules: Rules, include = ['~DEFAULT_BRANCH']): Promise<() => Promise<void>> {
  const alice = bench.as('alice');
  const input = {
    name: `rules ${Math.random()}`,
    enforcement: 'active' as const,
    conditions: { ref_name: { include, exclude: [] } },
  };
  const { data } = await alice.rest.repos.createRepoRuleset({ ...shop, ...input, rules });
  return async () => {
    await alice.rest.repos.deleteRepoRuleset({ ...shop, ruleset_id: data.id });
  };
}

async function openPull(branch: string): Promise<{ number: number; sha: string }> {
  const sha = await commitFile(bench.as('bob'), branch, `${branch}.txt`, `${branch}\n`);
  const { data } = await bench.as('bob').rest.pulls.create({ ...shop, title: branch, head: branch, base: 'main' });
  return { number: data.number, sha };
}

async function mergeRefusal(number: number): Promise<{ status: number; message: string }> {
  const { status, message } = await refusal(bench.as('bob').rest.pulls.merge({ ...shop, pull_number: number }));
  return { status, message: message.split(' - https')[0] ?? '' };
}

describe('a required check', () => {
  test('of a pinned app: missing, by another app, waiting, failed, then green', async () => {
    const undo = await makeRuleset([required({ context: 'Playcaller / readiness', integration_id: appId })]);
    const { number, sha } = await openPull('pinned');
    const name = 'Playcaller / readiness';
    const app = await bench.installed();
    const says = async (): Promise<string> => (await mergeRefusal(number)).message;
    expect(await mergeRefusal(number)).toMatchObject({ status: 405 });
    expect(await says()).toContain(`${violations}Required status check "${name}" is expected.`);
    await bench.as('bob').rest.repos.createCommitStatus({ ...shop, sha, state: 'success', context: name });
    await bench.as('ci').rest.checks.create({ ...shop, name, head_sha: sha, conclusion: 'success' });
    expect(await says()).toContain('was not set by the expected GitHub app.');
    const run = await app.rest.checks.create({ ...shop, name, head_sha: sha, status: 'in_progress' });
    expect(await says()).toContain('is in progress.');
    const update = { ...shop, check_run_id: run.data.id };
    await app.rest.checks.update({ ...update, conclusion: 'failure' });
    expect(await says()).toContain('is failing.');
    const read = await bench.as('bob').rest.pulls.get({ ...shop, pull_number: number });
    expect(read.data.mergeable_state).toBe('blocked');
    await app.rest.checks.update({ ...update, conclusion: 'neutral' });
    expect((await bench.as('bob').rest.pulls.merge({ ...shop, pull_number: number })).status).toBe(200);
    await undo();
  });

  test('of any app: a check and a status of that name must both be green; several are counted', async () => {
    const undo = await makeRuleset([required({ context: 'ci' }, { context: 'lint' }, { context: 'docs' })]);
    const { number, sha } = await openPull('several');
    expect((await mergeRefusal(number)).message).toContain('3 of 3 required status checks have not succeeded: 3 expected.');
    for (const name of ['ci', 'lint'])
      await bench.as('ci').rest.checks.create({ ...shop, name, head_sha: sha, conclusion: 'success' });
    await bench.as('bob').rest.repos.createCommitStatus({ ...shop, sha, state: 'pending', context: 'ci' });
    expect((await mergeRefusal(number)).message).toContain(
      '2 of 3 required status checks have not succeeded: 1 expected and 1 pending.',
    );
    await bench.as('bob').rest.repos.createCommitStatus({ ...shop, sha, state: 'success', context: 'ci' });
    await bench.as('bob').rest.repos.createCommitStatus({ ...shop, sha, state: 'failure', context: 'docs' });
    expect((await mergeRefusal(number)).message).toContain('Required status check "docs" is failing.');
    await undo();
    expect((await bench.as('bob').rest.pulls.merge({ ...shop, pull_number: number })).status).toBe(200);
  });

  test('is shown by REST and GraphQL, also whether a run is required', async () => {
    const undo = await makeRuleset([required({ context: 'gate', integration_id: appId })], ['refs/heads/ma*']);
    const { number, sha } = await openPull('shown');
    const app = await bench.installed();
    await app.rest.checks.create({ ...shop, name: 'gate', head_sha: sha, conclusion: 'success' });
    await bench.as('ci').rest.checks.create({ ...shop, name: 'gate', head_sha: sha, conclusion: 'success' });
    const rules = await app.rest.repos.getBranchRules({ ...shop, branch: 'main' });
    expect(rules.data).toMatchObject([{ type: 'required_status_checks', ruleset_source: 'acme/shop' }]);
    expect((await app.rest.repos.getBranchRules({ ...shop, branch: 'else' })).data).toEqual([]);
    const answer = await app.graphql(
      `query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
        baseRef { rules(first: 9) { nodes { type parameters { __typename ... on RequiredStatusChecksParameters { requiredStatusChecks { context integrationId } } } } } }
        statusCheckRollup { contexts(first: 9) { nodes { ... on CheckRun { isRequired(pullRequestNumber: $number) checkSuite { app { databaseId } } } } } }
      } } }`,
      { number },
    );
    expect(answer).toMatchObject({
      repository: {
        pullRequest: {
          baseRef: {
            rules: {
              nodes: [
                {
                  type: 'REQUIRED_STATUS_CHECKS',
                  parameters: {
                    __typename: 'RequiredStatusChecksParameters',
                    requiredStatusChecks: [{ context: 'gate', integrationId: appId }],
                  },
                },
              ],
            },
          },
          statusCheckRollup: {
            contexts: {
              nodes: [
                { isRequired: true, checkSuite: { app: { databaseId: appId } } },
                { isRequired: false, checkSuite: { app: { databaseId: 2 } } },
              ],
            },
          },
        },
      },
    });
    await undo();
  });

  test('holds for pushes past pull requests too, and for the merge queue', async () => {
    const queued = await openPull('queued');
    const undo = await makeRuleset([required({ context: 'ci' })]);
    const queue = (): Promise<Response> => bench.control('POST', '/repos/acme/shop/merge-queue', { pull_number: queued.number });
    expect(await (await queue()).json()).toMatchObject({ message: 'Pull request Required status check "ci" is expected.' });
    await bench.as('ci').rest.checks.create({ ...shop, name: 'ci', head_sha: queued.sha, conclusion: 'success' });
    const group = (await (await queue()).json()) as { id: number; headSha: string };
    const merged = (): Promise<Response> => bench.control('DELETE', `/repos/acme/shop/merge-queue/${group.id}?reason=merged`);
    expect((await merged()).status).toBe(405);
    const file = { ...shop, path: 'straight.txt', message: 'x', content: 'eA==', branch: 'main' };
    expect(await refusal(bench.as('alice').rest.repos.createOrUpdateFileContents(file))).toMatchObject({ status: 409 });
    await bench.as('ci').rest.checks.create({ ...shop, name: 'ci', head_sha: group.headSha, conclusion: 'success' });
    expect((await merged()).status).toBe(204);
    await undo();
    expect((await bench.as('alice').rest.repos.createOrUpdateFileContents(file)).status).toBe(201);
  });

  test('in strict mode the head must hold the newest base', async () => {
    const { number, sha } = await openPull('old');
    const main = { ...shop, path: 'newer.txt', message: 'x', content: 'eA==', branch: 'main' };
    await bench.as('alice').rest.repos.createOrUpdateFileContents(main);
    const parameters = { strict_required_status_checks_policy: true, required_status_checks: [{ context: 'ci' }] };
    const undo = await makeRuleset([{ type: 'required_status_checks', parameters }]);
    await bench.as('ci').rest.checks.create({ ...shop, name: 'ci', head_sha: sha, conclusion: 'success' });
    expect((await mergeRefusal(number)).message).toContain('Head branch is out of date.');
    await undo();
  });
});

describe('required reviews', () => {
  test('an approval by someone with write access; asked for changes blocks; a push makes it stale', async () => {
    const parameters = { ...noReviews, required_approving_review_count: 1, dismiss_stale_reviews_on_push: true };
    const undo = await makeRuleset([{ type: 'pull_request', parameters }]);
    const { number } = await openPull('reviewed');
    const at = { ...shop, pull_number: number };
    const review = (login: string, event: 'APPROVE' | 'REQUEST_CHANGES') =>
      bench.as(login).rest.pulls.createReview({ ...at, event, body: 'words' });
    await review('dave', 'APPROVE');
    const wanted = 'At least 1 approving review is required by reviewers with write access.';
    expect(await mergeRefusal(number)).toMatchObject({ status: 405, message: expect.stringContaining(wanted) });
    await review('alice', 'REQUEST_CHANGES');
    const against = '1 review requesting changes by reviewers with write access.';
    expect((await mergeRefusal(number)).message).toContain(against);
    await review('alice', 'APPROVE');
    await bench.heard();
    await commitFile(bench.as('bob'), 'reviewed', 'more.txt', 'more\n');
    expect((await bench.heard()).filter((event) => event === 'pull_request_review.dismissed')).toHaveLength(2);
    expect((await mergeRefusal(number)).message).toContain(wanted);
    await review('alice', 'APPROVE');
    expect((await bench.as('bob').rest.pulls.merge(at)).status).toBe(200);
    const file = { ...shop, path: 'y.txt', message: 'x', content: 'eA==', branch: 'main' };
    expect((await refusal(bench.as('alice').rest.repos.createOrUpdateFileContents(file))).message).toContain(
      'Changes must be made through a pull request.',
    );
    await undo();
  });

  test('bringing in the base leaves an approval; the last pusher’s own does not count', async () => {
    const { number } = await openPull('fresh');
    const at = { ...shop, pull_number: number };
    const main = { ...shop, path: 'base.txt', message: 'x', content: 'eA==', branch: 'main' };
    await bench.as('alice').rest.repos.createOrUpdateFileContents(main);
    const parameters = { ...noReviews, required_approving_review_count: 1, dismiss_stale_reviews_on_push: true };
    const undo = await makeRuleset([{ type: 'pull_request', parameters: { ...parameters, require_last_push_approval: true } }]);
    await bench.as('alice').rest.pulls.createReview({ ...at, event: 'APPROVE' });
    await bench.as('alice').rest.pulls.updateBranch(at);
    expect((await bench.as('bob').rest.pulls.listReviews(at)).data).toMatchObject([{ state: 'APPROVED' }]);
    expect((await mergeRefusal(number)).message).toContain('approval from someone other than the last pusher');
    await undo();
  });

  test('code owners are asked by themselves and must approve; a merge queue allows no direct merge', async () => {
    const owners = { ...shop, path: '.github/CODEOWNERS', message: 'owners', branch: 'main' };
    const content = Buffer.from('* @dave\n/owned/ @alice # the owner\n').toString('base64');
    await bench.as('alice').rest.repos.createOrUpdateFileContents({ ...owners, content });
    const parameters = { ...noReviews, require_code_owner_review: true };
    const undo = await makeRuleset([{ type: 'pull_request', parameters }]);
    await commitFile(bench.as('bob'), 'owned', 'owned/deep/a.txt', 'a\n');
    const { data } = await bench.as('bob').rest.pulls.create({ ...shop, title: 'owned', head: 'owned', base: 'main' });
    const read = await bench.as('bob').rest.pulls.get({ ...shop, pull_number: data.number });
    expect(read.data.requested_reviewers?.map((one) => one.login)).toEqual(['alice']);
    expect((await mergeRefusal(data.number)).message).toContain('Waiting on code owner review from alice.');
    await bench.as('alice').rest.pulls.createReview({ ...shop, pull_number: data.number, event: 'APPROVE' });
    const queue = {
      check_response_timeout_minutes: 60,
      grouping_strategy: 'ALLGREEN' as const,
      max_entries_to_build: 5,
      max_entries_to_merge: 5,
      merge_method: 'MERGE' as const,
      min_entries_to_merge: 1,
      min_entries_to_merge_wait_minutes: 5,
    };
    const undoQueue = await makeRuleset([{ type: 'merge_queue', parameters: queue }]);
    expect((await mergeRefusal(data.number)).message).toContain('Changes must be made through the merge queue');
    await undoQueue();
    expect((await bench.as('bob').rest.pulls.merge({ ...shop, pull_number: data.number })).status).toBe(200);
    await undo();
  });
});

describe('who may, and what is refused', () => {
  const input = { ...shop, name: 'one', enforcement: 'active' as const };

  test('people without admin rights see no door, apps need administration', async () => {
    expect(await refusal(bench.as('bob').rest.repos.createRepoRuleset(input))).toMatchObject({ status: 404 });
    const app = await bench.installed({ checks: 'write' });
    expect(await refusal(app.rest.repos.createRepoRuleset(input))).toMatchObject({ status: 403 });
  });

  test('a name twice, a broken rule, a pattern that is none, a bypass list, another target', async () => {
    const alice = bench.as('alice');
    const made = await alice.rest.repos.createRepoRuleset(input);
    const no = async (change: object): Promise<number> =>
      (await refusal(alice.request('POST /repos/{owner}/{repo}/rulesets', { ...input, name: 'two', ...change }))).status;
    expect(await no({ name: 'one' })).toBe(422);
    expect(await no({ enforcement: 'soft' })).toBe(422);
    expect(await no({ rules: [{ type: 'required_status_checks', parameters: { required_status_checks: 'ci' } }] })).toBe(422);
    expect(await no({ rules: [{ type: 'required_status_checks' }] })).toBe(422);
    expect(await no({ rules: [{ type: 'no such rule' }] })).toBe(422);
    expect(await no({ conditions: { ref_name: { include: ['main'], exclude: [] } } })).toBe(422);
    expect(await no({ target: 'tag' })).toBe(422);
    expect(await no({ bypass_actors: [{ actor_id: 1, actor_type: 'Team', bypass_mode: 'always' }] })).toBe(422);
    const at = { ...shop, ruleset_id: made.data.id };
    const changed = await alice.rest.repos.updateRepoRuleset({
      ...at,
      enforcement: 'disabled',
      rules: [required({ context: 'ci' })],
    });
    expect(changed.data).toMatchObject({ name: 'one', enforcement: 'disabled', rules: [{ type: 'required_status_checks' }] });
    expect((await alice.rest.repos.getBranchRules({ ...shop, branch: 'main' })).data).toEqual([]);
    expect((await bench.as('dave').rest.repos.getRepoRuleset(at)).data.bypass_actors).toBeUndefined();
    expect((await alice.rest.repos.getRepoRulesets(shop)).data.map((one) => one.name)).toEqual(['one']);
    await alice.rest.repos.deleteRepoRuleset(at);
    expect(await refusal(alice.rest.repos.getRepoRuleset(at))).toMatchObject({ status: 404 });
  });

  test('patterns: all, default, stars within and across parts, exclusions', async () => {
    const shown = async (branch: string): Promise<number> =>
      (await bench.as('dave').rest.repos.getBranchRules({ ...shop, branch })).data.length;
    const undo = await makeRuleset([required({ context: 'ci' })], ['refs/heads/release/*', 'refs/heads/deep/**']);
    expect(await Promise.all(['release/1', 'release/1/2', 'deep/1/2', 'main', 'gh-readonly-queue/main/x'].map(shown))).toEqual([
      1, 0, 1, 0, 0,
    ]);
    await undo();
    const undoAll = await makeRuleset([required({ context: 'ci' })], ['~ALL']);
    expect(await Promise.all(['anything', 'main'].map(shown))).toEqual([1, 1]);
    await undoAll();
  });
});
