/** Gate item "security": tests with the code, and an owner's approval of the head commit. */
import { describe, expect, it } from 'vitest';
import { security } from '../../src/decide/gate/security.ts';
import type { FileFact, PullFacts, ReviewFact } from '../../src/model/pull-facts.ts';
import { facts, file, HEAD, pull } from './facts.ts';

const AUTH = [file('src/auth/login.ts'), file('test/login.test.ts')];
const OWNERS = '* @alice\n/src/auth/ @bob @acme/security\n';
const OLD = 'f00ba47'.padEnd(40, '0');

function said(login: string, more: Partial<ReviewFact> = {}): ReviewFact {
  const author = { login, bot: login.endsWith('[bot]') };
  return { author, state: 'approved', commitSha: HEAD, at: '2026-01-05T10:00:00Z', mayWrite: true, teams: [], ...more };
}

const of = (reviews: ReviewFact[], more: Partial<PullFacts> = {}, owners: string | null = OWNERS, options = {}) => {
  const codeowners = owners === null ? null : { path: '.github/CODEOWNERS', text: owners };
  return security.check(facts({ pull: pull({ files: AUTH, reviews, codeowners, ...more }) }), options);
};

describe('paths', () => {
  it.each([
    'src/auth/login.ts',
    'auth/x.py',
    'pkg/rbac/role.go',
    'src/oauth.ts',
    'lib/password.rb',
    'SECURITY.md',
    '.github/CODEOWNERS',
    '.github/workflows/ci.yml',
  ])('%s touches security', (path) => expect(of([], { files: [file(path), file('test/a.test.ts')] }).status).toBe('waiting'));

  it.each(['src/author.ts', 'src/cart.ts', 'docs/a.md', 'package.json'])('%s does not', (path) =>
    expect(of([], { files: [file(path)] }).status).toBe('not-applicable'),
  );

  it('looks at both names of what moved, and at what was removed', () => {
    const moved: FileFact = { ...file('src/open/login.ts', 'renamed', 0, 0), previousPath: 'src/auth/login.ts' };
    expect(of([], { files: [moved] })).toMatchObject({ status: 'waiting', evidence: expect.stringContaining('`bob`') });
    expect(of([said('bob')], { files: [moved] }).status).toBe('pass');
    expect(of([], { files: [file('src/auth/login.ts', 'removed', 0, 40)] }).status).toBe('waiting');
  });

  it('a test may lie in such a path, too, and then its owner is asked', () => {
    const files = [file('src/auth/login.ts'), file('test/auth.test.ts')];
    expect(of([said('bob')], { files }, '/src/ @bob\n/test/ @carol').evidence).toContain('Not approved yet: `test/auth.test.ts`');
    expect(of([said('bob'), said('carol')], { files }, '/src/ @bob\n/test/ @carol').status).toBe('pass');
  });

  it('takes them from the configuration', () => {
    expect(of([], { files: [file('src/vault.ts')] }, null, { paths: ['src/vault.ts'] }).status).toBe('fail');
    expect(of([], {}, null, { paths: [] }).status).toBe('not-applicable');
  });

  it('is not green when CODEOWNERS or the reviews could not be read as a whole', () => {
    const codeowners = { path: 'CODEOWNERS', text: OWNERS, cut: true as const };
    const halfOwners = of([said('bob')], { codeowners });
    expect(halfOwners).toMatchObject({ status: 'fail', mend: expect.stringContaining('/session waive security') });
    expect(halfOwners.evidence).toContain('`CODEOWNERS` could not be read as a whole');
    expect(halfOwners.evidence).not.toMatch(/owned by|nobody owns|Approved/);
    expect(of([said('bob')]).status).toBe('pass');
    expect(of([said('bob')], { reviewsCut: true })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('Not all reviews could be read'),
    });
    expect(of([], { files: [file('docs/a.md')], codeowners, reviewsCut: true }).status).toBe('not-applicable');
  });

  it('is not green when it did not see all files', () => {
    expect(of([], { files: [file('a.ts')], filesTotal: 3500 })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('1 of 3,500'),
    });
    expect(of([said('bob')], { filesTotal: 3500 }).status).toBe('fail');
  });
});

describe('tests', () => {
  const status = (...files: FileFact[]) => of([said('bob')], { files }, '* @bob').status;

  it('come with code', () => {
    expect(of([said('bob')], { files: [file('src/auth/login.ts')] })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('No test changed with `src/auth/login.ts`'),
      mend: expect.stringContaining('gate.items.tests.tests'),
    });
    expect(status(...AUTH)).toBe('pass');
    expect(status(file('src/auth/login.ts'), file('test/a.test.ts', 'modified', 0, 5))).toBe('fail');
  });

  it('come, too, when code only loses lines; any change of a test will do then', () => {
    expect(status(file('src/auth/login.ts', 'modified', 0, 3))).toBe('fail');
    expect(status(file('src/auth/login.ts', 'modified', 0, 3), file('test/a.test.ts', 'modified', 0, 5))).toBe('pass');
  });

  it.each([
    ['workflows', [file('.github/workflows/ci.yml')]],
    ['the policy', [file('SECURITY.md')]],
    ['moves', [file('src/auth/login.ts', 'renamed', 0, 0)]],
    ['removals', [file('src/auth/login.ts', 'removed', 0, 30)]],
    ['tests alone', [file('test/auth/login.test.ts')]],
    ['Rust, whose tests cannot be seen', [file('src/auth/login.rs')]],
  ])('are not asked for with %s', (_name, files) => expect(status(...files)).toBe('pass'));

  it('missing ones and a missing approval are both told', () => {
    const result = of([], { files: [file('src/auth/login.ts')] });
    expect(result.status).toBe('fail');
    expect(result.evidence).toContain('Not approved yet: `src/auth/login.ts`; owned by `bob` and team `acme/security`');
    expect(result.mend).toContain('Ask one of them for a review: `bob` and `acme/security`');
  });
});

describe('approvals', () => {
  const cases: [string, ReviewFact[], 'pass' | 'waiting' | 'fail', string][] = [
    ['by an owner', [said('bob')], 'pass', 'Approved on `a1b2c3d` by `bob`'],
    ['by an owner in other letters', [said('BoB')], 'pass', 'by `BoB`'],
    ['for an owning team', [said('carol', { teams: ['acme/security'] })], 'pass', 'by `carol`'],
    ['for another team', [said('carol', { teams: ['acme/web'] })], 'waiting', 'Not approved yet'],
    ['by someone else who may write', [said('erin')], 'waiting', 'owned by `bob`'],
    ['by an owner who may not write', [said('bob', { mayWrite: false })], 'waiting', 'without write access'],
    ['of an earlier commit', [said('bob', { commitSha: OLD })], 'waiting', 'stale: the approval of `bob`'],
    ['of a commit that is gone', [said('bob', { commitSha: null })], 'waiting', 'stale'],
    ['that was dismissed', [said('bob', { state: 'dismissed' })], 'waiting', 'Dismissed: the review of `bob`'],
    ['by a bot', [said('bob[bot]')], 'waiting', 'A bot’s approval does not count'],
    ['by nobody', [], 'waiting', 'Not approved yet'],
    ['asked for changes by an owner', [said('bob', { state: 'changes-requested' })], 'fail', 'Changes asked for by `bob`'],
    ['asked for changes before the last push', [said('bob', { state: 'changes-requested', commitSha: OLD })], 'fail', '`bob`'],
    [
      'asked for changes by one owner, approved by another',
      [said('bob', { state: 'changes-requested' }), said('carol', { teams: ['acme/security'] })],
      'fail',
      'Approved on `a1b2c3d` by `carol`',
    ],
    ['asked for changes by no owner', [said('erin', { state: 'changes-requested' }), said('bob')], 'pass', 'Approved'],
    [
      'approved anew',
      [said('bob', { commitSha: OLD, at: '2026-01-01T00:00:00Z' }), said('bob', { at: '2026-01-02T00:00:00Z' })],
      'pass',
      'Approved',
    ],
  ];
  it.each(cases)('%s', (_name, reviews, status, words) => {
    for (const order of [reviews, [...reviews].reverse()]) {
      expect(of(order)).toMatchObject({ status, evidence: expect.stringContaining(words) });
    }
  });

  it("the author's own never counts", () => {
    const own = of([said('Alice')], { files: [file('SECURITY.md')] });
    expect(own).toMatchObject({ status: 'waiting', evidence: expect.stringContaining('own approval does not count') });
    expect(own.mend).toContain('The author is the only owner of `SECURITY.md`: name a second one in CODEOWNERS on `main`');
    expect(own.mend).toContain('/session waive security');
    for (const login of ['alice', 'bob[bot]'])
      expect(of([said(login, { state: 'changes-requested' }), said('bob')], {}, null).status).toBe('pass');
  });

  it('wants each group of files approved by one of its own owners', () => {
    const text = '/src/auth/ @bob\n/src/crypto/ @carol\n/.github/ @dave @erin';
    const files = [
      file('src/auth/a.ts'),
      file('src/auth/b.ts'),
      file('src/crypto/c.ts'),
      file('.github/workflows/d.yml'),
      file('test/a.test.ts'),
    ];
    expect(of([said('bob'), said('erin')], { files }, text)).toMatchObject({
      status: 'waiting',
      evidence: expect.stringContaining('Not approved yet: `src/crypto/c.ts`; owned by `carol`'),
      brief: 'an owner’s approval',
    });
    expect(of([said('bob'), said('erin'), said('carol')], { files }, text).status).toBe('pass');
  });

  it.each([
    ['no CODEOWNERS', null],
    ['no line for it', '/docs/ @bob'],
    ['a line without owners', '* @bob\n/src/auth/'],
    ['only broken lines', '/src/auth/ bob'],
  ])('with %s anyone else who may write can', (_name, text) => {
    expect(of([], {}, text)).toMatchObject({
      status: 'waiting',
      evidence: expect.stringContaining('anyone else with write access'),
      mend: expect.stringContaining('someone with write access'),
    });
    expect(of([said('erin')], {}, text).status).toBe('pass');
    expect(of([said('erin', { mayWrite: false })], {}, text).status).toBe('waiting');
    expect(of([said('alice')], {}, text).status).toBe('waiting');
    expect(of([said('erin', { state: 'changes-requested' })], {}, text).status).toBe('fail');
  });

  it('says plainly what it cannot see: e-mail addresses, and for which team someone approved', () => {
    const byMail = of([said('bob')], {}, '/src/auth/ bob@example.com');
    expect(byMail).toMatchObject({ status: 'waiting', evidence: expect.stringContaining('(e-mail)') });
    expect(byMail.mend).toContain('cannot be seen here: name the login');
    const byTeam = of([said('carol')], {}, '/src/auth/ @acme/security');
    expect(byTeam).toMatchObject({ status: 'waiting', mend: expect.stringContaining('Request it from the team itself') });
  });
});

it('calls nobody, and stays short, whatever names and paths are', () => {
  const text = Array.from(
    { length: 300 },
    (_, index) => `/src/auth/${index}.ts @user${index} @acme/team${index} u${index}@x.example`,
  );
  const files = Array.from({ length: 300 }, (_, index) => file(`src/auth/${index}.ts`));
  const hostile = file('src/auth/@mallory|<!-- x -->#7.ts');
  const reviews = [
    said('@all|<b>', { commitSha: OLD }),
    ...Array.from({ length: 50 }, (_, index) => said(`x${index}`, { commitSha: OLD })),
  ];
  const { evidence, mend } = of(reviews, { files: [hostile, ...files] }, text.join('\n'));
  expect(`${evidence}${mend}`.replace(/`[^`]*`/g, '')).not.toMatch(/@(?!&)|<!--|#7|<b>/);
  expect(`${evidence}${mend}`.length).toBeLessThan(5000);
});

it('says the same in whatever order GitHub answers', () => {
  const reviews = [said('carol', { teams: ['acme/security'] }), said('bob'), said('erin', { commitSha: OLD })];
  expect(of(reviews)).toEqual(of([...reviews].reverse()));
});
