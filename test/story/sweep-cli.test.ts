/** `playcaller sweep owner/repo`: with the app running and stopped, dry and for real, and used wrongly. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { commentsOf, numbersWith } from '../../src/sandbox/story/looks.ts';
import { type Ran, runCli } from '../run-cli.ts';
import { emptyData } from './rebuild-process.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let dir = '';
let issues: number[] = [];

async function sweep(args: string[], env: Record<string, string> = stage.app.settings.env): Promise<Ran> {
  return runCli(['sweep', ...args], env, dir);
}

const trackers = () => numbersWith(stage.people.alice, 'playcaller');
async function sweeps(): Promise<string[]> {
  const [tracker = 0] = await trackers();
  const said = await commentsOf(stage.people.alice, tracker);
  return said.map(({ body }) => body).filter((body) => body.startsWith('<!-- playcaller:sweep '));
}
const writes = async () => (await stage.calls()).filter(({ what }) => what === 'Apply');

beforeAll(async () => {
  stage = await setStage();
  dir = mkdtempSync(join(tmpdir(), 'playcaller-sweep-'));
  const { alice } = stage.people;
  issues = await openIssues(alice, ['Cart total is \u001b[31mwrong', 'Search is slow']);
  for (const number of issues) await label(alice, number, 'session:bug-fix', 'category:security');
  await stage.settled();
});
afterEach(() => stage.mended());
afterAll(async () => {
  await stage.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('while the app runs', () => {
  it('--dry-run: the plan and what would be written; nothing is', async () => {
    await stage.forget();
    const { code, out, err } = await sweep(['acme/shop', '--dry-run']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^acme\/shop, cycle 1 of \d{4}-\d\d-\d\d\n/);
    expect(out).toContain('Sessions observed: 2 ');
    expect(out).toContain('A sweep would:\n');
    expect(out).toMatch(/^ {2}- make the label playcaller$/m);
    expect(out).toMatch(/^ {2}- open an issue: /m);
    expect(out).toMatch(/\nNothing was written\.\n$/);
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
    expect(await writes()).toEqual([]);
    await stage.settled();
    expect(await trackers()).toEqual([]);
  });

  it('the app sweeps, and its plan is told', async () => {
    const { code, out, err } = await sweep(['acme/shop']);
    expect([code, err]).toEqual([0, '']);
    const [tracker] = await trackers();
    expect(out).toContain(`Swept by the running app: ${stage.url}/acme/shop/issues/${tracker}.\n`);
    expect(out).toContain('Sessions observed: 2 ');
    expect(await sweeps()).toHaveLength(1);
    expect(readFileSync(stage.app.settings.logFile, 'utf8')).toMatch(/"key":"acme\/shop@board","kind":"board","outcome":"done"/);
  });

  it('--json, and once more: the same comment, nothing to write', async () => {
    await stage.forget();
    const { code, out } = await sweep(['acme/shop', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      repo: 'acme/shop',
      cycle: { number: 1 },
      missing: 0,
      swept: 'app',
      plan: { observed: 2, shipOrder: [{ rank: 1 }, { rank: 2 }], duties: expect.any(Array) },
    });
    expect(await writes()).toEqual([]);
    const dry = JSON.parse((await sweep(['acme/shop', '--dry-run', '--json'])).out);
    expect(dry).toMatchObject({ swept: null, effects: { github: [] } });
    expect(await sweeps()).toHaveLength(1);
  });
});

describe('while the app is stopped', () => {
  beforeAll(async () => {
    await stage.app.stop();
  });

  it('swept from here, once; two at the same time do not get in each other’s way', async () => {
    const [number = 0] = issues;
    await stage.people.alice.rest.issues.addLabels({ owner: 'acme', repo: 'shop', issue_number: number, labels: ['blocked'] });
    await stage.forget();
    const both = await Promise.all([sweep(['acme/shop']), sweep(['acme/shop'])]);
    expect(both.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(both.some(({ out }) => out.includes('Swept from here; no app took it'))).toBe(true);
    expect(await writes()).toHaveLength(1);
    expect(await sweeps()).toHaveLength(1);
  });

  it('a limit: told with its end, exit code 1, and the sweep waits in the queue', async () => {
    await stage.faults({ match: '#Board$', secondaryLimit: 120, times: 1 });
    const { code, out, err } = await sweep(['acme/shop']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/playcaller sweep: not yet: the board rests until \d\d:\d\d UTC \(.*\)\. The sweep stays in the queue/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('--dry-run without a ledger makes none', async () => {
    emptyData(stage);
    const { code, out } = await sweep(['acme/shop', '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('Sessions observed: 0 ');
    expect(out).toContain('- look again at 2 issues that differ: #');
    expect(readdirSync(stage.app.settings.env.DATA_DIR ?? '')).toEqual(['app.log']);
  });
});

describe('wrong use', () => {
  it.each([
    [['acme/shop', '--capacity', '3'], 'capacity and reserve of acme/shop are those of its .github/playcaller.yml'],
    [['acme/shop', 'more'], "Unexpected argument 'more'"],
    [['nowhere.json', '--dry-run'], '--dry-run is for a repository'],
    [['acme'], 'there is no file acme.'],
    [[], 'name a file of sessions, - for standard input, or owner/repository.'],
  ])('%j', async (args, said) => {
    const { code, out, err } = await sweep(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`playcaller sweep: ${said}`);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('no credentials', async () => {
    const { code, err } = await sweep(['acme/shop'], {});
    expect(code).toBe(2);
    expect(err).toContain('APP_ID');
  });

  it.each([[[]], [['--dry-run']]])('where the app is not installed: a failed run %j', async (more) => {
    const { code, out, err } = await sweep(['mallory/nowhere', ...more]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('playcaller sweep: the app is not installed on mallory/nowhere');
  });
});
