/** Every field that has a resolver is asked for once: none may crash or answer against its type. */
import { type GraphQLField, getNamedType, isCompositeType, isNonNullType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import {
  addReaction,
  addSubIssue,
  closeIssue,
  createCheckRun,
  createComment,
  createIssue,
  createMilestone,
  createPull,
  createReview,
  createStatus,
  requestReviewers,
  updateComment,
} from '../../src/sandbox/actions/index.ts';
import { resolvers } from '../../src/sandbox/graphql/resolvers/index.ts';
import { githubSchema } from '../../src/sandbox/graphql/schema.ts';
import { nodeId } from '../../src/sandbox/ids.ts';
import { issueNodeId } from '../../src/sandbox/payload/issue.ts';
import { push, testWorld } from './graphql-world.ts';

/** Values for arguments that have to be given. */
const values: Record<string, string> = {
  name: '"ci"',
  number: '1',
  qualifiedName: '"main"',
  refPrefix: '"refs/heads/"',
  expression: '"HEAD"',
  path: '"README.md"',
  pullRequestNumber: '2',
};

const small: Record<string, string> = { PageInfo: '{ hasNextPage }', CheckAnnotationSpan: '{ start { line } }' };

/** A selection under a field: its own name for plain objects, the first node for pages. */
function below(typeName: string): string {
  const type = githubSchema().getType(typeName);
  if (small[typeName]) return small[typeName];
  if (isObjectType(type) && typeName.endsWith('Connection'))
    return '{ nodes { __typename } edges { cursor } pageInfo { hasNextPage } totalCount }';
  return '{ __typename }';
}

function select(field: GraphQLField<unknown, unknown>, alias: string): string {
  const wanted = field.args.flatMap((argument) => {
    if (argument.name === 'first') return ['first: 2'];
    if (
      values[argument.name] &&
      (isNonNullType(argument.type) || argument.name === 'expression' || argument.name === 'pullRequestNumber')
    ) {
      return [`${argument.name}: ${values[argument.name]}`];
    }
    return [];
  });
  const args = wanted.length > 0 ? `(${wanted.join(', ')})` : '';
  const type = getNamedType(field.type);
  return `${alias}: ${field.name}${args} ${isCompositeType(type) ? below(type.name) : ''}`;
}

/** All resolved fields of a type. */
function selection(typeName: string): string {
  const type = githubSchema().getType(typeName);
  if (!isObjectType(type)) throw new Error(`no type ${typeName}`);
  const fields = type.getFields();
  const names = Object.keys(resolvers[typeName] ?? {});
  return names.flatMap((name) => (fields[name] ? [select(fields[name], `${typeName}_${name}`)] : [])).join('\n');
}

test('every field answers by its type', async () => {
  const { sandbox, shop, bot, user, ask } = testWorld();
  const [alice, bob] = [user('alice'), user('bob')];
  const milestone = createMilestone(sandbox, bob, shop, { title: 'v1' });
  const issue = createIssue(sandbox, bob, shop, {
    title: 'Bug',
    labels: ['a'],
    assignees: ['carol'],
    milestone: milestone.number,
  });
  const head = push(sandbox, bob, shop, 'fix', { 'a.txt': 'a\n' });
  const pull = createPull(sandbox, bob, shop, { title: 'A', head: 'fix', base: 'main', body: 'Closes #1' });
  addSubIssue(sandbox, bob, shop, issue, createIssue(sandbox, bob, shop, { title: 'Child' }).id);
  const review = createReview(sandbox, alice, shop, pull, { event: 'APPROVE' });
  requestReviewers(sandbox, bob, shop, pull, { people: ['carol'], teams: [] });
  const annotations = [
    { path: 'a.txt', startLine: 1, endLine: 1, level: 'failure' as const, title: null, message: 'm', rawDetails: null },
  ];
  const run = createCheckRun(sandbox, bot, shop, 'r', head, {
    conclusion: 'failure',
    output: { title: 't', summary: 's', annotations },
  });
  const status = createStatus(sandbox, bob, shop, head, { state: 'success', context: 'ci' });
  const comment = createComment(sandbox, bot, shop, issue, 'one');
  updateComment(sandbox, alice, shop, comment, 'two');
  const { reaction } = addReaction(sandbox, alice, shop, issue, comment, 'eyes');
  closeIssue(sandbox, bob, shop, issue, 'completed', head);
  const main = shop.refs.get('refs/heads/main') ?? '';
  const id = (kind: Parameters<typeof nodeId>[0], key: string | number): string => nodeId(kind, shop.id, key);
  const ids: Record<string, string> = {
    Repository: nodeId('Repository', null, shop.id),
    Issue: issueNodeId(shop, issue),
    PullRequest: issueNodeId(shop, pull),
    IssueComment: id('IssueComment', comment.id),
    PullRequestReview: id('PullRequestReview', review.id),
    Label: id('Label', issue.labels[0] ?? 0),
    Milestone: id('Milestone', milestone.id),
    Reaction: id('Reaction', reaction.id),
    App: nodeId('App', null, 77),
    CheckRun: id('CheckRun', run.id),
    CheckSuite: id('CheckSuite', run.suiteId),
    StatusContext: id('StatusContext', status.id),
    Status: id('Status', head),
    StatusCheckRollup: id('StatusCheckRollup', head),
    Commit: id('Commit', head),
    Tree: id('Tree', [...shop.objects.values()].find((one) => one.type === 'tree')?.sha ?? ''),
    Blob: id('Blob', [...shop.objects.values()].find((one) => one.type === 'blob')?.sha ?? ''),
    Ref: id('Ref', 'refs/heads/fix'),
    User: nodeId('User', null, 2),
    Bot: nodeId('Bot', null, 20),
    Organization: nodeId('Organization', null, 1),
    LabeledEvent: id('Event', issue.timeline.find((one) => one.event === 'labeled')?.id ?? 0),
    ClosedEvent: id('Event', issue.timeline.find((one) => one.event === 'closed')?.id ?? 0),
  };
  for (const [typeName, node] of Object.entries(ids)) {
    const { data, errors } = await ask(
      bot,
      `query ($id: ID!) { node(id: $id) { __typename ... on ${typeName} {\n${selection(typeName)} } } }`,
      { id: node },
    );
    const crashes = errors?.filter(
      (error) => !(error.type === 'NOT_FOUND' && /_(repository|pullRequest|issueOrPullRequest)$/.test(String(error.path?.[1]))),
    );
    expect({ typeName, errors: crashes ?? [] }).toEqual({ typeName, errors: [] });
    expect(data).toMatchObject({ node: { __typename: typeName } });
  }
  const nested = `query ($oid: GitObjectID!) { repository(owner: "acme", name: "shop") {
    object(oid: $oid) { ... on Commit { tree { entries { ${selection('TreeEntry')} } } } }
    pullRequest(number: 2) { commits(first: 1) { nodes { ${selection('PullRequestCommit')} } } reviewRequests(first: 1) { nodes { id asCodeOwner pullRequest { number } } } }
    issue(number: 1) { reactionGroups { content createdAt subject { __typename } users(first: 1) { nodes { login } edges { cursor } } } } } }`;
  expect((await ask(bot, nested, { oid: main })).errors).toBeUndefined();
});
