/** Stories of a repository's own playbooks and of what an owner gives to all of its repositories (P3, G4). */
import type { Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues, tickNext } from '../../src/sandbox/story/hands.ts';
import { cardOf, labelsOf, marked, numbersWith, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, type Stage, setStage } from './stage.ts';

const FILE = '.github/playbooks/bug-fix.yml';
const CHANGED = `extends: bug-fix
version: 1.1.0
add:
  - phase: testing
    after: run-full-suite
    id: try-on-staging
    text: Try the fix on the staging system.
replace:
  - id: reproduce
    text: Make the fault happen in the container.
remove: [check-known-gap]
`;

let stage: Stage;
let alice: Octokit;
beforeAll(async () => {
  stage = await setStage();
  alice = stage.people.alice;
});
afterAll(() => stage.close());

async function started(title: string, start: string): Promise<number> {
  const [number = 0] = await openIssues(alice, [title]);
  await label(alice, number, start);
  await stage.settled();
  return number;
}

async function playbookOf(number: number): Promise<{ id: number; body: string }> {
  const all = await marked(alice, number, PLAYBOOK);
  expect(all).toHaveLength(1);
  return { id: all[0]?.id ?? 0, body: all[0]?.body ?? '' };
}

/** Ids of the ticked and of all lines of the playbook comment. */
async function boxes(number: number): Promise<{ ticked: string[]; all: string[] }> {
  const { body } = await playbookOf(number);
  const ids = (pattern: RegExp) => [...body.matchAll(pattern)].map(([, id]) => String(id));
  return { ticked: ids(/^- \[x\] .*<!-- step:(\S+) -->$/gm), all: ids(/^- \[[ x]\] .*<!-- step:(\S+) -->$/gm) };
}

describe('a playbook that changes while a session runs (P3)', () => {
  it('shows the new steps and words, and keeps the ticks', async () => {
    const number = await started('Changed on the way', 'session:bug-fix');
    const { id } = await playbookOf(number);
    await tickNext(alice, id, 4);
    await stage.settled();
    const before = await boxes(number);
    expect(before.ticked).toEqual(['read-report', 'check-known-gap', 'reproduce', 'find-root-cause']);

    await commit(alice, 'main', FILE, CHANGED);
    await stage.settled();
    const during = await boxes(number);
    expect(during.ticked).toEqual(['read-report', 'reproduce', 'find-root-cause']);
    expect(during.all.indexOf('try-on-staging')).toBe(during.all.indexOf('run-full-suite') + 1);
    expect(during.all).not.toContain('check-known-gap');
    expect((await playbookOf(number)).body).toContain('- [x] Make the fault happen in the container.');
    expect(await cardOf(alice, number)).toContain('3 of 17 steps');

    await commit(alice, 'main', FILE, CHANGED.replace('remove: [check-known-gap]\n', ''));
    await stage.settled();
    expect((await boxes(number)).ticked).toEqual(before.ticked);
    expect(await cardOf(alice, number)).toContain('4 of 18 steps');
  });

  it('a broken file is told with its line, and the last good one stays in force', async () => {
    await commit(alice, 'main', FILE, CHANGED.replace('after: run-full-suite', 'after: run-ful-suite'));
    await stage.settled();
    const number = await started('While it is broken', 'session:bug-fix');
    expect((await boxes(number)).all).toContain('try-on-staging');
    await alice.rest.issues.createComment({ ...SHOP, issue_number: number, body: '/session sweep' });
    await stage.settled();
    const [tracker = 0] = await numbersWith(alice, 'playcaller');
    const { data } = await alice.rest.issues.get({ ...SHOP, issue_number: tracker });
    expect(data.body).toContain(`${FILE}:5`);
    expect(data.body).toContain('did you mean "run-full-suite"?');
    await commit(alice, 'main', FILE, CHANGED);
    await stage.settled();
  });
});

describe('a type of the repository’s own', () => {
  it('is found by the sweep when the event was lost', async () => {
    await commit(alice, 'main', '.github/playbooks/chore.yml', 'extends: refactoring\ntitle: Chore\n');
    await stage.settled();
    await stage.app.stop();
    const [number = 0] = await openIssues(alice, ['Nobody heard it']);
    await label(alice, number, 'session:chore');
    await stage.app.start();
    await stage.settled();
    await alice.rest.issues.createComment({ ...SHOP, issue_number: 1, body: '/session sweep' });
    await stage.settled();
    expect(await labelsOf(alice, number)).toEqual(['session:chore', 'state:active']);
  });
});

describe('what the owner gives to all repositories (G4)', () => {
  it('configuration and playbooks of the .github repository hold until the repository has its own', async () => {
    const owners = { owner: 'acme', repo: '.github' };
    await alice.rest.repos.createInOrg({ org: 'acme', name: '.github', auto_init: true });
    const put = (path: string, text: string) =>
      alice.rest.repos.createOrUpdateFileContents({
        ...owners,
        path,
        branch: 'main',
        message: `chore: add ${path}`,
        content: Buffer.from(text).toString('base64'),
      });
    await put('.github/playcaller.yml', 'labels: { state: { active: in progress } }\n');
    await put(
      '.github/playbooks/hotfix.yml',
      'extends: bug-fix\ntitle: Hotfix\nchooseFor: Mend production now\nremove: [documentation]\n',
    );
    await stage.settled();
    const number = await started('Production is down', 'session:hotfix');
    expect(await labelsOf(alice, number)).toEqual(['in progress', 'session:hotfix']);
    const { body } = await playbookOf(number);
    expect(body).toContain('## Playbook: Hotfix');
    expect(body).not.toContain('### Documentation');
    expect(body).toContain('read-report');

    await commit(alice, 'main', '.github/playbooks/hotfix.yml', 'extends: hotfix\nremove: [post-fix]\n');
    await commit(alice, 'main', '.github/playcaller.yml', 'capacity: 9\n');
    await stage.settled();
    const other = await started('Down again', 'session:hotfix');
    expect(await labelsOf(alice, other)).toEqual(['session:hotfix', 'state:active']);
    expect((await playbookOf(other)).body).toContain('## Playbook: Hotfix');
    expect((await boxes(other)).all).not.toContain('commit-fix');
  });
});
