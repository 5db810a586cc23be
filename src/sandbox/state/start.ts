/** The world at the start: the organisation acme with its people, one repository, and two apps installed. */
import { createPublicKey } from 'node:crypto';
import { signatureOf, webFlow } from '../actions/contents.ts';
import { moveRef } from '../actions/refs.ts';
import { newRepository } from '../actions/repositories.ts';
import { writeBlob, writeCommit } from '../git/objects.ts';
import { changeTree } from '../git/tree.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Permission } from './accounts.ts';
import type { World } from './world.ts';

/** What an app's manifest (`app.yml`) grants and subscribes. */
export interface AppManifest {
  name?: string;
  default_permissions?: Record<string, string>;
  default_events?: string[];
}

export interface StartOptions {
  url: string;
  appId: number;
  /** PEM, public or private. */
  keyPem: string;
  webhook: { url: string; secret: string } | null;
  manifest: AppManifest;
}

const people: Record<string, Permission | null> = { alice: 'admin', bob: 'write', carol: 'triage', dave: 'read', mallory: null };

/** Everybody's ids are fixed, so that two sandboxes look alike. */
export function emptyWorld(options: StartOptions, now: string): World {
  const world: World = {
    url: options.url,
    accounts: new Map(),
    members: new Map(),
    roles: new Map(),
    teams: new Map(),
    apps: new Map(),
    installations: new Map(),
    repositories: new Map(),
    deliveries: [],
    nextId: 10_000,
  };
  world.accounts.set('acme', { id: 1000, login: 'acme', type: 'Organization', name: 'Acme' });
  world.accounts.set('web-flow', { id: 19864447, login: 'web-flow', type: 'User', name: 'GitHub Web Flow' });
  for (const [index, login] of Object.keys(people).entries()) {
    const name = `${login[0]?.toUpperCase()}${login.slice(1)}`;
    world.accounts.set(login, { id: 1001 + index, login, type: 'User', name });
  }
  const roles = Object.entries(people).flatMap(([login, role]): [string, Permission][] => (role ? [[login, role]] : []));
  world.members.set('acme', new Set(roles.map(([login]) => login)));
  world.roles.set('acme', new Map(roles));
  addPlaycaller(world, options, now);
  addCi(world, options.appId === 2 ? 3 : 2, now);
  return world;
}

function permissionsOf(manifest: AppManifest): Record<string, 'read' | 'write'> {
  const wanted = Object.entries(manifest.default_permissions ?? {});
  const granted = wanted.filter(([, access]) => access === 'read' || access === 'write');
  return { ...(Object.fromEntries(granted) as Record<string, 'read' | 'write'>), metadata: 'read' };
}

/** Permissions of which one opens an event (GitHub docs, "Webhook events and payloads"); what is not named needs none. */
const opens: Record<string, string[]> = {
  check_run: ['checks'],
  check_suite: ['checks'],
  create: ['contents'],
  delete: ['contents'],
  fork: ['contents'],
  issue_comment: ['issues', 'pull_requests'],
  issue_dependencies: ['issues'],
  issues: ['issues'],
  label: ['issues', 'pull_requests'],
  member: ['members'],
  merge_group: ['merge_queues'],
  milestone: ['issues', 'pull_requests'],
  pull_request: ['pull_requests'],
  pull_request_review: ['pull_requests'],
  push: ['contents'],
  status: ['statuses'],
  sub_issues: ['issues'],
};

/** @throws for an event that GitHub would not let this app subscribe to. */
function eventsOf(manifest: AppManifest): string[] {
  const granted = permissionsOf(manifest);
  const events = [...(manifest.default_events ?? [])];
  const closed = events.find((event) => opens[event] && !opens[event].some((name) => granted[name]));
  if (closed) throw new Error(`the event ${closed} needs the permission ${opens[closed]?.join(' or ')}`);
  return events;
}

function addPlaycaller(world: World, options: StartOptions, now: string): void {
  const { manifest } = options;
  const name = manifest.name ?? 'Playcaller';
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const publicKey = createPublicKey(options.keyPem).export({ type: 'spki', format: 'pem' }).toString();
  world.apps.set(options.appId, {
    id: options.appId,
    slug,
    name,
    ownerLogin: 'acme',
    publicKey,
    permissions: permissionsOf(manifest),
    events: eventsOf(manifest),
    botLogin: `${slug}[bot]`,
    webhook: options.webhook,
  });
  world.accounts.set(`${slug}[bot]`, { id: 2001, login: `${slug}[bot]`, type: 'Bot', name: null });
  install(world, 3001, options.appId, now);
}

function addCi(world: World, id: number, now: string): void {
  world.apps.set(id, {
    id,
    slug: 'sandbox-ci',
    name: 'Sandbox CI',
    ownerLogin: 'acme',
    publicKey: null,
    permissions: { checks: 'write', statuses: 'write', contents: 'read', pull_requests: 'read', metadata: 'read' },
    events: [],
    botLogin: 'sandbox-ci[bot]',
    webhook: null,
  });
  world.accounts.set('sandbox-ci[bot]', { id: 2002, login: 'sandbox-ci[bot]', type: 'Bot', name: null });
  install(world, 3002, id, now);
}

function install(world: World, id: number, appId: number, createdAt: string): void {
  const { permissions = {}, events = [] } = world.apps.get(appId) ?? {};
  const granted = { permissions: { ...permissions }, events: [...events] };
  world.installations.set(id, { id, appId, accountLogin: 'acme', createdAt, suspendedAt: null, ...granted });
}

/** `acme/shop` with a first commit, made before anybody listens: the app hears nothing of it. */
export function addShop(sandbox: Sandbox): void {
  const quiet: Sandbox = { ...sandbox, emit: () => undefined, onPush: [], onPull: [] };
  const repo = newRepository(quiet, 'acme', { name: 'shop', description: 'A small shop to try things in' });
  const actor = { kind: 'user' as const, login: 'alice' };
  const files = {
    'README.md': '# Shop\n\nA small shop to try things in.\n',
    'src/cart.js': 'export function total(items) {\n  return items.reduce((sum, item) => sum + item.price, 0);\n}\n',
    'test/cart.test.js':
      "import { total } from '../src/cart.js';\n\nif (total([{ price: 2 }, { price: 3 }]) !== 5) throw new Error('total is wrong');\n",
  };
  const changes = Object.entries(files).map(([path, text]) => ({
    path,
    mode: '100644' as const,
    sha: writeBlob(repo, Buffer.from(text)),
  }));
  const tree = changeTree(repo, null, changes);
  const author = signatureOf(quiet, actor);
  const sha = writeCommit(repo, { tree, parents: [], message: 'Initial commit', author, committer: webFlow(quiet) });
  moveRef(quiet, actor, repo, 'refs/heads/main', sha);
}
