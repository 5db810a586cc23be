/** `playcaller explain` as an operator runs it: beside the running app, and while it is stopped; it writes nothing. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { headOf, readiness } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Ran, runCli } from '../run-cli.ts';
import { databaseUrl } from '../store/worlds.ts';
import { emptyData } from './rebuild-process.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let dir = '';
let issue = 0;
let pull = 0;

async function explain(args: string[], env: Record<string, string> = stage.app.settings.env): Promise<Ran> {
  return runCli(['explain', ...args], env, dir);
}

function file(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return name;
}

beforeAll(async () => {
  stage = await setStage();
  dir = mkdtempSync(join(tmpdir(), 'playcaller-explain-'));
  const { alice, ci } = stage.people;
  [issue = 0] = await openIssues(alice, ['Write it down']);
  await label(alice, issue, 'session:documentation');
  await stage.settled();
  pull = await openPull(alice, {
    branch: 'docs',
    path: 'docs/a.md',
    content: 'x\n',
    title: 'fixed \u001b[31mstuff',
    body: GOOD_BODY(issue),
  });
  const head_sha = await headOf(alice, pull);
  await ci.rest.checks.create({ ...SHOP, name: 'test', head_sha, status: 'completed', conclusion: 'failure' });
  await stage.settled();
});
afterAll(async () => {
  await stage.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('while the app runs', () => {
  it('prints facts, items and the verdict of the check run', async () => {
    const { alice } = stage.people;
    const sha = await headOf(alice, pull);
    const { code, out, err } = await explain([`acme/shop#${pull}`]);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines[0]).toBe(`acme/shop#${pull} fixed [31mstuff`);
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
    expect(lines.filter((line) => line.length > 100 && !line.includes('http'))).toEqual([]);
    expect(out).toContain(`  head      ${sha.slice(0, 7)} on docs in acme/shop\n`);
    expect(out).toMatch(new RegExp(`^ {2}session {3}\\S+ on #${issue}: documentation, active$`, 'm'));
    expect(out).toMatch(/^ {2}files {5}1 changed, \+1 -0\n {12}A docs\/a\.md \+1 -0$/m);
    expect(out).toMatch(/^ {2}checks {4}failure: test \(sandbox-ci\)$/m);
    expect(out).toContain('  config    the defaults; there is no .github/playcaller.yml\n');
    expect(out).toMatch(/^ {2}fail {11}title\n {6}The title `fixed \[31mstuff` .*\n {6}-> Try `fix: \[31mstuff`\.$/m);
    expect(out).not.toMatch(/<br>|&#x|\*\*/);
    const run = await readiness(alice, sha);
    expect(out).toContain(`Verdict: fail. ${run?.output.title}`);
  });

  it('--json: the same as data', async () => {
    const { code, out } = await explain([`acme/shop#${pull}`, '--json']);
    expect(code).toBe(0);
    const said = JSON.parse(out);
    expect(said).toMatchObject({
      repo: 'acme/shop',
      number: pull,
      facts: {
        base: { branch: 'main' },
        author: { login: 'alice', bot: false },
        session: { number: issue, type: 'documentation', state: 'active' },
        files: { total: 1, listed: [{ path: 'docs/a.md', change: 'added' }] },
        checks: [{ name: 'test', state: 'failure' }],
        configuration: { faults: [] },
      },
      verdict: { state: 'fail' },
    });
    expect(said).not.toHaveProperty('trial');
    const shown = await fetch(`${stage.app.settings.url}/api/verdicts/acme/shop/${pull}`, {
      headers: { authorization: 'Bearer sandbox-dave' },
    });
    const items = (list: { id: string; status: string }[]) => list.map(({ id, status }) => `${id} ${status}`);
    expect(items(said.verdict.items)).toEqual(items(JSON.parse(await shown.text()).items));
  });

  it('--config: what another configuration would say, and which items differ', async () => {
    const loose = file('loose.yml', 'version: 1\ngate:\n  items:\n    title: advisory\n    ci: off\n');
    const { code, out } = await explain([`acme/shop#${pull}`, '--config', loose]);
    expect(code).toBe(0);
    expect(out).toContain('  config    loose.yml\n');
    expect(out).toContain('Items under loose.yml');
    expect(out).toContain('  title: fail (required) -> fail (advisory)\n  ci: fail (required) -> off\n');
    expect(out).toMatch(/^In force: fail\. /m);
    const same = await explain([`acme/shop#${pull}`, '--config', file('same.yml', 'version: 1\n')]);
    expect(same.out).toContain('nothing: no item differs');
    const data = await explain([`acme/shop#${pull}`, '--config', loose, '--json']);
    expect(JSON.parse(data.out).trial).toMatchObject({
      file: 'loose.yml',
      inForce: 'fail',
      differences: [
        { id: 'title', inForce: { level: 'required', status: 'fail' }, underFile: { level: 'advisory', status: 'fail' } },
        { id: 'ci', underFile: null },
      ],
    });
  });

  it('writes nothing: not to GitHub, and no scan that the app has not made', async () => {
    await stage.forget();
    await explain([`acme/shop#${pull}`]);
    const calls = await stage.calls();
    expect(calls.every(({ what }) => what === 'Subject' || what.startsWith('GET '))).toBe(true);
    await stage.forget();
    await stage.people.alice.rest.issues.update({ ...SHOP, issue_number: issue, body: 'x' });
    await stage.settled();
    expect((await stage.calls()).filter(({ what }) => what.startsWith('mutation'))).toEqual([]);
  });

  it('a closed one has no verdict', async () => {
    const { alice } = stage.people;
    const other = await openPull(alice, { branch: 'shut', path: 'docs/b.md', content: 'x', title: 'docs: b', body: '' });
    await alice.rest.pulls.update({ ...SHOP, pull_number: other, state: 'closed' });
    await stage.settled();
    const { code, out } = await explain([`acme/shop#${other}`]);
    expect(code).toBe(0);
    expect(out).toContain('Verdict: none; it is closed');
  });
});

describe('wrong use', () => {
  it.each([
    [[], "name one pull request as 'owner/repository#number'"],
    [['acme/shop'], "name one pull request as 'owner/repository#number'"],
    [['acme/shop#0'], "name one pull request as 'owner/repository#number'"],
    [['acme/shop#1', 'more'], "Unexpected argument 'more'"],
    [['acme/shop#999'], 'there is no pull request #999 in acme/shop.'],
    [['acme/shop#1'], '#1 in acme/shop is an issue; the gate judges pull requests.'],
    [['acme/shop#1', '--config', 'nowhere.yml'], '--config names nowhere.yml, which cannot be read (ENOENT).'],
  ])('%j', async (args, said) => {
    const { code, out, err } = await explain(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`playcaller explain: ${said}`);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('a faulty file: file:line field: fault', async () => {
    const broken = file('broken.yml', 'version: 1\ngate:\n  items:\n    cii: off\n');
    const { code, out, err } = await explain([`acme/shop#${pull}`, '--config', broken]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^broken\.yml:4 gate\.items\.cii: .*\(did you mean "ci"\?\)\n$/);
  });

  it('no credentials', async () => {
    const { code, err } = await explain([`acme/shop#${pull}`], {});
    expect(code).toBe(2);
    expect(err).toMatch(/^playcaller explain: .*environment/);
    expect(err).toContain('APP_ID');
  });

  it('where the app is not installed: a failed run', async () => {
    const { code, out, err } = await explain(['mallory/nowhere#1']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('playcaller explain: the app is not installed on mallory/nowhere');
  });

  it('--help', async () => {
    expect(await explain(['--help'], {})).toMatchObject({ code: 0, out: expect.stringContaining('Usage: playcaller explain') });
  });
});

describe('while the app is stopped', () => {
  it('judges what is there now; without a ledger too, and makes none', async () => {
    const { alice } = stage.people;
    await stage.app.stop();
    await alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'docs: write it down' });
    const stopped = await explain([`acme/shop#${pull}`]);
    expect([stopped.code, stopped.err]).toEqual([0, '']);
    expect(stopped.out).toMatch(/^ {2}pass {11}title$/m);
    expect(stopped.out).toContain('documentation, active');
    emptyData(stage);
    const without = await explain([`acme/shop#${pull}`]);
    expect([without.code, without.err]).toEqual([0, '']);
    expect(without.out).toContain('  session   none\n');
    expect(readdirSync(stage.app.settings.env.DATA_DIR ?? '')).toEqual(['app.log']);
    await stage.app.start();
    await commit(alice, 'docs', 'docs/a.md', 'y\n');
    await stage.settled();
    expect((await explain([`acme/shop#${pull}`])).code).toBe(0);
  });
});

describe.each(databaseUrl ? [databaseUrl] : [])('with DATABASE_URL', (url) => {
  it('beside the running app, and on a database that nobody has used', async () => {
    const other = await setStage(url);
    try {
      const { alice } = other.people;
      const number = await openPull(alice, { branch: 'pg', path: 'docs/pg.md', content: 'x', title: 'stuff', body: 'x' });
      await other.settled();
      const { env } = other.app.settings;
      const beside = await explain([`acme/shop#${number}`], env);
      expect([beside.code, beside.err]).toEqual([0, '']);
      expect(beside.out).toContain('stuff');
      const unused = new URL(url);
      unused.searchParams.set('options', '-csearch_path=nobody_used_it');
      const fresh = await explain([`acme/shop#${number}`], { ...env, DATABASE_URL: unused.href });
      expect([fresh.code, fresh.err]).toEqual([0, '']);
    } finally {
      await other.close();
    }
  });
});
