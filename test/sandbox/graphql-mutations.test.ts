/** Writing through GraphQL: the actions' rights, webhooks and refusals, in GraphQL's shape. */
import { expect, test } from 'vitest';
import { createComment, createIssue, createLabel, createPull, createRef } from '../../src/sandbox/actions/index.ts';
import { nodeId } from '../../src/sandbox/ids.ts';
import { issueNodeId } from '../../src/sandbox/payload/issue.ts';
import type { Repository } from '../../src/sandbox/state/repository.ts';
import { at, push, type TestWorld, testWorld } from './graphql-world.ts';

const repoId = (repo: Repository): string => nodeId('Repository', null, repo.id);

function tellings({ told }: TestWorld): string[] {
  return told.map(({ event, action }) => (action ? `${event}.${action}` : event));
}

test('aliased mutations run in order; one that fails is null alone', async () => {
  const world = testWorld();
  const { sandbox, shop, bot, user, ask } = world;
  const issue = createIssue(sandbox, user('bob'), shop, { title: 'Bug' });
  const label = createLabel(sandbox, user('bob'), shop, { name: 'state:active' });
  const main = shop.refs.get('refs/heads/main');
  createRef(sandbox, user('bob'), shop, 'refs/heads/taken', main ?? '');
  world.told.length = 0;
  const document = `mutation ($labels: AddLabelsToLabelableInput!, $card: AddCommentInput!, $branch: CreateRefInput!, $gone: UpdateIssueCommentInput!, $label: CreateLabelInput!) {
    e0: addLabelsToLabelable(input: $labels) { clientMutationId labelable { labels(first: 5) { nodes { name } } } }
    e1: createRef(input: $branch) { ref { id } }
    e2: addComment(input: $card) { commentEdge { node { id body author { login } } } subject { id } }
    e3: updateIssueComment(input: $gone) { issueComment { id } }
    e4: createLabel(input: $label) { label { id } } }`;
  const gone = nodeId('IssueComment', shop.id, 999_999);
  const { data, errors } = await ask(bot, document, {
    labels: { labelableId: issueNodeId(shop, issue), labelIds: [nodeId('Label', shop.id, label.id)], clientMutationId: 'one' },
    card: { subjectId: issueNodeId(shop, issue), body: 'card' },
    branch: { repositoryId: repoId(shop), name: 'refs/heads/taken', oid: main },
    gone: { id: gone, body: 'x' },
    label: { repositoryId: repoId(shop), name: 'STATE:active', color: 'ffffff' },
  });
  expect(data).toMatchObject({
    e0: { clientMutationId: 'one', labelable: { labels: { nodes: [{ name: 'state:active' }] } } },
    e1: null,
    e2: { commentEdge: { node: { body: 'card', author: { login: 'playcaller' } } }, subject: { id: issueNodeId(shop, issue) } },
    e3: null,
    e4: null,
  });
  expect(errors).toMatchObject([
    { type: 'UNPROCESSABLE', path: ['e1'], message: 'A ref named "refs/heads/taken" already exists in the repository.' },
    { type: 'NOT_FOUND', path: ['e3'], message: `Could not resolve to a node with the global id of '${gone}'.` },
    { type: 'UNPROCESSABLE', path: ['e4'], message: 'Name has already been taken' },
  ]);
  expect(errors?.every((error) => error.locations?.length === 1)).toBe(true);
  expect(tellings(world)).toEqual(['issues.labeled', 'issue_comment.created']);
});

test('an installation without the permission, and people without the right, are refused', async () => {
  const { sandbox, shop, secret, user, ask, botWith } = testWorld();
  const issue = createIssue(sandbox, user('bob'), shop, { title: 'Bug' });
  const hidden = createIssue(sandbox, user('bob'), secret, { title: 'Hidden' });
  const document = `mutation ($comment: AddCommentInput!, $label: CreateLabelInput!, $close: CloseIssueInput!) {
    comment: addComment(input: $comment) { clientMutationId } label: createLabel(input: $label) { clientMutationId } close: closeIssue(input: $close) { clientMutationId } }`;
  const subjectId = issueNodeId(shop, issue);
  const variables = {
    comment: { subjectId, body: 'hello' },
    label: { repositoryId: repoId(shop), name: 'x', color: 'ffffff' },
    close: { issueId: subjectId },
  };
  const reader = await ask(botWith({ metadata: 'read', issues: 'read' }), document, variables);
  expect(reader.data).toEqual({ comment: null, label: null, close: null });
  expect(reader.errors).toMatchObject(
    ['comment', 'label', 'close'].map((alias) => ({
      type: 'FORBIDDEN',
      path: [alias],
      message: 'Resource not accessible by integration',
    })),
  );
  const dave = await ask(user('dave'), document, variables);
  expect(dave.data).toMatchObject({ comment: { clientMutationId: null }, label: null, close: null });
  expect(dave.errors).toMatchObject([
    { type: 'FORBIDDEN', path: ['label'], message: 'dave does not have the correct permissions to execute `CreateLabel`' },
    { type: 'FORBIDDEN', path: ['close'], message: 'dave does not have the correct permissions to execute `CloseIssue`' },
  ]);
  const comment = { comment: { subjectId: issueNodeId(secret, hidden), body: 'x' } };
  const mallory = await ask(
    user('mallory'),
    'mutation ($comment: AddCommentInput!) { addComment(input: $comment) { clientMutationId } }',
    comment,
  );
  expect(mallory.errors).toMatchObject([{ type: 'NOT_FOUND', path: ['addComment'] }]);
});

test('comments: edited, hidden, reacted to, deleted', async () => {
  const world = testWorld();
  const { sandbox, shop, bot, user, ask } = world;
  const issue = createIssue(sandbox, user('bob'), shop, { title: 'Bug' });
  const comment = createComment(sandbox, bot, shop, issue, 'one');
  world.told.length = 0;
  const id = nodeId('IssueComment', shop.id, comment.id);
  const document = `mutation ($id: ID!, $empty: String!) {
    edit: updateIssueComment(input: { id: $id, body: "two" }) { issueComment { body lastEditedAt editor { login } } }
    blank: updateIssueComment(input: { id: $id, body: $empty }) { issueComment { body } }
    hide: minimizeComment(input: { subjectId: $id, classifier: OFF_TOPIC }) { minimizedComment { isMinimized minimizedReason } }
    show: unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } }
    react: addReaction(input: { subjectId: $id, content: ROCKET }) { reaction { content } subject { id } reactionGroups { content viewerHasReacted } }
    unreact: removeReaction(input: { subjectId: $id, content: ROCKET }) { reaction { content } }
    delete: deleteIssueComment(input: { id: $id }) { clientMutationId }
    again: deleteIssueComment(input: { id: $id }) { clientMutationId } }`;
  const { data, errors } = await ask(bot, document, { id, empty: ' ' });
  expect(data).toMatchObject({
    edit: { issueComment: { body: 'two', lastEditedAt: comment.lastEditedAt, editor: { login: 'playcaller' } } },
    blank: null,
    hide: { minimizedComment: { isMinimized: true, minimizedReason: 'off-topic' } },
    show: { unminimizedComment: { isMinimized: false } },
    react: { reaction: { content: 'ROCKET' }, subject: { id } },
    unreact: { reaction: { content: 'ROCKET' } },
    again: null,
  });
  expect(errors).toMatchObject([
    { type: 'UNPROCESSABLE', path: ['blank'] },
    { type: 'NOT_FOUND', path: ['again'] },
  ]);
  expect(comment.reactions).toEqual([]);
  expect(tellings(world)).toEqual(['issue_comment.edited', 'issue_comment.deleted']);
});

test('issues: opened, edited, labelled, closed, reopened, pinned, locked, with children', async () => {
  const world = testWorld();
  const { sandbox, shop, bot, user, ask } = world;
  const label = createLabel(sandbox, user('bob'), shop, { name: 'tracker' });
  const child = createIssue(sandbox, user('bob'), shop, { title: 'Child' });
  world.told.length = 0;
  const opened = await ask(
    bot,
    'mutation ($input: CreateIssueInput!) { createIssue(input: $input) { issue { id number title labels(first: 5) { nodes { name } } } } }',
    {
      input: { repositoryId: repoId(shop), title: 'Board', body: 'one', labelIds: [nodeId('Label', shop.id, label.id)] },
    },
  );
  expect(at(opened.data, 'createIssue.issue')).toMatchObject({
    number: 2,
    title: 'Board',
    labels: { nodes: [{ name: 'tracker' }] },
  });
  const document = `mutation ($id: ID!, $child: ID!) {
    edit: updateIssue(input: { id: $id, title: "The board", body: "two", labelIds: [] }) { issue { title body labels(first: 1) { totalCount } } actor { login } }
    close: closeIssue(input: { issueId: $id, stateReason: NOT_PLANNED }) { issue { state stateReason closedAt } }
    reopen: reopenIssue(input: { issueId: $id }) { issue { state stateReason } }
    shut: updateIssue(input: { id: $id, state: CLOSED }) { issue { stateReason } }
    pin: pinIssue(input: { issueId: $id }) { issue { isPinned } }
    unpin: unpinIssue(input: { issueId: $id }) { id issue { isPinned } }
    lock: lockLockable(input: { lockableId: $id, lockReason: RESOLVED }) { lockedRecord { locked activeLockReason } }
    unlock: unlockLockable(input: { lockableId: $id }) { unlockedRecord { locked } }
    adopt: addSubIssue(input: { issueId: $id, subIssueId: $child }) { issue { subIssuesSummary { total } } subIssue { parent { number } } }
    twice: addSubIssue(input: { issueId: $child, subIssueId: $id }) { issue { number } }
    drop: removeSubIssue(input: { issueId: $id, subIssueId: $child }) { issue { subIssuesSummary { total } } }
    asPull: closePullRequest(input: { pullRequestId: $id }) { pullRequest { number } } }`;
  const { data, errors } = await ask(bot, document, {
    id: at(opened.data, 'createIssue.issue.id'),
    child: issueNodeId(shop, child),
  });
  expect(data).toMatchObject({
    edit: { issue: { title: 'The board', body: 'two', labels: { totalCount: 0 } }, actor: { login: 'playcaller' } },
    close: { issue: { state: 'CLOSED', stateReason: 'NOT_PLANNED' } },
    reopen: { issue: { state: 'OPEN', stateReason: 'REOPENED' } },
    shut: { issue: { stateReason: 'COMPLETED' } },
    pin: { issue: { isPinned: true } },
    unpin: { issue: { isPinned: false } },
    lock: { lockedRecord: { locked: true, activeLockReason: 'RESOLVED' } },
    unlock: { unlockedRecord: { locked: false } },
    adopt: { issue: { subIssuesSummary: { total: 1 } }, subIssue: { parent: { number: 2 } } },
    twice: null,
    drop: { issue: { subIssuesSummary: { total: 0 } } },
    asPull: null,
  });
  expect(errors).toMatchObject([
    { type: 'UNPROCESSABLE', path: ['twice'] },
    { type: 'NOT_FOUND', path: ['asPull'] },
  ]);
  expect(tellings(world)).toEqual([
    'issues.opened',
    'issues.labeled',
    'issues.edited',
    'issues.unlabeled',
    'issues.closed',
    'issues.reopened',
    'issues.closed',
    'issues.pinned',
    'issues.unpinned',
    'issues.locked',
    'issues.unlocked',
    'sub_issues.sub_issue_added',
    'sub_issues.parent_issue_added',
    'sub_issues.sub_issue_removed',
    'sub_issues.parent_issue_removed',
  ]);
});

test('check runs: made, completed, within their limits, by apps alone', async () => {
  const world = testWorld();
  const { shop, bot, user, ask } = world;
  const headSha = shop.refs.get('refs/heads/main');
  const create = `mutation ($input: CreateCheckRunInput!) { createCheckRun(input: $input) { checkRun { id databaseId status conclusion externalId checkSuite { app { slug } } } } }`;
  const input = { repositoryId: repoId(shop), headSha, name: 'Playcaller / readiness', status: 'IN_PROGRESS', externalId: '1:a' };
  const made = await ask(bot, create, { input });
  expect(at(made.data, 'createCheckRun.checkRun')).toMatchObject({
    status: 'IN_PROGRESS',
    conclusion: null,
    checkSuite: { app: { slug: 'playcaller' } },
  });
  const checkRunId = at(made.data, 'createCheckRun.checkRun.id');
  const annotation = {
    path: 'a.ts',
    location: { startLine: 3, endLine: 3 },
    annotationLevel: 'FAILURE',
    title: 'Secret',
    message: 'A token.',
  };
  const update = `mutation ($input: UpdateCheckRunInput!) { updateCheckRun(input: $input) { checkRun { status conclusion title summary detailsUrl
    annotations(first: 5) { nodes { path annotationLevel message location { start { line } end { line } } } } } } }`;
  const done = await ask(bot, update, {
    input: {
      repositoryId: repoId(shop),
      checkRunId,
      status: 'COMPLETED',
      conclusion: 'FAILURE',
      detailsUrl: 'http://app.example/verdict',
      output: { title: '1 of 7 missing', summary: 'table', annotations: [annotation] },
    },
  });
  expect(done.errors).toBeUndefined();
  expect(at(done.data, 'updateCheckRun.checkRun')).toMatchObject({
    status: 'COMPLETED',
    conclusion: 'FAILURE',
    title: '1 of 7 missing',
    detailsUrl: 'http://app.example/verdict',
    annotations: { nodes: [{ path: 'a.ts', annotationLevel: 'FAILURE', location: { start: { line: 3 }, end: { line: 3 } } }] },
  });
  expect(tellings(world)).toEqual(['check_run.created', 'check_run.completed', 'check_suite.completed']);
  const long = await ask(bot, update, {
    input: { repositoryId: repoId(shop), checkRunId, output: { title: 't', summary: 'x'.repeat(65_536) } },
  });
  expect(long.errors).toMatchObject([{ type: 'UNPROCESSABLE', path: ['updateCheckRun'], message: /too long/ }]);
  expect((await ask(user('alice'), create, { input })).errors).toMatchObject([{ type: 'FORBIDDEN', path: ['createCheckRun'] }]);
});

test('branches and commits: made, moved, deleted, stale heads refused', async () => {
  const world = testWorld();
  const { shop, bot, ask } = world;
  const main = shop.refs.get('refs/heads/main');
  const created = await ask(
    bot,
    'mutation ($input: CreateRefInput!) { createRef(input: $input) { ref { id name target { oid } } } }',
    {
      input: { repositoryId: repoId(shop), name: 'refs/heads/session/one', oid: main },
    },
  );
  expect(at(created.data, 'createRef.ref')).toMatchObject({ name: 'session/one', target: { oid: main } });
  const commit = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid message } ref { target { oid } } } }`;
  const input = {
    branch: { repositoryNameWithOwner: 'acme/shop', branchName: 'session/one' },
    message: { headline: 'docs: record', body: 'Why.' },
    expectedHeadOid: main,
    fileChanges: {
      additions: [{ path: 'docs/a.md', contents: Buffer.from('hello').toString('base64') }],
      deletions: [{ path: 'README.md' }],
    },
  };
  const committed = await ask(bot, commit, { input });
  expect(committed.errors).toBeUndefined();
  expect(at(committed.data, 'createCommitOnBranch.commit.message')).toBe('docs: record\n\nWhy.');
  const tree = await ask(
    bot,
    '{ repository(owner: "acme", name: "shop") { a: object(expression: "session/one:docs/a.md") { ... on Blob { text } } b: object(expression: "session/one:README.md") { oid } } }',
  );
  expect(tree.data).toEqual({ repository: { a: { text: 'hello' }, b: null } });
  expect((await ask(bot, commit, { input })).errors).toMatchObject([{ type: 'STALE_DATA', path: ['createCommitOnBranch'] }]);
  const gone = { ...input, expectedHeadOid: at(committed.data, 'createCommitOnBranch.commit.oid') };
  expect((await ask(bot, commit, { input: gone })).errors).toMatchObject([{ type: 'UNPROCESSABLE', message: /deletion/ }]);
  const removed = await ask(bot, 'mutation ($input: DeleteRefInput!) { deleteRef(input: $input) { clientMutationId } }', {
    input: { refId: at(created.data, 'createRef.ref.id') },
  });
  expect(removed.errors).toBeUndefined();
  expect(shop.refs.has('refs/heads/session/one')).toBe(false);
  expect(tellings(world).filter((one) => !one.startsWith('check_suite'))).toEqual(['create', 'push', 'push', 'push', 'delete']);
});

test('pull requests: opened as a draft, made ready, reviewed, merged', async () => {
  const world = testWorld();
  const { sandbox, shop, user, ask } = world;
  const [alice, bob] = [user('alice'), user('bob')];
  push(sandbox, bob, shop, 'fix', { 'a.txt': 'a\n' });
  const label = createLabel(sandbox, bob, shop, { name: 'x' });
  world.told.length = 0;
  const created = await ask(
    bob,
    'mutation ($input: CreatePullRequestInput!) { createPullRequest(input: $input) { pullRequest { id number isDraft mergeStateStatus } } }',
    {
      input: { repositoryId: repoId(shop), title: 'fix: a', headRefName: 'fix', baseRefName: 'main', draft: true },
    },
  );
  expect(at(created.data, 'createPullRequest.pullRequest')).toMatchObject({
    number: 1,
    isDraft: true,
    mergeStateStatus: 'DRAFT',
  });
  const id = at(created.data, 'createPullRequest.pullRequest.id');
  const early = await ask(
    alice,
    'mutation ($id: ID!) { mergePullRequest(input: { pullRequestId: $id }) { pullRequest { state } } }',
    { id },
  );
  expect(early.errors).toMatchObject([{ type: 'UNPROCESSABLE', path: ['mergePullRequest'] }]);
  const work = `mutation ($id: ID!, $label: ID!, $carol: ID!) {
    ready: markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
    draft: convertPullRequestToDraft(input: { pullRequestId: $id }) { pullRequest { isDraft } }
    again: markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
    edit: updatePullRequest(input: { pullRequestId: $id, title: "fix: b", labelIds: [$label] }) { pullRequest { title labels(first: 1) { nodes { name } } } }
    close: closePullRequest(input: { pullRequestId: $id }) { pullRequest { state } }
    reopen: reopenPullRequest(input: { pullRequestId: $id }) { pullRequest { state } }
    ask: requestReviews(input: { pullRequestId: $id, userIds: [$carol] }) { pullRequest { reviewRequests(first: 1) { nodes { requestedReviewer { ... on User { login } } } } } }
    self: addPullRequestReview(input: { pullRequestId: $id, event: APPROVE }) { pullRequestReview { state } } }`;
  const carol = sandbox.world.accounts.get('carol');
  const variables = { id, label: nodeId('Label', shop.id, label.id), carol: nodeId('User', null, carol?.id ?? 0) };
  const { data, errors } = await ask(bob, work, variables);
  expect(data).toMatchObject({
    ready: { pullRequest: { isDraft: false } },
    draft: { pullRequest: { isDraft: true } },
    again: { pullRequest: { isDraft: false } },
    edit: { pullRequest: { title: 'fix: b', labels: { nodes: [{ name: 'x' }] } } },
    close: { pullRequest: { state: 'CLOSED' } },
    reopen: { pullRequest: { state: 'OPEN' } },
    ask: { pullRequest: { reviewRequests: { nodes: [{ requestedReviewer: { login: 'carol' } }] } } },
    self: null,
  });
  expect(errors).toMatchObject([{ type: 'UNPROCESSABLE', path: ['self'], message: 'Can not approve your own pull request' }]);
  const merge = `mutation ($id: ID!) { review: addPullRequestReview(input: { pullRequestId: $id, event: APPROVE }) { pullRequestReview { state author { login } } }
    stale: mergePullRequest(input: { pullRequestId: $id, expectedHeadOid: "${'0'.repeat(40)}" }) { pullRequest { state } }
    merge: mergePullRequest(input: { pullRequestId: $id, mergeMethod: SQUASH, commitHeadline: "fix: b (#1)" }) { pullRequest { state reviewDecision mergeCommit { messageHeadline } } } }`;
  const merged = await ask(alice, merge, { id });
  expect(merged.data).toMatchObject({
    review: { pullRequestReview: { state: 'APPROVED', author: { login: 'alice' } } },
    stale: null,
    merge: { pullRequest: { state: 'MERGED', reviewDecision: 'APPROVED', mergeCommit: { messageHeadline: 'fix: b (#1)' } } },
  });
  expect(merged.errors).toMatchObject([{ type: 'UNPROCESSABLE', path: ['stale'] }]);
  expect(tellings(world)).toContain('pull_request.ready_for_review');
  expect(tellings(world).filter((one) => one === 'pull_request.closed')).toHaveLength(2);
});

test('labels are taken off by id, and those that are not on are passed over', async () => {
  const { sandbox, shop, bot, user, ask } = testWorld();
  const issue = createIssue(sandbox, user('bob'), shop, { title: 'Bug', labels: ['a', 'b'] });
  push(sandbox, user('bob'), shop, 'fix', { 'a.txt': 'a\n' });
  const pull = createPull(sandbox, user('bob'), shop, { title: 'A', head: 'fix', base: 'main' });
  const idOf = (name: string): string => {
    return nodeId('Label', shop.id, [...shop.labels.values()].find((one) => one.name === name)?.id ?? 0);
  };
  const document = `mutation ($issue: ID!, $pull: ID!, $a: ID!, $b: ID!) {
    off: removeLabelsFromLabelable(input: { labelableId: $issue, labelIds: [$a] }) { labelable { labels(first: 5) { nodes { name } } } }
    noop: removeLabelsFromLabelable(input: { labelableId: $pull, labelIds: [$a] }) { labelable { labels(first: 5) { totalCount } } }
    on: addLabelsToLabelable(input: { labelableId: $pull, labelIds: [$b, $b] }) { labelable { labels(first: 5) { totalCount } } }
    rename: updateLabel(input: { id: $b, name: "bb" }) { label { name } }
    delete: deleteLabel(input: { id: $b }) { clientMutationId } }`;
  const { data, errors } = await ask(bot, document, {
    issue: issueNodeId(shop, issue),
    pull: issueNodeId(shop, pull),
    a: idOf('a'),
    b: idOf('b'),
  });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    off: { labelable: { labels: { nodes: [{ name: 'b' }] } } },
    noop: { labelable: { labels: { totalCount: 0 } } },
    on: { labelable: { labels: { totalCount: 1 } } },
    rename: { label: { name: 'bb' } },
  });
  expect(pull.labels).toEqual([]);
});
