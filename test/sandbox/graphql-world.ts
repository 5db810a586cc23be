/** A small world for the GraphQL tests, made through the sandbox's own actions. */
import { commitOnBranch, createRef, newRepository } from '../../src/sandbox/actions/index.ts';
import { writeBlob, writeCommit } from '../../src/sandbox/git/objects.ts';
import { changeTree } from '../../src/sandbox/git/tree.ts';
import { executeGraphql } from '../../src/sandbox/graphql/execute.ts';
import { branchSha } from '../../src/sandbox/read.ts';
import type { Happening, Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Account, Actor, App } from '../../src/sandbox/state/accounts.ts';
import type { Repository } from '../../src/sandbox/state/repository.ts';

type Access = Record<string, 'read' | 'write'>;

export const appPermissions: Access = {
  metadata: 'read',
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  checks: 'write',
  statuses: 'read',
};

export interface TestWorld {
  sandbox: Sandbox;
  /** Everything that webhooks would have told, in order. */
  told: Happening[];
  shop: Repository;
  secret: Repository;
  bot: Actor;
  /** The same app with other permissions. */
  botWith(permissions: Access): Actor;
  user(login: string): Actor;
  ask(actor: Actor, query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

/** Answers are read by paths in the tests, so their data is open. */
export interface Answer {
  data?: unknown;
  errors?: { type?: string; path?: readonly (string | number)[]; message: string; locations?: readonly unknown[] }[];
}

/** What stands at `path` in a value, e.g. `repository.issues.nodes.0.title`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => {
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined;
  }, value);
}

function account(id: number, login: string, type: Account['type'] = 'User'): [string, Account] {
  return [login, { id, login, type, name: type === 'Bot' ? null : login.toUpperCase() }];
}

function app(id: number, slug: string, permissions: Access): App {
  const botLogin = `${slug}[bot]`;
  return { id, slug, name: slug, ownerLogin: 'acme', publicKey: null, permissions, events: ['*'], botLogin, webhook: null };
}

function newSandbox(told: Happening[]): Sandbox {
  let seconds = Date.parse('2026-05-01T08:00:00Z') / 1000;
  const accounts = [
    account(1, 'acme', 'Organization'),
    ...['alice', 'bob', 'carol', 'dave', 'mallory'].map((login, index) => account(index + 2, login)),
    account(20, 'playcaller[bot]', 'Bot'),
    account(21, 'ci[bot]', 'Bot'),
  ];
  const roles = new Map([
    ['alice', 'admin' as const],
    ['bob', 'write' as const],
    ['carol', 'triage' as const],
    ['dave', 'read' as const],
  ]);
  const installation = {
    accountLogin: 'acme',
    createdAt: '2026-05-01T08:00:00Z',
    suspendedAt: null,
    permissions: {},
    events: [],
  };
  const sandbox: Sandbox = {
    world: {
      url: 'http://127.0.0.1:4000',
      accounts: new Map(accounts),
      members: new Map([['acme', new Set(['alice', 'bob', 'carol', 'dave'])]]),
      roles: new Map([['acme', roles]]),
      teams: new Map(),
      apps: new Map([
        [77, app(77, 'playcaller', appPermissions)],
        [78, app(78, 'ci', { checks: 'write', statuses: 'write' })],
      ]),
      installations: new Map([
        [7, { id: 7, appId: 77, ...installation }],
        [8, { id: 8, appId: 78, ...installation }],
      ]),
      repositories: new Map(),
      deliveries: [],
      nextId: 1000,
    },
    now: () => new Date(1000 * seconds++).toISOString().replace('.000Z', 'Z'),
    nextId: () => sandbox.world.nextId++,
    emit: (happening) => told.push(happening),
    onPush: [],
    onPull: [],
  };
  return sandbox;
}

/** Writes files on a branch, which is made from `main` when it is not there; gives the new commit's SHA. */
export function push(sandbox: Sandbox, actor: Actor, repo: Repository, branch: string, files: Record<string, string>): string {
  const main = branchSha(repo, 'main');
  if (branch !== 'main' && main && !branchSha(repo, branch)) createRef(sandbox, actor, repo, `refs/heads/${branch}`, main);
  const changes = Object.entries(files).map(([path, text]) => {
    return { path, mode: '100644' as const, sha: writeBlob(repo, Buffer.from(text)) };
  });
  return commitOnBranch(sandbox, actor, repo, { branch, message: `Change ${Object.keys(files).join(', ')}`, changes }).sha;
}

/** A commit outside every branch, as a push would bring it before its ref moves. */
export function looseCommit(repo: Repository, parent: string, text: string): string {
  const signature = { name: 'Bob', email: 'bob@example.com', date: '2026-05-01T09:00:00Z', login: 'bob' };
  const tree = changeTree(repo, parent, [{ path: 'loose.txt', mode: '100644', sha: writeBlob(repo, Buffer.from(text)) }]);
  return writeCommit(repo, { tree, parents: [parent], message: text, author: signature, committer: signature });
}

export function testWorld(): TestWorld {
  const told: Happening[] = [];
  const sandbox = newSandbox(told);
  const user = (login: string): Actor => ({ kind: 'user', login });
  const botWith = (permissions: Access): Actor => {
    return { kind: 'installation', login: 'playcaller[bot]', appId: 77, installationId: 7, permissions };
  };
  const shop = newRepository(sandbox, 'acme', { name: 'shop' });
  const secret = newRepository(sandbox, 'acme', { name: 'secret', private: true });
  push(sandbox, user('alice'), shop, 'main', {
    'README.md': '# shop\n',
    '.github/playbooks/a.yml': 'type: a\n',
    '.github/playbooks/b.yml': 'type: b\n',
  });
  push(sandbox, user('alice'), secret, 'main', { 'README.md': '# secret\n' });
  told.length = 0;
  return {
    sandbox,
    told,
    shop,
    secret,
    bot: botWith(appPermissions),
    botWith,
    user,
    ask: (actor, query, variables = {}) => executeGraphql(sandbox, actor, { query, variables }),
  };
}
