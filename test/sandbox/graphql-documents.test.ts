/** The app's own documents, run on the sandbox: no field of theirs may be missing here. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCheckRun, createComment, createIssue, createPull } from '../../src/sandbox/actions/index.ts';
import { nodeId } from '../../src/sandbox/ids.ts';
import { issueNodeId } from '../../src/sandbox/payload/issue.ts';
import { at, push, type TestWorld, testWorld } from './graphql-world.ts';

const folder = new URL('../../src/gather/documents/', import.meta.url);

/** One document with the fragments that it reaches, as the app sends it. */
function documentOf(name: string): string {
  const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const parts = texts.flatMap((text) => text.split(/^(?=query |mutation |fragment )/m));
  const needed = (text: string): string[] => [...text.matchAll(/\.\.\.(\w+)/g)].map(([, fragment]) => fragment ?? '');
  const chosen = new Set(parts.filter((part) => part.startsWith(`query ${name}(`)));
  for (const part of chosen) {
    for (const fragment of needed(part)) {
      const found = parts.find((one) => one.startsWith(`fragment ${fragment} `));
      if (found) chosen.add(found);
    }
  }
  return [...chosen].join('\n');
}

function filledWorld(): TestWorld & { known: string; head: string } {
  const world = testWorld();
  const { sandbox, shop, bot, user } = world;
  const issue = createIssue(sandbox, user('bob'), shop, { title: 'Bug', labels: ['session:bug-fix'] });
  const card = createComment(sandbox, bot, shop, issue, 'card');
  const head = push(sandbox, user('bob'), shop, 'session/one', { 'a.txt': 'a\n' });
  createPull(sandbox, user('bob'), shop, { title: 'fix: a', head: 'session/one', base: 'main', body: 'Closes #1' });
  createCheckRun(sandbox, bot, shop, 'Playcaller / readiness', head, { status: 'queued' });
  return { ...world, known: nodeId('IssueComment', shop.id, card.id), head };
}

/** Fills the variables that the document declares: lists empty, flags on, the rest as given. */
function variablesFor(document: string, given: Record<string, unknown>): Record<string, unknown> {
  const declared = [...document.matchAll(/^\s+\$(\w+): (\S+)/gm)];
  const entries = declared.flatMap(([, name = '', type = '']) => {
    if (name in given) return [[name, given[name]]];
    if (type.startsWith('[')) return [[name, []]];
    if (type === 'Boolean!') return [[name, true]];
    if (type === 'Int!') return [[name, 1]];
    if (type === 'GitObjectID!') return [[name, '0'.repeat(40)]];
    return type === 'String!' ? [[name, `unused-${name}`]] : [];
  });
  return Object.fromEntries(entries);
}

const home = {
  owner: 'acme',
  name: 'shop',
  number: 2,
  appId: 77,
  checkName: 'Playcaller / readiness',
  branch: 'session/one',
  branchRef: 'refs/heads/session/one',
  asker: 'bob',
};

/** Only what is truly not there may be refused. */
function refusals(errors: { type?: string; path?: readonly (string | number)[] }[] | undefined): unknown[] {
  return (errors ?? []).filter((error) => error.type !== 'NOT_FOUND' || error.path?.[0] !== 'ownerHome');
}

test('the subject of a lane, issue and pull request', async () => {
  const { ask, bot, known, head } = filledWorld();
  const document = documentOf('Subject');
  for (const number of [1, 2]) {
    const { data, errors } = await ask(
      bot,
      document,
      variablesFor(document, { ...home, number, known: [known], groupSha: head, hasGroup: number === 2 }),
    );
    expect(refusals(errors)).toEqual([]);
    expect(at(data, 'repository.issueOrPullRequest')).toMatchObject({ __typename: number === 1 ? 'Issue' : 'PullRequest' });
    expect(at(data, 'known')).toMatchObject([{ __typename: 'IssueComment', body: 'card', viewerDidAuthor: true }]);
  }
});

test('the board', async () => {
  const { shop, ask, bot, known } = filledWorld();
  const document = documentOf('Board');
  const sessions = [...shop.issues.values()].map((issue) => issueNodeId(shop, issue));
  const variables = variablesFor(document, { ...home, sessions, comments: [known], labelled: ['session:bug-fix'] });
  const { data, errors } = await ask(bot, document, variables);
  expect(refusals(errors)).toEqual([]);
  expect(at(data, 'sessions')).toMatchObject([{ __typename: 'Issue' }, { __typename: 'PullRequest' }]);
  expect(at(data, 'repository.labelled.nodes')).toEqual([{ number: 1 }]);
});
