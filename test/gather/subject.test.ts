/** Facts of an issue or pull request, read from the sandbox with the app's own client: what is read, and what it costs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../src/gather/gather.ts';
import { Gone, Refused } from '../../src/github/errors.ts';
import type { Facts, LaneFacts } from '../../src/model/lane-facts.ts';
import type { ChangeInput, Trigger } from '../../src/model/trigger.ts';
import { readManifest } from '../../src/sandbox/state/manifest.ts';
import { commitFile, label } from '../../src/sandbox/story/hands.ts';
import { APP_ID, REPO, SHOP, type Stage, setStage } from '../apply/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

type SubjectTrigger = Extract<Trigger, { kind: 'subject' }>;

function trigger(number: number, change: Partial<ChangeInput> = {}, repo = REPO): SubjectTrigger {
  const changes: ChangeInput[] = [
    { kind: 'change', event: 'issues.edited', sender: 'alice', labels: [], isPull: false, ...change },
  ];
  return {
    kind: 'subject',
    repo,
    number,
    installationId: stage.installationId,
    now: '2026-11-20T08:00:00.000Z',
    guid: 'g',
    changes,
  };
}

const read = (given: Trigger, { client, store } = stage): Promise<Facts> =>
  gather(given, { client, ledger: store.ledger, appId: APP_ID });

async function readSubject(given: Trigger): Promise<LaneFacts> {
  const facts = await read(given);
  if (facts.kind !== 'subject') throw new Error(`these are facts of kind ${facts.kind}`);
  return facts;
}

async function headOfMain(): Promise<string> {
  return (await stage.bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' })).data.object.sha;
}

async function branch(name: string): Promise<void> {
  await stage.bob.rest.git.createRef({ ...SHOP, ref: `refs/heads/${name}`, sha: await headOfMain() });
}

async function openPull(head: string): Promise<number> {
  const { data } = await stage.bob.rest.pulls.create({ ...SHOP, head, base: 'main', title: 'docs: notes', body: '' });
  return data.number;
}

const fileReads = (calls: string[]) => calls.filter((call) => call.includes('/files'));

describe('an issue that does not concern us', () => {
  it.each<[string, Partial<ChangeInput>]>([
    ['edited', {}],
    ['with labels of others', { labels: ['bug', 'help wanted'] }],
    ["with another's label put on", { event: 'issues.labeled', labelMove: { move: 'on', label: 'bug', by: 'alice' } }],
  ])('%s: no call', async (_name, change) => {
    const { number } = await stage.issue();
    await stage.calls();
    expect(await read(trigger(number, change))).toEqual({ kind: 'irrelevant' });
    expect(await stage.calls()).toEqual([]);
  });

  it.each<[string, Partial<ChangeInput>]>([
    ['a start label, whatever its case', { labels: ['Session:bug-fix'] }],
    ['a start label taken off', { labelMove: { move: 'off', label: 'session:bug-fix', by: 'alice' } }],
    ['an incident', { labelMove: { move: 'on', label: 'incident', by: 'alice' } }],
    ['a pull request', { isPull: true }],
    ['woken by ourselves', { event: 'playcaller.sweep' }],
  ])('but %s: one call', async (_name, change) => {
    const { number } = await stage.issue();
    await stage.calls();
    expect(await read(trigger(number, change))).toMatchObject({ kind: 'subject', subject: { number } });
    expect(await stage.calls()).toEqual(['Subject']);
  });

  it('a command on any issue is read, with what its author may do', async () => {
    const { number } = await stage.issue();
    const { changes: _none, ...base } = trigger(number);
    const permissionOf = async (author: string) => {
      const command = { kind: 'command' as const, commentId: 'IC_1', body: '/session help', author, isPull: false, labels: [] };
      return (await readSubject({ ...base, kind: 'command', command })).permission;
    };
    expect(await permissionOf('alice')).toBe('admin');
    expect(await permissionOf('carol')).toBe('triage');
    expect(await permissionOf('mallory')).toBe('none');
  });
});

describe('what is not there', () => {
  it('no .github repository of the owner: the defaults', async () => {
    const { number } = await stage.issue();
    const { repo } = await readSubject(trigger(number, { event: 'playcaller.test' }));
    expect(repo).toMatchObject({ configSource: 'defaults', faults: [] });
  });

  it('an issue that was deleted is gone, its repository is not', async () => {
    expect(await read(trigger(9999, { event: 'playcaller.test' }))).toMatchObject({ kind: 'gone', own: null, record: null });
  });

  it('a repository that is not there', async () => {
    const lost = trigger(1, { event: 'playcaller.test' }, 'acme/nowhere');
    await expect(read(lost)).rejects.toBeInstanceOf(Gone);
  });

  it('a missing permission is no sign that the issue is gone', async () => {
    const { issues: _issues, pull_requests: _pulls, ...permissions } = readManifest().default_permissions ?? {};
    // GitHub lets nobody subscribe to what he may not read.
    const shut = await setStage({ ...readManifest(), default_permissions: permissions, default_events: [] });
    try {
      const { number } = await shut.issue();
      await expect(read(trigger(number, { event: 'playcaller.test' }), shut)).rejects.toBeInstanceOf(Refused);
    } finally {
      await shut.close();
    }
  });
});

it('an owners’ file of which GitHub gives the beginning only is known to be cut', async () => {
  await stage.bob.rest.git.createRef({ ...SHOP, ref: 'refs/heads/owned', sha: await headOfMain() });
  await commitFile(stage.bob, 'owned', '.github/CODEOWNERS', `* @alice\n${'# a line\n'.repeat(70_000)}`, 'chore: owners');
  await branch('short');
  await commitFile(stage.bob, 'short', 'a.md', 'a', 'docs: a');
  const { data } = await stage.bob.rest.pulls.create({ ...SHOP, head: 'short', base: 'owned', title: 'docs: a', body: '' });
  const { pull } = await readSubject(trigger(data.number, { isPull: true }));
  expect(pull?.codeowners).toMatchObject({ path: '.github/CODEOWNERS', cut: true });
  expect(pull).not.toHaveProperty('reviewsCut');
});

describe('what a pull request changes', () => {
  it('is read once for each head', async () => {
    await branch('notes');
    await commitFile(stage.bob, 'notes', 'docs/notes.md', '# Notes\n', 'docs: notes');
    const number = await openPull('notes');
    const opened = trigger(number, { event: 'pull_request.opened', isPull: true });
    await stage.calls();
    const first = await readSubject(opened);
    expect(first).toMatchObject({ scanIsNew: true, pull: { files: [{ path: 'docs/notes.md', change: 'added' }] } });
    expect(fileReads(await stage.calls())).toHaveLength(1);

    await stage.handle(opened);
    await stage.calls();
    const second = await readSubject(opened);
    expect(second).toMatchObject({ scanIsNew: false, pull: { scan: first.pull?.scan } });
    expect(await stage.calls()).toEqual(['Subject']);

    await commitFile(stage.bob, 'notes', 'docs/more.md', '# More\n', 'docs: more');
    const third = await readSubject(opened);
    expect(third).toMatchObject({ scanIsNew: true, pull: { filesTotal: 2 } });
    expect(fileReads(await stage.calls())).toHaveLength(1);
  });

  it('250 files: in three pages', async () => {
    await branch('many');
    const head = await stage.bob.rest.git.getRef({ ...SHOP, ref: 'heads/many' });
    const files = Array.from({ length: 250 }, (_, index) => ({
      path: `docs/page-${index}.md`,
      mode: '100644' as const,
      type: 'blob' as const,
      content: `# Page ${index}\n`,
    }));
    const { sha } = head.data.object;
    const tree = await stage.bob.rest.git.createTree({ ...SHOP, base_tree: sha, tree: files });
    const made = await stage.bob.rest.git.createCommit({ ...SHOP, message: 'docs: pages', tree: tree.data.sha, parents: [sha] });
    await stage.bob.rest.git.updateRef({ ...SHOP, ref: 'heads/many', sha: made.data.sha });
    const number = await openPull('many');
    await stage.calls();
    const { pull } = await readSubject(trigger(number, { isPull: true }));
    expect(new Set(pull?.files.map(({ path }) => path)).size).toBe(250);
    const pages = fileReads(await stage.calls()).map((call) =>
      new URL(call.split(' ')[1] ?? '', 'http://x').searchParams.get('page'),
    );
    expect(pages).toEqual(['1', '2', '3']);
  });

  it('closed without a look: no patch is read for it', async () => {
    await branch('late');
    await commitFile(stage.bob, 'late', 'docs/late.md', '# Late\n', 'docs: late');
    const number = await openPull('late');
    await stage.bob.rest.pulls.update({ ...SHOP, pull_number: number, state: 'closed' });
    await stage.calls();
    const { pull, scanIsNew } = await readSubject(trigger(number, { event: 'pull_request.closed', isPull: true }));
    expect(pull?.state).toBe('closed');
    expect(scanIsNew).toBe(false);
    expect(await stage.calls()).toEqual(['Subject']);
  });
});

describe('a session that the ledger knows', () => {
  it('comes with its comments, its branch and the pull requests that serve it', async () => {
    const { number } = await stage.issue('Totals are wrong');
    await label(stage.alice, number, 'session:bug-fix');
    await stage.handle(trigger(number, { labels: ['session:bug-fix'] }));
    const { own, subject } = await readSubject(trigger(number));
    const name = own?.session.branch ?? '';
    expect(subject.comments.map(({ id }) => id).sort()).toEqual(Object.values(own?.artefacts ?? {}).sort());
    expect(subject.comments.every(({ ours, lastWriteOurs }) => ours && lastWriteOurs)).toBe(true);
    expect(subject.branch?.sha).toMatch(/^[0-9a-f]{40}$/);

    await commitFile(stage.bob, name, 'docs/a.md', 'a\n', 'docs: a');
    const pull = await openPull(name);
    expect((await readSubject(trigger(number))).subject.pulls.map((one) => one.number)).toEqual([pull]);
    const fromPull = await readSubject(trigger(pull, { isPull: true }));
    expect(fromPull.served?.session.number).toBe(number);
  });
});
