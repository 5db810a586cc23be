/** Reading through GraphQL: what the published schema offers, as GitHub answers it. */
import { expect, test } from 'vitest';
import {
  addLabels,
  addReaction,
  addSubIssue,
  createCheckRun,
  createComment,
  createIssue,
  createLabel,
  createPull,
  createReview,
  createStatus,
  forkRepository,
  mergePull,
  updateComment,
  updateIssue,
} from '../../src/sandbox/actions/index.ts';
import { nodeId } from '../../src/sandbox/ids.ts';
import { issueNodeId } from '../../src/sandbox/payload/issue.ts';
import { at, looseCommit, push, testWorld } from './graphql-world.ts';

test('the viewer of an installation is the bot with [bot], an actor is the bot without', async () => {
  const { sandbox, shop, bot, user, ask } = testWorld();
  const issue = createIssue(sandbox, bot, shop, { title: 'Board' });
  createComment(sandbox, bot, shop, issue, 'mine');
  createComment(sandbox, user('dave'), shop, issue, 'not mine');
  const query = `{ viewer { __typename login isViewer }
    repository(owner: "acme", name: "shop") { issue(number: 1) { viewerDidAuthor author { __typename login }
      comments(first: 5) { nodes { viewerDidAuthor author { __typename login } } } } } }`;
  expect(await ask(bot, query)).toEqual({
    data: {
      viewer: { __typename: 'User', login: 'playcaller[bot]', isViewer: true },
      repository: {
        issue: {
          viewerDidAuthor: true,
          author: { __typename: 'Bot', login: 'playcaller' },
          comments: {
            nodes: [
              { viewerDidAuthor: true, author: { __typename: 'Bot', login: 'playcaller' } },
              { viewerDidAuthor: false, author: { __typename: 'User', login: 'dave' } },
            ],
          },
        },
      },
    },
  });
});

test('files are read by expression', async () => {
  const { shop, bot, ask } = testWorld();
  const sha = shop.refs.get('refs/heads/main');
  const query = `query ($byBranch: String!, $bySha: String!) { repository(owner: "ACME", name: "Shop") {
    id nameWithOwner hasIssuesEnabled squashMergeCommitTitle owner { __typename login }
    defaultBranchRef { id name prefix target { __typename oid } }
    file: object(expression: "HEAD:README.md") { __typename ... on Blob { text isBinary byteSize oid } }
    byBranch: object(expression: $byBranch) { ... on Blob { text } }
    bySha: object(expression: $bySha) { ... on Blob { text } }
    root: object(expression: "HEAD:") { __typename }
    commit: object(expression: "main") { ... on Commit { messageHeadline file(path: "README.md") { name type } tree { entries { name } } } }
    missing: object(expression: "HEAD:nope.yml") { __typename }
    wrong: object(expression: "nowhere:README.md") { __typename }
    playbooks: object(expression: "HEAD:.github/playbooks") { ... on Tree { entries { name path type object { ... on Blob { text byteSize } } } } } } }`;
  const { data, errors } = await ask(bot, query, { byBranch: 'main:README.md', bySha: `${sha}:README.md` });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    repository: {
      id: nodeId('Repository', null, shop.id),
      nameWithOwner: 'acme/shop',
      owner: { __typename: 'Organization', login: 'acme' },
      defaultBranchRef: { name: 'main', prefix: 'refs/heads/', target: { __typename: 'Commit', oid: sha } },
      file: { __typename: 'Blob', text: '# shop\n', isBinary: false, byteSize: 7 },
      byBranch: { text: '# shop\n' },
      bySha: { text: '# shop\n' },
      root: { __typename: 'Tree' },
      commit: { file: { name: 'README.md', type: 'blob' }, tree: { entries: [{ name: '.github' }, { name: 'README.md' }] } },
      missing: null,
      wrong: null,
      playbooks: {
        entries: [
          { name: 'a.yml', path: 'a.yml', type: 'blob', object: { text: 'type: a\n', byteSize: 8 } },
          { name: 'b.yml', path: 'b.yml', type: 'blob', object: { text: 'type: b\n', byteSize: 8 } },
        ],
      },
    },
  });
});

test('an issue shows its thread, family, labels and history', async () => {
  const { sandbox, shop, bot, user, ask } = testWorld();
  const [alice, bob] = [user('alice'), user('bob')];
  const issue = createIssue(sandbox, bob, shop, { title: 'Sums are wrong', body: 'See **here**', assignees: ['carol'] });
  const child = createIssue(sandbox, bob, shop, { title: 'Part' });
  createLabel(sandbox, bob, shop, { name: 'session:bug-fix', color: 'd73a4a' });
  addLabels(sandbox, bob, shop, issue, ['session:bug-fix']);
  addSubIssue(sandbox, bob, shop, issue, child.id);
  addReaction(sandbox, alice, shop, issue, issue, 'eyes');
  const comment = createComment(sandbox, bot, shop, issue, '- [ ] one');
  updateComment(sandbox, alice, shop, comment, '- [x] one');
  updateIssue(sandbox, bob, shop, child, { state: 'closed', stateReason: 'not_planned' });
  const query = `query ($id: ID!) { node(id: $id) { ... on Issue { number title body state stateReason locked isPinned url
    author { login } labels(first: 10) { totalCount nodes { name color } } assignees(first: 5) { nodes { login } }
    subIssues(first: 5) { nodes { number state stateReason parent { number } } } subIssuesSummary { total completed percentCompleted }
    reactions(first: 5) { totalCount nodes { content user { login } } } reactionGroups { content viewerHasReacted users(first: 1) { totalCount } }
    timelineItems(first: 10, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT]) {
      nodes { __typename ... on LabeledEvent { actor { login } label { name } } } }
    comments(last: 1) { totalCount nodes { databaseId body lastEditedAt editor { __typename login } viewerDidAuthor url isMinimized
      userContentEdits(first: 1) { totalCount nodes { editor { login } } } } } } } }`;
  const { data, errors } = await ask(bot, query, { id: issueNodeId(shop, issue) });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    node: {
      number: 1,
      state: 'OPEN',
      stateReason: null,
      url: 'http://127.0.0.1:4000/acme/shop/issues/1',
      labels: { totalCount: 1, nodes: [{ name: 'session:bug-fix', color: 'd73a4a' }] },
      assignees: { nodes: [{ login: 'carol' }] },
      subIssues: { nodes: [{ number: 2, state: 'CLOSED', stateReason: 'NOT_PLANNED', parent: { number: 1 } }] },
      subIssuesSummary: { total: 1, completed: 1, percentCompleted: 100 },
      reactions: { totalCount: 1, nodes: [{ content: 'EYES', user: { login: 'alice' } }] },
      timelineItems: { nodes: [{ __typename: 'LabeledEvent', actor: { login: 'bob' }, label: { name: 'session:bug-fix' } }] },
      comments: {
        totalCount: 1,
        nodes: [
          {
            databaseId: comment.id,
            body: '- [x] one',
            lastEditedAt: comment.updatedAt,
            editor: { __typename: 'User', login: 'alice' },
            viewerDidAuthor: true,
            isMinimized: false,
            userContentEdits: { totalCount: 1, nodes: [{ editor: { login: 'alice' } }] },
          },
        ],
      },
    },
  });
});

test('a pull request shows its branches, changes, checks, reviews and the issues that it closes', async () => {
  const { sandbox, shop, bot, user, ask } = testWorld();
  const [alice, bob] = [user('alice'), user('bob')];
  createIssue(sandbox, bob, shop, { title: 'Bug' });
  const base = shop.refs.get('refs/heads/main');
  push(sandbox, bob, shop, 'fix', { 'src/sum.ts': 'one\ntwo\n' });
  const head = push(sandbox, bob, shop, 'fix', { 'README.md': '# shop\nmore\n' });
  const pull = createPull(sandbox, bob, shop, { title: 'fix: sums', head: 'fix', base: 'main', body: 'Closes #1' });
  createReview(sandbox, alice, shop, pull, { event: 'APPROVE' });
  const ci: Parameters<typeof createCheckRun>[1] = {
    kind: 'installation',
    login: 'ci[bot]',
    appId: 78,
    installationId: 8,
    permissions: { checks: 'write', statuses: 'write' },
  };
  createCheckRun(sandbox, ci, shop, 'test', head, { conclusion: 'failure' });
  const second = createCheckRun(sandbox, ci, shop, 'test', head, {
    conclusion: 'success',
    output: { title: 'ok', summary: 'fine' },
  });
  createCheckRun(sandbox, bot, shop, 'Playcaller / readiness', head, { status: 'in_progress', externalId: '2:abc' });
  createStatus(sandbox, ci, shop, head, { state: 'pending', context: 'coverage' });
  createStatus(sandbox, ci, shop, head, { state: 'success', context: 'coverage', targetUrl: 'https://ci.example/1' });
  const query = `query ($number: Int!, $app: Int!) { repository(owner: "acme", name: "shop") { issueOrPullRequest(number: $number) { __typename
    ... on PullRequest { state isDraft headRefName headRefOid baseRefOid baseRefName isCrossRepository mergeable mergeStateStatus
      headRepository { nameWithOwner } headRef { name } additions deletions changedFiles reviewDecision
      files(first: 5) { nodes { path additions deletions changeType } }
      closingIssuesReferences(first: 5) { nodes { number repository { nameWithOwner } } }
      latestReviews(first: 5) { nodes { state author { login } } }
      first: commits(first: 1) { totalCount nodes { commit { message } } }
      commits(last: 1) { nodes { commit { oid statusCheckRollup { state contexts(first: 10) { totalCount checkRunCount statusContextCount
          nodes { __typename ... on CheckRun { name checkStatus: status conclusion isRequired(pullRequestNumber: $number) checkSuite { app { slug databaseId } } }
            ... on StatusContext { context statusState: state targetUrl } } } }
        checkSuites(first: 1, filterBy: { appId: $app }) { totalCount nodes { app { slug }
          checkRuns(first: 1, filterBy: { checkName: "Playcaller / readiness", checkType: LATEST }) { nodes { status conclusion externalId } } } } } } } } }
    issue(number: 1) { closedByPullRequestsReferences(first: 5, includeClosedPrs: true) { nodes { number state } } } } }`;
  const { data, errors } = await ask(bot, query, { number: 2, app: 77 });
  expect(errors).toBeUndefined();
  expect(at(data, 'repository.issueOrPullRequest')).toMatchObject({
    __typename: 'PullRequest',
    state: 'OPEN',
    isDraft: false,
    headRefName: 'fix',
    headRefOid: head,
    baseRefOid: base,
    isCrossRepository: false,
    mergeable: 'MERGEABLE',
    mergeStateStatus: 'UNSTABLE',
    headRepository: { nameWithOwner: 'acme/shop' },
    headRef: { name: 'fix' },
    additions: 3,
    deletions: 0,
    changedFiles: 2,
    reviewDecision: 'APPROVED',
    files: {
      nodes: [
        { path: 'README.md', changeType: 'MODIFIED' },
        { path: 'src/sum.ts', additions: 2, changeType: 'ADDED' },
      ],
    },
    closingIssuesReferences: { nodes: [{ number: 1, repository: { nameWithOwner: 'acme/shop' } }] },
    latestReviews: { nodes: [{ state: 'APPROVED', author: { login: 'alice' } }] },
    first: { totalCount: 2, nodes: [{ commit: { message: 'Change src/sum.ts' } }] },
  });
  expect(at(data, 'repository.issueOrPullRequest.commits.nodes.0.commit')).toMatchObject({
    oid: head,
    statusCheckRollup: {
      state: 'PENDING',
      contexts: {
        totalCount: 3,
        checkRunCount: 2,
        statusContextCount: 1,
        nodes: [
          {
            __typename: 'CheckRun',
            name: 'test',
            checkStatus: 'COMPLETED',
            conclusion: 'SUCCESS',
            isRequired: false,
            checkSuite: { app: { slug: 'ci' } },
          },
          { __typename: 'CheckRun', name: 'Playcaller / readiness', checkStatus: 'IN_PROGRESS', conclusion: null },
          { __typename: 'StatusContext', context: 'coverage', statusState: 'SUCCESS', targetUrl: 'https://ci.example/1' },
        ],
      },
    },
    checkSuites: {
      totalCount: 1,
      nodes: [{ app: { slug: 'playcaller' }, checkRuns: { nodes: [{ status: 'IN_PROGRESS', externalId: '2:abc' }] } }],
    },
  });
  expect(at(data, 'repository.issue.closedByPullRequestsReferences.nodes')).toEqual([{ number: 2, state: 'OPEN' }]);
  const run = await ask(
    bot,
    'query ($id: ID!) { node(id: $id) { ... on CheckRun { databaseId title summary checkSuite { status conclusion } } } }',
    {
      id: nodeId('CheckRun', shop.id, second.id),
    },
  );
  expect(at(run.data, 'node')).toMatchObject({
    databaseId: second.id,
    title: 'ok',
    summary: 'fine',
    checkSuite: { status: 'COMPLETED' },
  });
});

test('a merged pull request and one from a fork', async () => {
  const { sandbox, shop, user, ask, bot } = testWorld();
  const [alice, mallory] = [user('alice'), user('mallory')];
  const fork = forkRepository(sandbox, mallory, shop, 'mallory');
  push(sandbox, mallory, fork, 'patch', { 'a.txt': 'a\n' });
  const pull = createPull(sandbox, mallory, shop, { title: 'Add a', head: 'mallory:patch', base: 'main' });
  const sha = mergePull(sandbox, alice, shop, pull, { method: 'squash' });
  const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { state merged mergedAt mergedBy { login } mergeCommit { oid }
    isCrossRepository headRepository { nameWithOwner } headRepositoryOwner { login } authorAssociation changedFiles mergeable closed } } }`;
  expect(at((await ask(bot, query)).data, 'repository.pullRequest')).toEqual({
    state: 'MERGED',
    merged: true,
    mergedAt: pull.pull.mergedAt,
    mergedBy: { login: 'alice' },
    mergeCommit: { oid: sha },
    isCrossRepository: true,
    headRepository: { nameWithOwner: 'mallory/shop' },
    headRepositoryOwner: { login: 'mallory' },
    authorAssociation: 'CONTRIBUTOR',
    changedFiles: 1,
    mergeable: 'UNKNOWN',
    closed: true,
  });
});

test('issues are filtered by any of the labels, by state, and ordered', async () => {
  const { sandbox, shop, user, ask, bot } = testWorld();
  const bob = user('bob');
  for (const labels of [['a'], ['b'], ['c'], ['a', 'b']]) createIssue(sandbox, bob, shop, { title: labels.join(), labels });
  const second = shop.issues.get(2);
  if (second) updateIssue(sandbox, bob, shop, second, { state: 'closed' });
  const query = `{ repository(owner: "acme", name: "shop") {
    any: issues(first: 10, labels: ["A", "b"]) { totalCount nodes { number } }
    open: issues(first: 10, labels: ["a", "b"], states: OPEN, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number } }
    none: issues(first: 10, labels: ["nope"]) { totalCount }
    recent: issues(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { number } }
    mine: issues(first: 10, filterBy: { createdBy: "bob", labels: ["c"] }) { nodes { number } }
    label(name: "A") { name issues(first: 5) { totalCount } }
    labels(first: 2, query: "b") { totalCount nodes { name } } } }`;
  expect((await ask(bot, query)).data).toEqual({
    repository: {
      any: { totalCount: 3, nodes: [{ number: 1 }, { number: 2 }, { number: 4 }] },
      open: { nodes: [{ number: 4 }, { number: 1 }] },
      none: { totalCount: 0 },
      recent: { nodes: [{ number: 2 }] },
      mine: { nodes: [{ number: 3 }] },
      label: { name: 'a', issues: { totalCount: 2 } },
      labels: { totalCount: 1, nodes: [{ name: 'b' }] },
    },
  });
});

test('a thousand issues with comments page by cursor, each once, also while one goes away', async () => {
  const { sandbox, shop, user, ask, bot } = testWorld();
  const bob = user('bob');
  for (let made = 0; made < 1000; made++) {
    const issue = createIssue(sandbox, bob, shop, { title: `issue ${made + 1}` });
    createComment(sandbox, bob, shop, issue, `comment on ${issue.number}`);
  }
  const query = `query ($after: String) { repository(owner: "acme", name: "shop") { issues(first: 100, after: $after) { totalCount
    nodes { number comments(last: 5) { nodes { body } } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
  const seen: unknown[] = [];
  let after: unknown = null;
  for (let page = 0; page < 10; page++) {
    const { data } = await ask(bot, query, { after });
    const nodes = at(data, 'repository.issues.nodes');
    if (Array.isArray(nodes)) seen.push(...nodes);
    after = at(data, 'repository.issues.pageInfo.endCursor');
    expect(at(data, 'repository.issues.pageInfo.hasNextPage')).toBe(page < 9);
    if (page === 4) shop.issues.delete(1);
  }
  expect(seen.map((node) => at(node, 'number'))).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  expect(seen.map((node) => at(node, 'comments.nodes.0.body'))).toEqual(seen.map((node) => `comment on ${at(node, 'number')}`));
}, 60_000);

test('pages go backwards too, and a bad cursor is refused', async () => {
  const { sandbox, shop, user, ask, bot } = testWorld();
  for (const title of ['a', 'b', 'c']) createIssue(sandbox, user('bob'), shop, { title });
  const query = `query ($before: String) { repository(owner: "acme", name: "shop") { issues(last: 1, before: $before) {
    edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor } } } }`;
  const last = await ask(bot, query);
  expect(at(last.data, 'repository.issues.edges.0.node.title')).toBe('c');
  const before = at(last.data, 'repository.issues.pageInfo.startCursor');
  expect(at(last.data, 'repository.issues.edges.0.cursor')).toBe(before);
  const middle = await ask(bot, query, { before });
  expect(at(middle.data, 'repository.issues')).toMatchObject({
    edges: [{ node: { title: 'b' } }],
    pageInfo: { hasNextPage: true, hasPreviousPage: true },
  });
  const bad = await ask(bot, query, { before: 'rubbish' });
  expect(bad.errors).toMatchObject([{ type: 'INVALID_CURSOR_ARGUMENTS', path: ['repository', 'issues'] }]);
});

test('what is not there is NOT_FOUND, and the rest of the answer stands', async () => {
  const { shop, ask, bot } = testWorld();
  const query = `query ($ids: [ID!]!) { repository(owner: "acme", name: "shop") { name issue(number: 9) { title } pullRequest(number: 9) { title } }
    other: repository(owner: "acme", name: "none") { name }
    nodes(ids: $ids) { __typename } organization(login: "bob") { login } repositoryOwner(login: "acme") { login repository(name: "shop") { name } } }`;
  const { data, errors } = await ask(bot, query, {
    ids: [nodeId('Repository', null, shop.id), nodeId('Issue', shop.id, 5), 'nonsense'],
  });
  expect(data).toEqual({
    repository: { name: 'shop', issue: null, pullRequest: null },
    other: null,
    nodes: [{ __typename: 'Repository' }, null, null],
    organization: null,
    repositoryOwner: { login: 'acme', repository: { name: 'shop' } },
  });
  expect(errors?.map(({ type, path, message }) => ({ type, path, message }))).toEqual([
    { type: 'NOT_FOUND', path: ['repository', 'issue'], message: 'Could not resolve to an Issue with the number of 9.' },
    {
      type: 'NOT_FOUND',
      path: ['repository', 'pullRequest'],
      message: 'Could not resolve to a PullRequest with the number of 9.',
    },
    { type: 'NOT_FOUND', path: ['other'], message: "Could not resolve to a Repository with the name 'acme/none'." },
    {
      type: 'NOT_FOUND',
      path: ['nodes', 1],
      message: `Could not resolve to a node with the global id of '${nodeId('Issue', shop.id, 5)}'.`,
    },
    { type: 'NOT_FOUND', path: ['nodes', 2], message: "Could not resolve to a node with the global id of 'nonsense'." },
    { type: 'NOT_FOUND', path: ['organization'], message: "Could not resolve to an Organization with the login of 'bob'." },
  ]);
});

test('commits answer for their history and pull requests', async () => {
  const { sandbox, shop, user, ask, bot } = testWorld();
  const bob = user('bob');
  const head = push(sandbox, bob, shop, 'fix', { 'a.txt': 'a\n' });
  createPull(sandbox, bob, shop, { title: 'A', head: 'fix', base: 'main' });
  const loose = looseCommit(shop, head, 'not on a branch');
  const query = `query ($oid: GitObjectID!, $loose: GitObjectID!) { repository(owner: "acme", name: "shop") {
    object(oid: $oid) { ... on Commit { abbreviatedOid author { user { login } } parents(first: 1) { totalCount }
      associatedPullRequests(first: 5) { nodes { number } } history(first: 10) { totalCount } status { state } statusCheckRollup { state } } }
    loose: object(oid: $loose) { ... on Commit { message associatedPullRequests(first: 5) { totalCount } } }
    refs(refPrefix: "refs/heads/", first: 10, query: "fi") { totalCount nodes { name target { oid } } }
    gone: ref(qualifiedName: "refs/heads/none") { name } } }`;
  const { data, errors } = await ask(bot, query, { oid: head, loose });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    repository: {
      object: {
        abbreviatedOid: head.slice(0, 7),
        author: { user: { login: 'bob' } },
        parents: { totalCount: 1 },
        associatedPullRequests: { nodes: [{ number: 1 }] },
        history: { totalCount: 2 },
        status: null,
        statusCheckRollup: null,
      },
      loose: { message: 'not on a branch', associatedPullRequests: { totalCount: 0 } },
      refs: { totalCount: 1, nodes: [{ name: 'fix', target: { oid: head } }] },
      gone: null,
    },
  });
});
