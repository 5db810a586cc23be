/** The app asks for what its code uses, and its code uses nothing else: permissions and events of app.yml. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { READERS } from '../../src/intake/to-inputs.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const manifest: { default_permissions: Record<string, string>; default_events: string[] } = parseYaml(read('app.yml'));

function sources(folder: string, ending: string): string[] {
  return readdirSync(fileURLToPath(new URL(folder, ROOT)), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'));
}

/**
 * GitHub docs, "Permissions required for GitHub Apps": what each route needs. Null: the app's own key is enough, or
 * nothing is needed. Two: either of them does, and both are asked for.
 */
const ROUTES: Record<string, string[] | null> = {
  'GET /app': null,
  'GET /app/hook/config': null,
  'GET /app/hook/deliveries': null,
  'GET /app/hook/deliveries/{delivery_id}': null,
  'POST /app/hook/deliveries/{delivery_id}/attempts': null,
  'GET /app/installations': null,
  'GET /installation/repositories': ['metadata: read'],
  'GET /meta': null,
  'GET /rate_limit': null,
  'GET /repos/{owner}/{repo}/installation': null,
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': ['metadata: read'],
  'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by': ['issues: read'],
  'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocking': ['issues: read'],
  'GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues': ['issues: read'],
  'GET /repos/{owner}/{repo}/labels/{name}': ['issues: read'],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': ['pull_requests: read'],
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': ['pull_requests: read'],
};

/** What each mutation needs, as its REST twin is documented. */
const MUTATIONS: Record<string, string[]> = {
  addComment: ['issues: write', 'pull_requests: write'],
  updateIssueComment: ['issues: write', 'pull_requests: write'],
  addLabelsToLabelable: ['issues: write', 'pull_requests: write'],
  removeLabelsFromLabelable: ['issues: write', 'pull_requests: write'],
  createLabel: ['issues: write'],
  createIssue: ['issues: write'],
  updateIssue: ['issues: write'],
  pinIssue: ['issues: write'],
  addReaction: ['issues: write', 'pull_requests: write'],
  createPullRequest: ['pull_requests: write'],
  updatePullRequest: ['pull_requests: write'],
  createRef: ['contents: write'],
  deleteRef: ['contents: write'],
  createCommitOnBranch: ['contents: write'],
  createCheckRun: ['checks: write'],
  updateCheckRun: ['checks: write'],
};

/** Types that a query touches, and what reading them needs. */
const TYPES: Record<string, string> = {
  CheckRun: 'checks: read',
  CheckSuite: 'checks: read',
  StatusContext: 'statuses: read',
  WorkflowRun: 'actions: read',
  Workflow: 'actions: read',
  Team: 'members: read',
  Blob: 'contents: read',
  Tree: 'contents: read',
  Commit: 'contents: read',
  Issue: 'issues: read',
  PullRequest: 'pull_requests: read',
  Repository: 'metadata: read',
};

/** GitHub docs, "Webhook events and payloads": what an event can only be had with. These come without being asked for. */
const UNASKED = ['installation', 'installation_repositories'];
const EVENTS: Record<string, string> = {
  check_run: 'checks: read',
  check_suite: 'checks: read',
  issue_comment: 'issues: read',
  issues: 'issues: read',
  label: 'metadata: read',
  merge_group: 'merge_queues: read',
  pull_request: 'pull_requests: read',
  pull_request_review: 'pull_requests: read',
  push: 'contents: read',
  repository: 'metadata: read',
  status: 'statuses: read',
  sub_issues: 'issues: read',
};

const documents = [...sources('src/gather/documents/', '.graphql'), ...sources('src/apply/documents/', '.graphql')].map((text) =>
  parse(text),
);
const called = new Set(
  ['gather', 'apply', 'intake', 'github', 'cli', 'start', 'web'].flatMap((folder) =>
    sources(`src/${folder}/`, '.ts').flatMap((text) =>
      [
        ...text.matchAll(
          /(?:rest(?:<[^>]*>)?|request|patiently|ask|route =|paginate)\W{0,3}(?:\(\s*)?['`]((?:GET|POST|PUT|PATCH|DELETE) \/[^\s'`:]*)['`]/g,
        ),
      ].map(([, route = '']) => route),
    ),
  ),
);
const written = new Set(
  sources('src/', '.ts').length > 0
    ? ['gather', 'apply', 'github', 'cli'].flatMap((folder) =>
        sources(`src/${folder}/`, '.ts').flatMap((text) =>
          [...text.matchAll(/'((?:GET|POST|PUT|PATCH|DELETE) \/[^\s':]*)'/g)].map(([, route = '']) => route),
        ),
      )
    : [],
);

function mutations(): Set<string> {
  const found = new Set<string>();
  for (const document of documents)
    for (const definition of document.definitions)
      if (definition.kind === 'OperationDefinition' && definition.operation === 'mutation')
        for (const field of definition.selectionSet.selections) if (field.kind === 'Field') found.add(field.name.value);
  return found;
}

function typesTouched(): Set<string> {
  const schema = buildSchema(read('node_modules/@octokit/graphql-schema/schema.graphql'), { assumeValidSDL: true });
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  for (const document of documents)
    visit(
      document,
      visitWithTypeInfo(info, {
        Field() {
          const parent = info.getParentType();
          if (parent) found.add(parent.name);
        },
      }),
    );
  return found;
}

/** `issues: write` holds `issues: read`. */
function granted(need: string): boolean {
  const [name = '', level] = need.split(': ');
  const has = manifest.default_permissions[name];
  return has === 'write' || has === level;
}

test('each REST route in the code is known here, with what it needs', () => {
  expect(called.size).toBeGreaterThan(3);
  for (const route of new Set([...called, ...written])) expect(ROUTES, route).toHaveProperty([route]);
  for (const need of Object.values(ROUTES).flatMap((needs) => needs ?? [])) expect(granted(need), need).toBe(true);
});

test('each mutation is known here, with what it needs', () => {
  expect([...mutations()].sort()).toEqual(Object.keys(MUTATIONS).sort());
  for (const need of Object.values(MUTATIONS).flat()) expect(granted(need), need).toBe(true);
});

test('what queries read is granted', () => {
  const touched = typesTouched();
  for (const [type, need] of Object.entries(TYPES)) if (touched.has(type)) expect(granted(need), `${type}: ${need}`).toBe(true);
});

test('each permission is used, and written only where something is', () => {
  const touched = typesTouched();
  const used = new Set([
    ...[...mutations()].flatMap((name) => MUTATIONS[name] ?? []),
    ...[...called, ...written].flatMap((route) => ROUTES[route] ?? []),
    ...Object.entries(TYPES).flatMap(([type, need]) => (touched.has(type) ? [need] : [])),
    ...manifest.default_events.map((event) => EVENTS[event] ?? ''),
  ]);
  for (const [name, level] of Object.entries(manifest.default_permissions))
    expect(used, `${name}: ${level}`).toContain(`${name}: ${level}`);
});

test('each event that is read is asked for, and none beside', () => {
  expect([...manifest.default_events, ...UNASKED].sort()).toEqual(Object.keys(READERS).sort());
  for (const event of manifest.default_events) expect(granted(EVENTS[event] ?? ''), event).toBe(true);
});

test('nothing that would let the app change settings, people, secrets or workflows', () => {
  for (const name of [
    'administration',
    'secrets',
    'workflows',
    'environments',
    'organization_administration',
    'deployments',
    'packages',
  ])
    expect(manifest.default_permissions).not.toHaveProperty(name);
  expect(Object.values(manifest.default_permissions)).not.toContain('admin');
  expect(read('app.yml')).toMatch(/^public: false$/m);
});
