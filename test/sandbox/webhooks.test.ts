/** Deliveries: headers, record, redelivery, refusals, order; and the events that no plain story brings. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appId, type Bench, commitFile, payloadFaults, shop, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

test('headers are GitHub’s, links lead to the sandbox', async () => {
  await bench.as('alice').rest.issues.create({ ...shop, title: 'One' });
  await bench.heard();
  const [first] = bench.received;
  expect(first?.headers).toMatchObject({
    'x-github-event': 'issues',
    'x-github-delivery': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
    'x-github-hook-id': expect.stringMatching(/^\d+$/),
    'x-github-hook-installation-target-id': String(appId),
    'x-github-hook-installation-target-type': 'integration',
    'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
    'content-type': 'application/json',
  });
  expect(first?.payload).toMatchObject({
    issue: { url: `${bench.url}/api/v3/repos/acme/shop/issues/1`, html_url: `${bench.url}/acme/shop/issues/1` },
    installation: { id: 3001 },
    organization: { login: 'acme' },
    sender: { login: 'alice' },
  });
});

test('a refused delivery is recorded, not sent again, and can be redelivered with its GUID', async () => {
  bench.answer.status = 503;
  await bench.as('alice').rest.issues.createComment({ ...shop, issue_number: 1, body: 'lost' });
  await bench.heard();
  bench.answer.status = 202;
  const before = bench.received.length;
  const { data } = await bench.app.rest.apps.listWebhookDeliveries({ per_page: 1 });
  expect(data).toMatchObject([{ event: 'issue_comment', action: 'created', status_code: 503, redelivery: false }]);
  const [lost] = data;
  if (!lost) throw new Error('the delivery is listed');
  const detail = await bench.app.rest.apps.getWebhookDelivery({ delivery_id: lost.id });
  expect(detail.data.request.payload).toMatchObject({ comment: { body: 'lost' } });
  await bench.app.rest.apps.redeliverWebhookDelivery({ delivery_id: lost.id });
  expect(await bench.heard()).toEqual(['issue_comment.created']);
  expect(bench.received).toHaveLength(before + 1);
  expect(bench.received.at(-1)?.guid).toBe(lost.guid);
  const again = await bench.app.rest.apps.listWebhookDeliveries({ per_page: 1 });
  expect(again.data).toMatchObject([{ guid: lost.guid, redelivery: true, status_code: 202, status: 'OK' }]);
  expect(again.headers.link).toContain('cursor=');
});

test('they come in order, after the answer, and the list pages back to the first', async () => {
  bench.answer.delayMs = 5;
  const alice = bench.as('alice');
  for (let index = 0; index < 8; index++) {
    await alice.rest.issues.createComment({ ...shop, issue_number: 1, body: `number ${index}` });
  }
  await bench.heard();
  bench.answer.delayMs = 0;
  const bodies = bench.received.slice(-8).map(({ payload }) => (payload.comment as { body: string }).body);
  expect(bodies).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((index) => `number ${index}`));
  const all = await bench.app.paginate(bench.app.rest.apps.listWebhookDeliveries, { per_page: 4 });
  expect(all).toHaveLength(bench.received.length);
});

test('labels, milestones, reviews, drafts, collaborators', async () => {
  const [alice, bob] = [bench.as('alice'), bench.as('bob')];
  await alice.rest.issues.createLabel({ ...shop, name: 'old' });
  await alice.rest.issues.updateLabel({ ...shop, name: 'old', new_name: 'new', color: '00ff00', description: 'd' });
  await alice.rest.issues.addLabels({ ...shop, issue_number: 1, labels: ['new'] });
  await alice.rest.issues.deleteLabel({ ...shop, name: 'new' });
  expect(await bench.heard()).toEqual(['label.created', 'label.edited', 'issues.labeled', 'label.deleted']);
  const milestone = await alice.rest.issues.createMilestone({ ...shop, title: 'v1' });
  const at = { ...shop, milestone_number: milestone.data.number };
  await alice.rest.issues.updateMilestone({ ...at, state: 'closed', description: 'done' });
  await alice.rest.issues.deleteMilestone(at);
  expect(await bench.heard()).toEqual(['milestone.created', 'milestone.edited', 'milestone.closed', 'milestone.deleted']);
  await commitFile(bob, 'work', 'w.txt', 'w\n');
  const pull = {
    ...shop,
    pull_number: (await bob.rest.pulls.create({ ...shop, head: 'work', base: 'main', title: 'w' })).data.number,
  };
  await bench.heard();
  const review = await alice.rest.pulls.createReview({ ...pull, event: 'REQUEST_CHANGES', body: 'no' });
  await alice.rest.pulls.dismissReview({ ...pull, review_id: review.data.id, message: 'yes' });
  await bob.rest.pulls.update({ ...pull, body: 'more', state: 'closed' });
  await bob.rest.pulls.update({ ...pull, state: 'open' });
  expect(await bench.heard()).toEqual([
    'pull_request_review.submitted',
    'pull_request_review.dismissed',
    'pull_request.edited',
    'pull_request.closed',
    'pull_request.reopened',
  ]);
  await alice.rest.repos.addCollaborator({ ...shop, username: 'mallory', permission: 'triage' });
  await alice.rest.repos.removeCollaborator({ ...shop, username: 'mallory' });
  expect(await bench.heard()).toEqual(['member.added', 'member.removed']);
});

test('a merge group is checked and merged; a button of a check run is pressed', async () => {
  const bob = bench.as('bob');
  const number = (await bob.rest.pulls.list({ ...shop, head: 'acme:work' })).data[0]?.number ?? 0;
  const group = (await (await bench.control('POST', '/repos/acme/shop/merge-queue', { pull_number: number })).json()) as {
    id: number;
  };
  expect(await bench.heard()).toContain('merge_group.checks_requested');
  expect(bench.received.at(-1)?.payload).toMatchObject({
    merge_group: { head_ref: expect.stringContaining('gh-readonly-queue/main/pr-') },
  });
  expect((await bench.control('DELETE', `/repos/acme/shop/merge-queue/${group.id}?reason=merged`)).status).toBe(204);
  const heard = await bench.heard();
  expect(heard).toContain('merge_group.destroyed');
  expect(heard).toContain('pull_request.closed');
  const app = await bench.installed();
  const head_sha = (await bob.rest.git.getRef({ ...shop, ref: 'heads/main' })).data.object.sha;
  const actions = [{ label: 'Fix', description: 'Fix it', identifier: 'fix' }];
  const run = await app.rest.checks.create({ ...shop, name: 'r', head_sha, conclusion: 'failure', actions });
  await bench.control('POST', `/repos/acme/shop/check-runs/${run.data.id}/requested-action`, { identifier: 'fix' });
  await bob.rest.checks.rerequestSuite({ ...shop, check_suite_id: run.data.check_suite?.id ?? 0 });
  expect((await bench.heard()).slice(-2)).toEqual(['check_run.requested_action', 'check_suite.rerequested']);
  const ci = await bench.as('ci').rest.checks.create({ ...shop, name: 'c', head_sha, conclusion: 'success' });
  await bob.rest.checks.rerequestRun({ ...shop, check_run_id: ci.data.id });
  expect(await bench.heard(), 'another app’s run is not ours to hear of').not.toContain('check_run.rerequested');
});

test('installing and removing the app', async () => {
  await bench.control('POST', '/installation', { action: 'suspend' });
  await bench.control('POST', '/installation', { action: 'unsuspend' });
  await bench.control('POST', '/installation', { action: 'deleted' });
  await bench.as('alice').rest.issues.createComment({ ...shop, issue_number: 1, body: 'nobody hears' });
  await bench.control('POST', '/installation', { action: 'created' });
  expect(await bench.heard()).toEqual([
    'installation.suspend',
    'installation.unsuspend',
    'installation.deleted',
    'installation.created',
  ]);
});

test('all payloads and answers fit GitHub’s schemas', () => {
  expect(payloadFaults(bench.received)).toEqual([]);
  expect(bench.faults).toEqual([]);
});
