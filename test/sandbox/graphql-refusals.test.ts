/** What GitHub's GraphQL API refuses, the sandbox refuses in the same shape. */
import { expect, test } from 'vitest';
import { createCheckRun, createComment, createIssue, createPull, createStatus } from '../../src/sandbox/actions/index.ts';
import { nodeId } from '../../src/sandbox/ids.ts';
import { at, push, testWorld } from './graphql-world.ts';

test('a field that the schema does not have', async () => {
  const { ask, bot } = testWorld();
  const answer = await ask(bot, 'query Q {\n  repository(owner: "acme", name: "shop") { title name(x: 1) owner }\n}');
  expect(answer).toEqual({
    errors: [
      {
        path: ['query Q', 'repository', 'title'],
        extensions: { code: 'undefinedField', typeName: 'Repository', fieldName: 'title' },
        locations: [{ line: 2, column: 45 }],
        message: "Field 'title' doesn't exist on type 'Repository'",
      },
      {
        path: ['query Q', 'repository', 'name', 'x'],
        extensions: { code: 'argumentNotAccepted', name: 'name', typeName: 'Field', argumentName: 'x' },
        locations: [{ line: 2, column: 56 }],
        message: "Field 'name' doesn't accept argument 'x'",
      },
      {
        path: ['query Q', 'repository', 'owner'],
        extensions: { code: 'selectionMismatch', nodeName: "field 'owner'", typeName: 'RepositoryOwner!' },
        locations: [{ line: 2, column: 62 }],
        message:
          "Field must have selections (field 'owner' returns RepositoryOwner but has no selections. Did you mean 'owner { ... }'?)",
      },
    ],
  });
});

test('blocked-by links are in GitHub’s reference, newer than the package; a field that is in neither is refused', async () => {
  const { ask, bot } = testWorld();
  const issue = (fields: string) => `{ repository(owner: "acme", name: "shop") { issue(number: 1) { ${fields} } } }`;
  const { errors } = await ask(bot, issue('blockers(first: 1) { totalCount }'));
  expect(errors).toMatchObject([{ message: "Field 'blockers' doesn't exist on type 'Issue'" }]);
  expect((await ask(bot, issue('blockedBy(first: 1) { totalCount }'))).errors).toMatchObject([{ type: 'NOT_FOUND' }]);
});

test('no query, a broken one, an unknown operation, a wrong variable', async () => {
  const { ask, bot } = testWorld();
  expect((await ask(bot, '')).errors).toEqual([{ message: 'A query attribute must be specified and must be a string.' }]);
  expect((await ask(bot, '{ viewer {')).errors).toMatchObject([{ message: /Syntax Error/, locations: [{ line: 1 }] }]);
  expect((await ask(bot, 'query A { viewer { login } } query B { viewer { login } }')).errors).toEqual([
    { message: 'An operation name is required' },
  ]);
  const typed =
    'query ($n: Int!, $s: [IssueState!]) { repository(owner: "acme", name: "shop") { issues(first: $n, states: $s) { totalCount } } }';
  expect(await ask(bot, typed, { n: 'ten', s: ['HALF'] })).toMatchObject({
    errors: [
      { message: 'Variable $n of type Int! was provided invalid value' },
      { message: 'Variable $s of type [IssueState!] was provided invalid value' },
    ],
  });
  expect((await ask(bot, typed)).errors).toMatchObject([{ message: 'Variable $n of type Int! was provided invalid value' }]);
  const wrongScalar = 'query { repository(owner: "acme", name: "shop") { object(oid: "not a sha") { oid } } }';
  expect((await ask(bot, wrongScalar)).errors).toHaveLength(1);
});

test('connections want first or last, 100 at most', async () => {
  const { ask, bot } = testWorld();
  const issues = (args: string): string => `{ repository(owner: "acme", name: "shop") { name issues${args} { totalCount } } }`;
  expect(await ask(bot, issues(''))).toEqual({
    data: { repository: null },
    errors: [
      {
        type: 'MISSING_PAGINATION_BOUNDARIES',
        path: ['repository', 'issues'],
        locations: [{ line: 1, column: 50 }],
        message: 'You must provide a `first` or `last` value to properly paginate the `issues` connection.',
      },
    ],
  });
  expect((await ask(bot, issues('(first: 101)'))).errors).toMatchObject([
    {
      type: 'EXCESSIVE_PAGINATION',
      message: 'Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records.',
    },
  ]);
  expect((await ask(bot, issues('(last: -1)'))).errors).toMatchObject([{ type: 'EXCESSIVE_PAGINATION' }]);
  expect((await ask(bot, issues('(first: 0)'))).errors).toBeUndefined();
});

test('a query may ask for 500,000 nodes and no more; the cost is told', async () => {
  const { ask, bot } = testWorld();
  const nested = (
    inner: number,
  ): string => `fragment C on Issue { comments(first: 100) { nodes { reactions(first: ${inner}) { totalCount } } } }
    query ($n: Int = 100) { rateLimit { cost nodeCount limit }
      repository(owner: "acme", name: "shop") { issues(first: $n) { nodes { ...C } } } }`;
  const fits = await ask(bot, nested(48));
  expect(fits.errors).toBeUndefined();
  expect(at(fits.data, 'rateLimit')).toEqual({ cost: 101, nodeCount: 490_100, limit: 5000 });
  const tooMuch = await ask(bot, nested(50));
  expect(tooMuch.data).toBeUndefined();
  expect(tooMuch.errors).toMatchObject([
    {
      type: 'MAX_NODE_LIMIT_EXCEEDED',
      message: 'This query requests up to 510,100 possible nodes which exceeds the maximum limit of 500,000.',
    },
  ]);
  expect((await ask(bot, nested(50), { n: 1 })).errors).toBeUndefined();
});

test('an installation reads only what its permissions cover', async () => {
  const { sandbox, shop, user, ask, bot, botWith } = testWorld();
  const bob = user('bob');
  const issue = createIssue(sandbox, bob, shop, { title: 'Bug', labels: ['a'] });
  createComment(sandbox, bob, shop, issue, 'hello');
  const head = push(sandbox, bob, shop, 'fix', { 'a.txt': 'a\n' });
  createPull(sandbox, bob, shop, { title: 'A', head: 'fix', base: 'main' });
  createCheckRun(sandbox, bot, shop, 'mine', head, {});
  createStatus(sandbox, bob, shop, head, { state: 'success', context: 'ci' });
  const query = `query ($id: ID!) { repository(owner: "acme", name: "shop") { nameWithOwner
      issue(number: 1) { title } pullRequest(number: 2) { title commits(last: 1) { nodes { commit { oid statusCheckRollup { contexts(first: 5) { nodes { __typename } } } } } } }
      label(name: "a") { name } defaultBranchRef { name } object(expression: "HEAD:README.md") { oid } }
    node(id: $id) { __typename } }`;
  const variables = { id: nodeId('Issue', shop.id, issue.id) };
  const refused = async (permissions: Record<string, 'read' | 'write'>): Promise<unknown> => {
    const { errors } = await ask(botWith(permissions), query, variables);
    expect(errors?.every((one) => one.type === 'FORBIDDEN' && one.message === 'Resource not accessible by integration')).toBe(
      true,
    );
    return errors?.map((one) => one.path?.join('.')).sort();
  };
  expect(await refused({ metadata: 'read' })).toEqual([
    'node',
    'repository.defaultBranchRef',
    'repository.issue',
    'repository.label',
    'repository.object',
    'repository.pullRequest',
  ]);
  expect(await refused({ metadata: 'read', pull_requests: 'read', checks: 'read' })).toEqual([
    'node',
    'repository.defaultBranchRef',
    'repository.issue',
    'repository.object',
    'repository.pullRequest.commits.nodes.0.commit.statusCheckRollup.contexts.nodes.1',
  ]);
  expect(await refused({ metadata: 'read', issues: 'read', contents: 'read' })).toEqual(['repository.pullRequest']);
  const all = await ask(bot, query, variables);
  expect(all.errors).toBeUndefined();
});

test('a private repository is not there for strangers, nor for an app that is installed elsewhere', async () => {
  const { sandbox, secret, user, ask, bot } = testWorld();
  const issue = createIssue(sandbox, user('alice'), secret, { title: 'Hidden' });
  const query = `query ($id: ID!) { repository(owner: "acme", name: "secret") { name viewerPermission } node(id: $id) { id } }`;
  const variables = { id: nodeId('Issue', secret.id, issue.id) };
  const stranger = await ask(user('mallory'), query, variables);
  expect(stranger.data).toEqual({ repository: null, node: null });
  expect(stranger.errors).toMatchObject([
    { type: 'NOT_FOUND', path: ['repository'], message: "Could not resolve to a Repository with the name 'acme/secret'." },
    { type: 'NOT_FOUND', path: ['node'] },
  ]);
  expect(at((await ask(user('dave'), query, variables)).data, 'repository')).toEqual({
    name: 'secret',
    viewerPermission: 'READ',
  });
  expect((await ask(bot, query, variables)).errors).toBeUndefined();
  sandbox.world.installations.delete(7);
  expect((await ask(bot, query, variables)).data).toEqual({ repository: null, node: null });
});

test('collaborators are for those who may push, one found by login', async () => {
  const { user, ask, bot } = testWorld();
  const query = `query ($login: String!) { repository(owner: "acme", name: "shop") { collaborators(login: $login, first: 1) { totalCount edges { permission node { login } } } } }`;
  expect((await ask(bot, query, { login: 'Carol' })).data).toEqual({
    repository: { collaborators: { totalCount: 1, edges: [{ permission: 'TRIAGE', node: { login: 'carol' } }] } },
  });
  expect(at((await ask(bot, query, { login: 'mallory' })).data, 'repository.collaborators.edges')).toEqual([]);
  const refused = await ask(user('dave'), query, { login: 'carol' });
  expect(refused.data).toEqual({ repository: { collaborators: null } });
  expect(refused.errors).toMatchObject([{ type: 'FORBIDDEN', path: ['repository', 'collaborators'] }]);
});

test('a bare app has no viewer and sees nothing', async () => {
  const { ask } = testWorld();
  const { data, errors } = await ask(
    { kind: 'app', appId: 77 },
    '{ repository(owner: "acme", name: "shop") { name } viewer { login } }',
  );
  expect(data).toBeNull();
  expect(errors?.map((one) => one.type).sort()).toEqual(['FORBIDDEN', 'NOT_FOUND']);
});

test('what the sandbox does not keep is said, not guessed', async () => {
  const { ask, bot } = testWorld();
  const { data, errors } = await ask(bot, '{ repository(owner: "acme", name: "shop") { name latestRelease { name } } }');
  expect(data).toEqual({ repository: { name: 'shop', latestRelease: null } });
  expect(errors).toMatchObject([{ type: 'NOT_IMPLEMENTED', message: 'The sandbox has no answer for Repository.latestRelease.' }]);
});
