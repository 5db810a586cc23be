/** Teams, who is asked for a review, and on whose behalf it is given. */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPermissions, type Bench, commitFile, payloadFaults, refusal, shop, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => {
  await bench.heard();
  expect(bench.faults).toEqual([]);
  expect(payloadFaults(bench.received)).toEqual([]);
  await bench.close();
});

async function openPull(branch: string, path = `${branch}.txt`, draft = false): Promise<number> {
  await commitFile(bench.as('bob'), branch, path, `${branch}\n`);
  const { data } = await bench.as('bob').rest.pulls.create({ ...shop, title: branch, head: branch, base: 'main', draft });
  return data.number;
}

/** A team of one, besides alice who made it, that may push to the shop. */
async function makeTeam(name: string, member: string): Promise<string> {
  const { teams } = bench.as('alice').rest;
  const { data } = await teams.create({ org: 'acme', name, privacy: 'closed' });
  const team = { org: 'acme', team_slug: data.slug };
  await teams.addOrUpdateMembershipForUserInOrg({ ...team, username: member });
  await teams.addOrUpdateRepoPermissionsInOrg({ ...team, ...shop, permission: 'push' });
  return data.slug;
}

const behalf = `query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
  reviewRequests(first: 9) { nodes { asCodeOwner requestedReviewer { __typename ... on Team { slug } ... on User { login } } } }
  latestOpinionatedReviews(first: 9) { nodes { state author { login } onBehalfOf(first: 9) { nodes { combinedSlug } } } }
} } }`;

async function reviewsOf(
  octokit: Octokit,
  number: number,
): Promise<{ reviewRequests: unknown; latestOpinionatedReviews: unknown }> {
  const { repository } = await octokit.graphql<{
    repository: { pullRequest: { reviewRequests: unknown; latestOpinionatedReviews: unknown } };
  }>(behalf, { number });
  return repository.pullRequest;
}

test('a team raises what its people may do; strangers to the organisation are only invited', async () => {
  const slug = await makeTeam('Back End', 'dave');
  expect(slug).toBe('back-end');
  const { rest } = bench.as('alice');
  const may = await rest.repos.getCollaboratorPermissionLevel({ ...shop, username: 'dave' });
  expect(may.data.permission).toBe('write');
  const team = { org: 'acme', team_slug: slug };
  const invited = await rest.teams.addOrUpdateMembershipForUserInOrg({ ...team, username: 'mallory' });
  expect(invited.data.state).toBe('pending');
  const members = await rest.teams.listMembersInOrg(team);
  expect(members.data.map((one) => one.login)).toEqual(['alice', 'dave']);
  expect((await rest.repos.listTeams(shop)).data).toMatchObject([{ slug, permission: 'push' }]);
  await rest.teams.removeRepoInOrg({ ...team, ...shop });
  const again = await rest.repos.getCollaboratorPermissionLevel({ ...shop, username: 'dave' });
  expect(again.data.permission).toBe('read');
});

test('outsiders make no team and see none; a name is taken once; members alone do not add people', async () => {
  await makeTeam('Solo', 'carol');
  const make = (login: string, name: string): Promise<unknown> => bench.as(login).rest.teams.create({ org: 'acme', name });
  expect(await refusal(make('mallory', 'Mine'))).toMatchObject({ status: 403 });
  expect(await refusal(make('alice', 'solo'))).toMatchObject({ status: 422 });
  const solo = { org: 'acme', team_slug: 'solo' };
  expect(await refusal(bench.as('mallory').rest.teams.getByName(solo))).toMatchObject({ status: 404 });
  const add = bench.as('carol').rest.teams.addOrUpdateMembershipForUserInOrg({ ...solo, username: 'dave' });
  expect(await refusal(add)).toMatchObject({ status: 403 });
});

test('a member’s review is the requested team’s; an app sees teams only with the permission members', async () => {
  const slug = await makeTeam('Security', 'carol');
  const number = await openPull('team-review');
  const at = { ...shop, pull_number: number };
  await bench.heard();
  await bench.as('bob').rest.pulls.requestReviewers({ ...at, team_reviewers: [slug] });
  expect(await bench.heard()).toEqual(['pull_request.review_requested']);
  const asked = await bench.as('bob').rest.pulls.listRequestedReviewers(at);
  expect(asked.data.teams.map((team) => team.slug)).toEqual([slug]);
  expect(await reviewsOf(await bench.installed(), number)).toMatchObject({
    reviewRequests: { nodes: [{ asCodeOwner: false, requestedReviewer: { __typename: 'Team', slug } }] },
  });
  await bench.as('alice').rest.pulls.createReview({ ...at, event: 'COMMENT', body: 'Looking' });
  await bench.as('carol').rest.pulls.createReview({ ...at, event: 'APPROVE' });
  const { data } = await bench.as('bob').rest.pulls.get(at);
  expect(data.requested_teams).toEqual([]);
  // alice, a member too, spoke first: the request was met by her comment.
  expect(await reviewsOf(await bench.installed(), number)).toMatchObject({
    latestOpinionatedReviews: { nodes: [{ state: 'APPROVED', author: { login: 'carol' }, onBehalfOf: { nodes: [] } }] },
  });
  await bench.as('bob').rest.pulls.requestReviewers({ ...at, team_reviewers: [slug] });
  await bench.as('carol').rest.pulls.createReview({ ...at, event: 'APPROVE' });
  expect(await reviewsOf(await bench.installed(), number)).toMatchObject({
    latestOpinionatedReviews: { nodes: [{ onBehalfOf: { nodes: [{ combinedSlug: 'acme/security' }] } }] },
  });
  const { members, ...rest } = allPermissions;
  const blind = await bench.installed({ ...rest });
  await expect(reviewsOf(blind, number)).rejects.toMatchObject({
    data: {
      repository: {
        pullRequest: { latestOpinionatedReviews: { nodes: [{ state: 'APPROVED', onBehalfOf: { nodes: [null] } }] } },
      },
    },
    errors: [{ type: 'FORBIDDEN' }],
  });
});

test('a team without the repository, and an unknown one, cannot be asked', async () => {
  const number = await openPull('nobody');
  const { teams, pulls } = bench.as('alice').rest;
  await teams.create({ org: 'acme', name: 'Elsewhere' });
  for (const slug of ['elsewhere', 'unknown']) {
    const asked = pulls.requestReviewers({ ...shop, pull_number: number, team_reviewers: [slug] });
    expect(await refusal(asked)).toMatchObject({ status: 422 });
  }
});

test('code owners are asked when a draft is ready, and again when a push touches what is theirs', async () => {
  const slug = await makeTeam('Owners', 'carol');
  const text = `docs/* @acme/${slug}\n/src/ @alice @bob @mallory\n*.lock\n`;
  await commitFile(bench.as('alice'), 'main', '.github/CODEOWNERS', text);
  const number = await openPull('owned', 'docs/a.md', true);
  const at = { ...shop, pull_number: number };
  const asked = async (): Promise<string[]> => {
    const { data } = await bench.as('bob').rest.pulls.listRequestedReviewers(at);
    return [...data.users.map((one) => one.login), ...data.teams.map((one) => one.slug)];
  };
  expect(await asked()).toEqual([]);
  const { data } = await bench.as('bob').rest.pulls.get(at);
  await bench
    .as('bob')
    .graphql('mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }', {
      id: data.node_id,
    });
  expect(await asked()).toEqual([slug]);
  await bench.as('carol').rest.pulls.createReview({ ...at, event: 'APPROVE' });
  await commitFile(bench.as('bob'), 'owned', 'docs/deep/b.md', 'not theirs\n');
  expect(await asked()).toEqual([]);
  await commitFile(bench.as('bob'), 'owned', 'src/new.js', 'theirs\n');
  expect(await asked()).toEqual(['alice']);
});

test('a review is submitted, edited and dismissed, each told once', async () => {
  const at = { ...shop, pull_number: await openPull('told') };
  await bench.heard();
  const { data } = await bench.as('alice').rest.pulls.createReview({ ...at, event: 'APPROVE', body: 'Fine' });
  const review = { ...at, review_id: data.id };
  await bench.as('alice').rest.pulls.updateReview({ ...review, body: 'Fine, thanks' });
  expect(await refusal(bench.as('dave').rest.pulls.updateReview({ ...review, body: 'No' }))).toMatchObject({ status: 403 });
  await bench.as('bob').rest.pulls.dismissReview({ ...review, message: 'Changed since' });
  expect(await bench.heard()).toEqual([
    'pull_request_review.submitted',
    'pull_request_review.edited',
    'pull_request_review.dismissed',
  ]);
  expect(bench.received.at(-2)?.payload).toMatchObject({ changes: { body: { from: 'Fine' } } });
  const opinions = await reviewsOf(await bench.installed(), at.pull_number);
  expect(opinions.latestOpinionatedReviews).toMatchObject({ nodes: [{ state: 'DISMISSED' }] });
});

test('an event without its permission is refused at the start, as GitHub refuses to subscribe', async () => {
  const manifest = { name: 'Playcaller', default_permissions: { checks: 'write' }, default_events: ['merge_group'] };
  await expect(startBench({ appManifest: manifest })).rejects.toThrow('merge_group needs the permission merge_queues');
});

test('without a subscription nothing is heard of reviews and merge groups', async () => {
  const deaf = await startBench({
    appManifest: { name: 'Playcaller', default_permissions: { ...allPermissions }, default_events: ['pull_request'] },
  });
  await commitFile(deaf.as('bob'), 'quiet', 'quiet.txt', 'x\n');
  const { data } = await deaf.as('bob').rest.pulls.create({ ...shop, title: 'quiet', head: 'quiet', base: 'main' });
  await deaf.as('alice').rest.pulls.createReview({ ...shop, pull_number: data.number, event: 'APPROVE' });
  await deaf.control('POST', '/repos/acme/shop/merge-queue', { pull_number: data.number });
  expect(await deaf.heard()).toEqual(['pull_request.opened']);
  await deaf.close();
});
