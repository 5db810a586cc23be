/** The container: no shell, no root, nothing written beside DATA_DIR, and nothing in the image that the app does not need. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { deliver, issuesLabeled } from '../intake/deliver.ts';
import { smallGitHub, startApp } from '../start/app-process.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const NOBODY = 65_534;

test('it runs where only DATA_DIR can be written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'playcaller-read-only-'));
  const [dataDir, cwd] = [join(folder, 'data'), join(folder, 'elsewhere')];
  mkdirSync(dataDir);
  mkdirSync(cwd);
  // Root may write anywhere, so it becomes somebody else first.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(dataDir, NOBODY, NOBODY);
  chmodSync(cwd, 0o555);
  chmodSync(folder, 0o755);
  const github = await smallGitHub();
  const app = startApp({ DATA_DIR: dataDir, ...github.env }, (file, env) =>
    spawn(process.execPath, [file], {
      cwd,
      env: { ...env, HOME: cwd, TMPDIR: cwd },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    }),
  );
  const origin = await app.origin();
  await app.logged('GitHub knows');
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  expect((await deliver(`${origin}/api/github/webhooks`, 'issues', issuesLabeled())).status).toBe(202);
  await app.logged('handled');
  expect(await app.stop()).toBe(0);
  expect(readdirSync(cwd)).toEqual([]);
  expect(readdirSync(dataDir).length).toBeGreaterThan(0);
  await github.close();
  chmodSync(cwd, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

test('its last stage needs no shell and is not root', () => {
  const file = read('Dockerfile').replaceAll('\\\n', ' ');
  const last = file.slice(file.lastIndexOf('\nFROM '));
  expect(last).not.toMatch(/^(?:RUN|SHELL|ADD)\b/m);
  for (const [, command = ''] of last.matchAll(/\b(?:CMD|ENTRYPOINT)\s+(.*)/g))
    expect(Array.isArray(JSON.parse(command))).toBe(true);
  expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(file).not.toMatch(/^(?:ARG|ENV) .*(?:KEY|SECRET|TOKEN|PASSWORD)/im);
});

test('only what is named gets into the image: no key, no .env, no history, no tests', () => {
  const [first, ...rest] = read('.dockerignore').trim().split('\n');
  expect(first).toBe('*');
  expect(rest.filter((line) => line.startsWith('!')).sort()).toEqual(
    ['!app.yml', '!package.json', '!package-lock.json', '!playbooks', '!src'].sort(),
  );
});

test('workflows may read the repository, and no step gets more', () => {
  const workflow: { permissions: unknown; jobs: Record<string, { permissions?: unknown; steps?: Record<string, unknown>[] }> } =
    parse(read('.github/workflows/ci.yml'));
  expect(workflow.permissions).toEqual({ contents: 'read' });
  for (const { permissions, steps = [] } of Object.values(workflow.jobs)) {
    expect(permissions).toBeUndefined();
    for (const step of steps) {
      // What people write must not become part of a script.
      expect(String(step.run ?? '')).not.toMatch(/\$\{\{\s*github\.(?:event|head_ref)/);
      if (String(step.uses ?? '').startsWith('actions/checkout@'))
        expect(step.with).toMatchObject({ 'persist-credentials': false });
      if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[\w-]+@(?:v\d+|[0-9a-f]{40})$/);
    }
  }
  expect(read('.github/workflows/ci.yml')).not.toContain('pull_request_target');
});
