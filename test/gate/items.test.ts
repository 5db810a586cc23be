/** Gate items "session", "hygiene", "tests" and "criteria" on plain facts. */
import { describe, expect, it } from 'vitest';
import { criteria } from '../../src/decide/gate/criteria.ts';
import { hygiene } from '../../src/decide/gate/hygiene.ts';
import { session as sessionItem } from '../../src/decide/gate/session.ts';
import { tests } from '../../src/decide/gate/tests.ts';
import type { FileFact, PatchScan, PullFacts } from '../../src/model/pull-facts.ts';
import type { Session } from '../../src/model/session.ts';
import { facts, file, playbook, pull, scan, session } from './facts.ts';

describe('session', () => {
  const of = (more: Partial<Session>) => sessionItem.check(facts({ session: session(more) }), {});

  it('passes with an active one, also on the pull request itself', () => {
    expect(of({}).status).toBe('pass');
    expect(of({ number: 34 }).evidence).toContain('on this pull request');
  });

  it('says how to link one', () => {
    const none = sessionItem.check(facts({ session: null, pull: pull({ closes: [] }) }), {});
    expect(none.status).toBe('fail');
    for (const way of ['Closes #', 'Session: ', 'branch', 'session:']) expect(none.mend).toContain(way);
    const closes = sessionItem.check(facts({ session: null, pull: pull({ closes: [12] }) }), {});
    expect(closes).toMatchObject({ status: 'fail', evidence: '#12 carries no session', mend: expect.stringContaining('on #12') });
  });

  it('waits for a planned one, and names what to do about an ended one', () => {
    expect(of({ state: 'planned' })).toMatchObject({ status: 'waiting', mend: expect.stringContaining('fast-lane') });
    expect(of({ state: 'planned', blocked: true }).evidence).toContain('blocked');
    expect(of({ state: 'completed' })).toMatchObject({ status: 'fail', mend: expect.stringContaining('new work') });
    expect(of({ state: 'abandoned', endedBy: 'closed' }).mend).toContain('Reopen #12');
    expect(of({ state: 'abandoned', endedBy: 'unlabelled' }).mend).toContain('session:bug-fix');
    expect(of({ state: 'abandoned', endedBy: 'asked' }).status).toBe('fail');
  });
});

describe('hygiene', () => {
  const of = (files: FileFact[], found: Partial<PatchScan> = {}, more: Partial<PullFacts> = {}, options = {}) =>
    hygiene.check(facts({ pull: pull({ files, filesTotal: files.length, scan: scan(found), ...more }) }), options);

  it('passes a clean diff', () => expect(of([file('src/a.ts')])).toMatchObject({ status: 'pass', annotations: [] }));

  it('marks secrets and conflicts where they stand', () => {
    const result = of([file('a.ts', 'added')], {
      secrets: [{ path: 'a.ts', line: 7, kind: 'GitHub token' }],
      conflictMarkers: [{ path: 'a.ts', line: 9 }],
    });
    expect(result.status).toBe('fail');
    expect(result.evidence).toContain('GitHub token in `a.ts:7`');
    expect(result.annotations).toMatchObject([
      { path: 'a.ts', line: 7, level: 'failure', title: 'Looks like a secret: GitHub token' },
      { path: 'a.ts', line: 9, level: 'failure' },
    ]);
  });

  it.each([
    '.env',
    'apps/web/.env.local',
    '.env.production',
    '.DS_Store',
    'src/.main.ts.swp',
    'notes.txt~',
    'a.orig',
    '.idea/workspace.xml',
    'npm-debug.log',
    'logs/app.log',
    'dist/index.js',
    'packages/ui/dist/index.js',
    'coverage/lcov.info',
    'node_modules/x/index.js',
    'tools/__pycache__/a.pyc',
    'target/debug/app',
    'app/build/outputs/app.apk',
    'tsconfig.tsbuildinfo',
    'terraform.tfstate',
  ])('calls %s stray when it is added', (path) => {
    expect(of([file(path, 'added')])).toMatchObject({ status: 'fail', evidence: expect.stringContaining('Stray') });
    expect(of([file(path, 'renamed')]).status).toBe('pass');
    expect(of([file(path, 'removed')]).status).toBe('pass');
    expect(of([file(path, 'added')], {}, {}, { allow: [path] }).status).toBe('pass');
  });

  it.each([
    '.env.example',
    'src/build/index.ts',
    'internal/out/writer.go',
    'build/webpack.config.js',
    'docs/changelog.md',
    'src/log.ts',
    'src/coverage/map.ts',
    '.vscode/settings.json',
  ])('leaves %s alone', (path) => expect(of([file(path, 'added')]).status).toBe('pass'));

  it('refuses added binaries, but notes images and changed ones', () => {
    const files = [file('tool.jar', 'added', 0, 0), file('logo.png', 'added', 0, 0), file('old.bin', 'modified', 0, 0)];
    const result = of(files, { binaries: ['tool.jar', 'logo.png', 'old.bin'] });
    expect(result.evidence).toBe('Binary: `tool.jar`<br>1 image or font: `logo.png`<br>Changed binary: `old.bin`');
    expect(of(files.slice(1), { binaries: ['logo.png', 'old.bin'] }).status).toBe('pass');
    expect(of(files, { binaries: ['tool.jar'] }, {}, { allow: ['**/*.jar'] }).status).toBe('pass');
  });

  it('refuses big files, lockfiles excepted', () => {
    expect(of([file('seed.sql', 'added', 6000)])).toMatchObject({ status: 'fail', evidence: 'Big: `seed.sql` (6,000 lines)' });
    expect(of([file('package-lock.json', 'modified', 9000), file('package.json')]).status).toBe('pass');
    expect(of([file('seed.sql', 'added', 6000)], {}, {}, { maxAddedLines: 10_000 }).status).toBe('pass');
  });

  it('is not green for what it could not read', () => {
    expect(of([file('a.sql')], { unread: ['a.sql'] })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('`a.sql`'),
    });
    expect(of([file('a.ts')], {}, { filesTotal: 3412 }).evidence).toContain('Only 1 of 3,412 changed files');
    expect(of([file('a.ts')], { headSha: 'f'.repeat(40) }).status).toBe('waiting');
    expect(of([file('package-lock.json'), file('package.json')], { unread: ['package-lock.json'] }).status).toBe('pass');
  });
});

describe('tests', () => {
  const of = (files: FileFact[], more: Partial<PullFacts> = {}, options = {}) =>
    tests.check(facts({ pull: pull({ files, filesTotal: files.length, ...more }) }), options);

  it.each([
    ['src/a.ts', 'src/a.test.ts'],
    ['src/a.tsx', 'src/__tests__/a.tsx'],
    ['app/views.py', 'app/test_views.py'],
    ['app/views.py', 'tests/views.py'],
    ['pkg/a.go', 'pkg/a_test.go'],
    ['src/main/java/A.java', 'src/test/java/ATest.java'],
    ['src/main/kotlin/A.kt', 'app/ATests.kt'],
    ['lib/a.rb', 'spec/a_spec.rb'],
    ['src/lib.rs', 'tests/a.rs'],
    ['src/A.cs', 'src/ATests.cs'],
  ])('%s wants a test, %s is one', (code, test) => {
    expect(of([file(code), file(test)]).status).toBe('pass');
    expect(of([file(code), file(test, 'removed', 0, 9)]).status).not.toBe('not-applicable');
    expect(of([file(test)]).status).toBe('not-applicable');
    if (!code.endsWith('.rs'))
      expect(of([file(code)])).toMatchObject({ status: 'fail', evidence: expect.stringContaining(code) });
  });

  it.each([
    ['documents', [file('README.md'), file('docs/a.ts')]],
    ['settings', [file('vite.config.ts'), file('.github/x.js'), file('a.yml'), file('types.d.ts')]],
    ['removals', [file('src/a.ts', 'removed', 0, 50), file('src/b.ts', 'modified', 0, 3)]],
    ['pure moves', [file('src/a.ts', 'renamed', 0, 0)]],
  ])('asks for none with %s only', (_name, files) => expect(of(files).status).toBe('not-applicable'));

  it('does not count a test that only lost lines or moved', () => {
    expect(of([file('src/a.ts'), file('src/a.test.ts', 'modified', 0, 9)]).status).toBe('fail');
    expect(of([file('src/a.ts'), file('src/a.test.ts', 'renamed', 0, 0)]).status).toBe('fail');
  });

  it('says that tests inside Rust files cannot be seen', () => {
    expect(of([file('src/lib.rs')])).toMatchObject({ status: 'pass', evidence: expect.stringContaining('reviewer') });
    expect(of([file('src/lib.rs'), file('web/a.ts')]).status).toBe('fail');
  });

  it('is not green when it did not see all files', () => {
    expect(of([file('README.md')], { filesTotal: 5000 })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('5,000'),
    });
    expect(of([file('a.ts'), file('a.test.ts')], { filesTotal: 5000 }).status).toBe('pass');
  });

  it('takes globs from the configuration', () => {
    expect(of([file('src/a.ts'), file('checks/a.ts')], {}, { tests: ['checks/**'] }).status).toBe('pass');
  });

  it('takes 3,000 files', () => {
    const many = Array.from({ length: 3000 }, (_, index) => file(`src/${'deep/'.repeat(20)}${index}.ts`));
    const result = of(many);
    expect(result.evidence).toMatch(/^3,000 code files changed and no test: .* and 2996 more$/);
    expect(result.evidence.length).toBeLessThan(1000);
  });
});

describe('criteria', () => {
  it('passes when all are ticked, and is not needed without a session or criteria', () => {
    expect(criteria.check(facts(), {}).status).toBe('pass');
    expect(criteria.check(facts({ session: null }), {}).status).toBe('not-applicable');
    const bare = { session: session({ criteria: [] }), playbook: playbook({ criteria: [] }) };
    expect(criteria.check(facts(bare), {}).status).toBe('not-applicable');
  });

  it('waits for open ones and quotes them safely', () => {
    const open = session({ ticks: ['bug-verified'], criteria: [{ text: 'Closes #7 for @mallory <!-- x -->', met: false }] });
    const result = criteria.check(facts({ session: open }), {});
    expect(result).toMatchObject({ status: 'waiting', brief: '2 open', evidence: expect.stringContaining('2 of 3 open') });
    expect(result.evidence).toContain('A test fails without the fix');
    expect(result.evidence).not.toMatch(/@mallory|#7|<!--/);
  });

  it('stays short for thousands', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ text: `@x${index} ${'long '.repeat(500)}`, met: false }));
    expect(criteria.check(facts({ session: session({ criteria: many }) }), {}).evidence.length).toBeLessThan(2000);
  });
});
