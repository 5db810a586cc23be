/** What each event says, and to which lane; and that no payload whatsoever makes it throw. */
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { OwnIdentity } from '../../src/intake/events/delivery.ts';
import { toInputs } from '../../src/intake/to-inputs.ts';

const OWN: OwnIdentity = { appId: 7, botLogin: 'playcaller[bot]' };
const UNKNOWN: OwnIdentity = { appId: 7, botLogin: null };
const HOME = {
  repository: { id: 1, full_name: 'acme/shop', default_branch: 'main' },
  installation: { id: 5 },
  sender: { login: 'alice', type: 'User' },
};
const BOT = { login: 'playcaller[bot]', type: 'Bot' };
const ISSUE = { number: 12, node_id: 'I_12', labels: [{ name: 'session:feature' }] };

function read(event: string, payload: object, own = OWN) {
  return toInputs(event, { ...HOME, ...payload }, own);
}

describe('issues', () => {
  test('a label taken off is still named, so that we look', () => {
    const payload = { action: 'unlabeled', issue: { ...ISSUE, labels: [] }, label: { name: 'session:feature' } };
    expect(read('issues', payload)).toEqual([
      {
        repo: 'acme/shop',
        installationId: 5,
        address: { to: 'subject', number: 12 },
        input: {
          kind: 'change',
          event: 'issues.unlabeled',
          sender: 'alice',
          labels: ['session:feature'],
          isPull: false,
          labelMove: { move: 'off', label: 'session:feature', by: 'alice' },
        },
      },
    ]);
  });

  test.each(['opened', 'edited', 'closed', 'reopened', 'deleted', 'transferred', 'locked'])('%s: a change', (action) => {
    expect(read('issues', { action, issue: ISSUE })).toMatchObject([{ input: { kind: 'change', event: `issues.${action}` } }]);
  });

  test.each(['assigned', 'milestoned', 'pinned'])('%s: nothing', (action) => {
    expect(read('issues', { action, issue: ISSUE })).toEqual([]);
  });

  test('without an installation nobody could act', () => {
    expect(read('issues', { action: 'opened', issue: ISSUE, installation: undefined })).toEqual([]);
  });

  test('our own label comes back as nothing; what we open comes in as by the front door; so does a person there', () => {
    const made = { ...ISSUE, performed_via_github_app: { id: 7 } };
    expect(read('issues', { action: 'labeled', issue: ISSUE, label: { name: 'x' }, sender: BOT })).toEqual([]);
    expect(read('issues', { action: 'labeled', issue: made, label: { name: 'x' } })).toHaveLength(1);
    for (const own of [OWN, UNKNOWN])
      expect(read('issues', { action: 'opened', issue: made, sender: BOT }, own)).toMatchObject([{ input: { sender: null } }]);
    expect(read('issues', { action: 'closed', issue: ISSUE, sender: BOT })).toEqual([]);
    expect(
      read('issues', { action: 'labeled', issue: made, sender: { login: 'other[bot]', type: 'Bot' } }, UNKNOWN),
    ).toHaveLength(1);
  });
});

describe('sub-issues', () => {
  const parent = (repo: string) => ({ ...ISSUE, parent_issue_url: `https://api.github.com/repos/${repo}/issues/3` });

  test('a closed sub-issue is looked at, and its parent in the same repository', () => {
    const numbers = (issue: object) => read('issues', { action: 'closed', issue }).map(({ address }) => address);
    expect(numbers(parent('acme/shop'))).toEqual([
      { to: 'subject', number: 3 },
      { to: 'subject', number: 12 },
    ]);
    expect(numbers(parent('acme/other'))).toEqual([{ to: 'subject', number: 12 }]);
    expect(read('issues', { action: 'labeled', label: { name: 'x' }, issue: parent('acme/shop') })).toHaveLength(1);
  });

  test('hung below another issue, or taken from there: the parent is looked at, once', () => {
    const sides = { parent_issue: { ...ISSUE, number: 3 }, sub_issue: ISSUE };
    for (const action of ['sub_issue_added', 'sub_issue_removed']) {
      expect(read('sub_issues', { action, ...sides })).toMatchObject([{ address: { to: 'subject', number: 3 } }]);
    }
    expect(read('sub_issues', { action: 'parent_issue_added', ...sides })).toEqual([]);
  });
});

describe('repository', () => {
  const from = (action: string, changes: object) =>
    read('repository', { action, changes }).map(({ repo, address, input }) => [
      repo,
      address.to,
      input.kind === 'renamed' ? input.from : null,
    ]);

  test('a new name, or a new owner: its old name is told', () => {
    expect(from('renamed', { repository: { name: { from: 'store' } } })).toEqual([['acme/shop', 'board', 'acme/store']]);
    expect(from('transferred', { owner: { from: { user: { login: 'bob' } } } })).toEqual([['acme/shop', 'board', 'bob/shop']]);
    expect(from('transferred', { owner: { from: { organization: { login: 'old' } } } })).toEqual([
      ['acme/shop', 'board', 'old/shop'],
    ]);
  });

  test.each([
    ['edited', {}],
    ['renamed', {}],
    ['renamed', { repository: { name: { from: 'shop' } } }],
    ['renamed', { repository: { name: { from: 'a/b#1' } } }],
    ['transferred', { owner: { from: {} } }],
  ])('%s %j: nothing', (action, changes) => expect(from(action, changes)).toEqual([]));
});

describe('issue_comment', () => {
  const comment = { node_id: 'IC_1', body: 'please\n  /session start', user: { login: 'bob', type: 'User' } };
  const card = {
    node_id: 'IC_2',
    body: '<!-- playcaller:playbook -->\n- [x] one',
    user: BOT,
    performed_via_github_app: { id: 7 },
  };

  test('a command, by whoever wrote it last', () => {
    expect(read('issue_comment', { action: 'created', issue: ISSUE, comment, sender: comment.user })).toMatchObject([
      {
        address: { to: 'subject', number: 12 },
        input: {
          kind: 'command',
          commentId: 'IC_1',
          body: comment.body,
          author: 'bob',
          isPull: false,
          labels: ['session:feature'],
        },
      },
    ]);
    expect(read('issue_comment', { action: 'edited', issue: ISSUE, comment })).toMatchObject([{ input: { author: 'alice' } }]);
  });

  test('on a pull request', () => {
    const issue = { ...ISSUE, pull_request: { url: 'https://api.github.com/x' } };
    expect(read('issue_comment', { action: 'created', issue, comment })).toMatchObject([{ input: { isPull: true } }]);
  });

  test.each([
    ['talk', { action: 'created', comment: { ...comment, body: 'I like /session start' } }],
    ['a quoted command', { action: 'created', comment: { ...comment, body: '> /session start' } }],
    ['another word', { action: 'created', comment: { ...comment, body: '/sessions' } }],
    ['a deleted command', { action: 'deleted', comment }],
    ['a bot', { action: 'created', comment: { ...comment, user: { login: 'x[bot]', type: 'Bot' } } }],
    ['a bot that edits a person', { action: 'edited', comment, sender: { login: 'x[bot]', type: 'Bot' } }],
    ['our own comment', { action: 'created', comment: card, sender: BOT }],
    ['our own edit', { action: 'edited', comment: card, sender: BOT }],
  ])('%s: nothing', (_, payload) => {
    expect(read('issue_comment', { issue: ISSUE, ...payload })).toEqual([]);
  });

  test('a tick in our comment, before and after we know our name', () => {
    const payload = { action: 'edited', issue: ISSUE, comment: card, changes: { body: { from: 'before' } } };
    for (const own of [OWN, UNKNOWN]) {
      expect(read('issue_comment', payload, own)).toMatchObject([
        {
          input: {
            kind: 'change',
            event: 'issue_comment.edited',
            edit: { commentId: 'IC_2', body: card.body, before: 'before' },
          },
        },
      ]);
    }
  });

  test('our comment, its marker edited away, or deleted', () => {
    const bare = { ...card, body: 'gone' };
    const edit = { action: 'edited', issue: ISSUE, comment: bare, changes: { body: { from: card.body } } };
    expect(read('issue_comment', edit)).toMatchObject([{ input: { edit: { body: 'gone' } } }]);
    const [deleted] = read('issue_comment', { action: 'deleted', issue: ISSUE, comment: card });
    expect(deleted?.input).toMatchObject({ kind: 'change', event: 'issue_comment.deleted' });
    expect(deleted?.input).not.toHaveProperty('edit');
  });

  test('our marker in a stranger’s comment is only text', () => {
    const forged = { ...card, user: { login: 'mallory', type: 'User' }, performed_via_github_app: null };
    expect(read('issue_comment', { action: 'edited', issue: ISSUE, comment: forged })).toEqual([]);
    expect(read('issue_comment', { action: 'edited', issue: ISSUE, comment: forged }, UNKNOWN)).toEqual([]);
  });

  test('sixty thousand spaces and newlines take no time', () => {
    const body = `${' '.repeat(30_000)}${'\n'.repeat(30_000)}x`;
    expect(read('issue_comment', { action: 'created', issue: ISSUE, comment: { ...comment, body } })).toEqual([]);
  });
});

describe('pull requests and CI', () => {
  const pull = { number: 20, node_id: 'PR_20', labels: [], head: { sha: 'a1' } };

  test('a push brings the head along', () => {
    expect(read('pull_request', { action: 'synchronize', pull_request: pull })).toMatchObject([
      { address: { to: 'subject', number: 20, headSha: 'a1' }, input: { isPull: true, event: 'pull_request.synchronize' } },
    ]);
  });

  test.each(['submitted', 'edited', 'dismissed'])('a review %s: its pull request', (action) => {
    const review = { state: action === 'dismissed' ? 'dismissed' : 'approved' };
    expect(read('pull_request_review', { action, review, pull_request: pull })).toMatchObject([
      { address: { to: 'subject', number: 20, headSha: 'a1' }, input: { isPull: true, event: `pull_request_review.${action}` } },
    ]);
  });

  test('a review without an opinion: nothing', () => {
    const review = { state: 'commented' };
    expect(read('pull_request_review', { action: 'submitted', review, pull_request: pull })).toEqual([]);
  });

  test.each(['review_requested', 'assigned', 'auto_merge_enabled'])('%s: nothing', (action) => {
    expect(read('pull_request', { action, pull_request: pull })).toEqual([]);
  });

  const here = { number: 20, base: { repo: { id: 1 } } };
  const elsewhere = { number: 99, base: { repo: { id: 2 } } };

  test.each([
    ['check_run', 'completed'],
    ['check_suite', 'completed'],
  ])('%s of CI: its commit, and the pull requests of this repository', (event, action) => {
    const check = { head_sha: 'a1', app: { id: 1 }, pull_requests: [here, elsewhere] };
    expect(read(event, { action, [event]: check }).map(({ address }) => address)).toEqual([
      { to: 'sha', sha: 'a1' },
      { to: 'subject', number: 20, headSha: 'a1' },
    ]);
  });

  test('our own check starts nothing, unless a person asks', () => {
    const check_run = { head_sha: 'a1', app: { id: 7 }, pull_requests: [here] };
    expect(read('check_run', { action: 'completed', check_run })).toEqual([]);
    expect(read('check_run', { action: 'rerequested', check_run })).toHaveLength(2);
    expect(read('check_run', { action: 'requested_action', check_run })).toHaveLength(2);
    expect(read('check_suite', { action: 'completed', check_suite: check_run })).toEqual([]);
    expect(read('check_suite', { action: 'rerequested', check_suite: check_run })).toHaveLength(2);
    const again = { action: 'rerequested', check_run: { ...check_run, node_id: 'CR_1' } };
    expect(read('check_run', again)[0]?.input).toMatchObject({ again: { run: 'CR_1', sha: 'a1' } });
    const suite = { action: 'rerequested', check_suite: { ...check_run, node_id: 'CS_1' } };
    expect(read('check_suite', suite)[0]?.input).toMatchObject({ again: { run: null, sha: 'a1' } });
  });

  test('a button of ours says which; those of other apps are theirs', () => {
    const pressed = (id: number) => ({
      action: 'requested_action',
      check_run: { head_sha: 'a1', app: { id }, pull_requests: [] },
      requested_action: { identifier: 'sections' },
    });
    expect(read('check_run', pressed(7))).toMatchObject([{ address: { to: 'sha', sha: 'a1' }, input: { button: 'sections' } }]);
    expect(read('check_run', pressed(1))).toEqual([]);
  });

  test('a commit status: its commit', () => {
    expect(read('status', { sha: 'a1', state: 'success' })).toMatchObject([{ address: { to: 'sha', sha: 'a1' } }]);
  });
});

describe('the board', () => {
  const push = (more: object) =>
    read('push', { ref: 'refs/heads/main', commits: [{ added: [], modified: [], removed: [] }], ...more });
  const board = (reason: string) => [{ address: { to: 'board' }, input: { kind: 'board', reason } }];

  test.each([
    '.github/playcaller.yml',
    '.github/playbooks/mine.yml',
    '.github/personas/lea.yml',
    '.github/patterns/report.yml',
    '.github/playcaller.modules.yml',
  ])('a push with %s', (path) => {
    for (const list of ['added', 'modified', 'removed'])
      expect(push({ commits: [{ [list]: [path] }] })).toMatchObject(board('configuration'));
  });

  test.each([
    ['no list of commits', { commits: [] }],
    ['no lists of files', { commits: [{ id: 'a' }] }],
    ['more commits than are listed', { commits: Array.from({ length: 2048 }, () => ({ added: ['README.md'] })) }],
    ['a forced push', { forced: true }],
  ])('a push with %s may hold the configuration', (_, more) => {
    expect(push(more)).toMatchObject(board('configuration'));
  });

  test.each([
    ['other files', { commits: [{ added: ['README.md', 'docs/.github/playcaller.yml'] }] }],
    ['another branch', { ref: 'refs/heads/topic', commits: [{ added: ['.github/playcaller.yml'] }] }],
    ['a tag', { ref: 'refs/tags/main', commits: [] }],
    ['the end of the branch', { deleted: true, commits: [] }],
  ])('a push with %s: nothing', (_, more) => {
    expect(push(more)).toEqual([]);
  });

  const looks = (...bases: (string | null)[]) =>
    bases.map((base) => ({ address: { to: 'newest', base }, input: { kind: 'change', event: 'push' } }));

  test.each([
    ['added', 'package.json'],
    ['modified', 'package.json'],
    ['modified', '.commitlintrc'],
    ['removed', '.commitlintrc.yml'],
    ['added', 'commitlint.config.mjs'],
    ['removed', 'pnpm-lock.yaml'],
  ])('a push in which %s is %s: the newest pull request looks for all', (how, path) => {
    expect(push({ commits: [{ [how]: [path] }] })).toMatchObject(looks(null));
    expect(push({ ref: 'refs/heads/topic', commits: [{ [how]: [path] }] })).toEqual([]);
  });

  test.each([
    ['modified', 'package-lock.json'],
    ['modified', 'commitlint.config.js'],
    ['added', 'web/package.json'],
    ['added', 'web/yarn.lock'],
    ['added', 'CODEOWNERS.md'],
  ])('a push in which %s is %s: nothing', (how, path) => {
    expect(push({ commits: [{ [how]: [path] }] })).toEqual([]);
  });

  test.each(['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS'])('%s, on any branch: the newest one to it looks', (path) => {
    const commits = [{ added: [], modified: ['a.ts', path] }];
    expect(push({ commits })).toMatchObject(looks('main'));
    expect(push({ ref: 'refs/heads/release/1', commits })).toMatchObject(looks('release/1'));
    expect(push({ ref: 'refs/heads/release/1', commits: [{ added: ['a.ts'] }], forced: true })).toMatchObject(looks('release/1'));
    expect(push({ ref: 'refs/heads/release/1', commits: [], created: true })).toEqual([]);
    expect(push({ commits: [...commits, { added: ['yarn.lock'] }] })).toMatchObject(looks(null, 'main'));
  });

  test('a label of ours renamed or deleted', () => {
    expect(read('label', { action: 'deleted', label: { name: 'state:active' } })).toMatchObject(board('label-deleted'));
    const renamed = { action: 'edited', label: { name: 'x' }, changes: { name: { from: 'session:feature' } } };
    expect(read('label', renamed)).toMatchObject(board('label-deleted'));
    expect(read('label', { action: 'deleted', label: { name: 'bug' } })).toEqual([]);
    expect(read('label', { action: 'created', label: { name: 'state:active' } })).toEqual([]);
  });

  test.each([
    ['installation', 'created', 'repositories'],
    ['installation', 'unsuspend', 'repositories'],
    ['installation_repositories', 'added', 'repositories_added'],
  ])('%s.%s: a board for each repository', (event, action, field) => {
    const inputs = read(event, {
      action,
      repository: undefined,
      [field]: [{ full_name: 'acme/a' }, { full_name: 'acme/b' }, {}],
    });
    expect(inputs.map(({ repo }) => repo)).toEqual(['acme/a', 'acme/b']);
    expect(inputs).toMatchObject([...board('installed'), ...board('installed')]);
  });

  test.each(['deleted', 'suspend'])('installation.%s: nothing', (action) => {
    expect(read('installation', { action, repositories: [{ full_name: 'acme/a' }] })).toEqual([]);
  });
});

describe('any payload at all', () => {
  const definitions: { name: string; examples: object[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
  const events = [...new Set(definitions.map(({ name }) => name))];

  test.each(events)('every example of %s, with an installation', (name) => {
    for (const example of definitions.filter((one) => one.name === name).flatMap(({ examples }) => examples)) {
      for (const { repo, address, input } of toInputs(name, { ...example, installation: { id: 5 } }, OWN)) {
        expect(repo).toMatch(/^[^/]+\/[^/]+$/);
        expect(['subject', 'sha', 'board']).toContain(address.to);
        expect(['change', 'command', 'board', 'renamed']).toContain(input.kind);
      }
    }
  });

  test.each(events)('%s with every part of an example replaced by something else', (name) => {
    const example = definitions.find((one) => one.name === name)?.examples[0] ?? {};
    for (const odd of [null, 7, -1, 'text', [], [null], {}, true]) {
      for (const spoiled of spoil(example, odd, 3)) expect(() => toInputs(name, { ...HOME, ...spoiled }, OWN)).not.toThrow();
    }
  });

  test.each([null, undefined, 7, 'text', [], { action: {} }])('%j', (payload) => {
    for (const event of [...events, 'nonsense', '__proto__', 'constructor']) expect(toInputs(event, payload, OWN)).toEqual([]);
  });
});

/** Copies of `value`, each with one part (down to `depth`) replaced. */
function* spoil(value: object, odd: unknown, depth: number): Generator<object> {
  for (const [key, part] of Object.entries(value)) {
    yield { ...value, [key]: odd };
    if (depth > 1 && typeof part === 'object' && part !== null && !Array.isArray(part)) {
      for (const inner of spoil(part, odd, depth - 1)) yield { ...value, [key]: inner };
    }
  }
}
