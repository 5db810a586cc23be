/** Every payload of `@octokit/webhooks-examples`, signed and posted to the running app: taken, survived, and cheap. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver } from '../intake/deliver.ts';
import type { AppProcess, SmallGitHub } from '../start/app-process.ts';
import { smallGitHub, startApp } from '../start/app-process.ts';

const definitions: { name: string; examples: object[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
const payloads = definitions.flatMap(({ name, examples }) => examples.map((example) => ({ name, example })));

/** A pull request, its reviews, its CI, a repository new to us or by a new name, or its configuration: these may cost a look. */
const RELEVANT = new Set([
  'pull_request',
  'pull_request_review',
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'merge_group',
  'push',
  'repository',
]);

let github: SmallGitHub;
let app: AppProcess;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'playcaller-real-'));
  github = await smallGitHub();
  app = startApp({ DATA_DIR: dataDir, ...github.env });
  await app.logged('GitHub knows');
});

afterAll(async () => {
  app.child.kill('SIGKILL');
  await app.exit;
  await github.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Posts them a few at a time, each as it is and as an installed app would get it. */
async function postAll(chosen: typeof payloads): Promise<Map<number, number>> {
  const url = `${await app.origin()}/api/github/webhooks`;
  const statuses = new Map<number, number>();
  for (const { name, example } of chosen) {
    const answers = [deliver(url, name, example), deliver(url, name, { ...example, installation: { id: 5 } })];
    for (const { status } of await Promise.all(answers)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  return statuses;
}

async function quiet(): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${await app.origin()}/metrics`)).text();
    if (/^playcaller_queue_depth 0$/m.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('what does not concern us: acknowledged, and not one API call', async () => {
  const others = payloads.filter(({ name }) => !RELEVANT.has(name));
  expect(await postAll(others)).toEqual(new Map([[202, others.length * 2]]));
  await quiet();
  // At its start the app reads what it missed, whatever comes in.
  expect(github.requests.filter((request) => !request.includes('/app/hook/deliveries'))).toEqual([]);
});

test('what may concern us: acknowledged and handled', async () => {
  const ours = payloads.filter(({ name }) => RELEVANT.has(name));
  expect(await postAll(ours)).toEqual(new Map([[202, ours.length * 2]]));
  await quiet();
  expect(github.requests.length).toBeGreaterThan(0);
});

test('nothing broke on the way', () => {
  expect(app.child.exitCode).toBeNull();
  expect(app.stderr()).toBe('');
  expect(app.lines().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  const handled = app.lines().filter(({ msg }) => msg === 'handled');
  expect(handled.length).toBeGreaterThan(0);
  expect(handled.filter(({ outcome }) => outcome !== 'done' && outcome !== 'dropped')).toEqual([]);
});
