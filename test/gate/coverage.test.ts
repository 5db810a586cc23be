/** Gate item "coverage": figures as real tools write them, and everything that is no figure of new code. */
import { describe, expect, it } from 'vitest';
import { coverage } from '../../src/decide/gate/coverage.ts';
import { readCoverage } from '../../src/decide/gate/coverage-text.ts';
import type { CheckFact, PullFacts } from '../../src/model/pull-facts.ts';
import { facts, file, pull, ran } from './facts.ts';

const SONAR = (line: string) =>
  `## [![Quality Gate](https://x.example/qg-20px.png 'Quality Gate Passed')](https://sonarcloud.io/dashboard?id=a&pullRequest=3) **Quality Gate passed**  \nIssues  \n![](https://x.example/p.png '') [3 New issues](https://sonarcloud.io/x)  \n\nMeasures  \n![](https://x.example/p.png '') [0 Security Hotspots](https://sonarcloud.io/y)  \n![](https://x.example/p.png '') ${line}  \n![](https://x.example/p.png '') [0.0% Duplication on New Code](https://sonarcloud.io/z)`;

describe('reading', () => {
  it.each<[string, string, string | null, string | null, ReturnType<typeof readCoverage>]>([
    ['Codecov', 'codecov/patch', '85.71% of diff hit (target 80.00%)', null, { percent: 85.71 }],
    ['Codecov, none hit', 'codecov/patch', '0% of diff hit (target 65.13%)', null, { percent: 0 }],
    ['Codecov, all hit', 'codecov/patch/web', '100.00% of diff hit (within 1.00% threshold of 80.00%)', null, { percent: 100 }],
    [
      'Codecov, a failure',
      'codecov/patch',
      '50.00% of diff hit (target 80.00%)',
      '50.00% of diff hit (target 80.00%)',
      { percent: 50 },
    ],
    ['Codecov, nothing to cover', 'codecov/patch', 'Coverage not affected when comparing abc1234...def5678', null, 'no-lines'],
    ['Codecov, broken', 'codecov/patch', 'CI failed.', null, 'unreadable'],
    [
      'SonarQube',
      'SonarCloud Code Analysis',
      'Quality Gate passed',
      SONAR('[85.7% Coverage on New Code](https://s/c)'),
      { percent: 85.7 },
    ],
    [
      'SonarQube, failing',
      'SonarQube Code Analysis',
      'Quality Gate failed',
      '**Quality Gate failed**\nFailed conditions\n[58.7% Coverage on New Code](https://s/c) (required ≥ 80%)\n[E Reliability Rating on New Code](https://s) (required ≥ A)',
      { percent: 58.7 },
    ],
    [
      'SonarQube, none',
      'SonarCloud Code Analysis',
      'Quality Gate passed',
      SONAR('[No data about Coverage](https://s/c)'),
      'no-data',
    ],
    [
      'SonarQube, older',
      'SonarCloud Code Analysis',
      'Passed',
      '[91.2% Coverage](https://s) (80.0% Estimated after merge)',
      { percent: 91.2 },
    ],
    ['diff-cover', 'diff-cover', 'Diff coverage: 91%', null, { percent: 91 }],
    ['diff-cover, in bold', 'Diff Coverage', 'Report', '**Diff Coverage:** `91.5%`', { percent: 91.5 }],
    ['diff-cover, none', 'diff-cover', 'Diff coverage', 'No lines with coverage information in this diff.', 'no-lines'],
    ['Codacy', 'Codacy Diff Coverage', '+0.02% variation, 85.71% diff coverage', null, { percent: 85.71 }],
    ['Code Climate', 'codeclimate/diff-coverage', '90% (80% threshold)', null, { percent: 90 }],
    ['qlty', 'qlty coverage diff', '95.0% coverage on diff', null, { percent: 95 }],
    ['a sentence', 'x', 'Patch coverage is 85.7% with 1 line missing', null, { percent: 85.7 }],
    ['a table', 'x', null, '| Coverage on new code | 85,5 % |', 'unreadable'],
    ['a decimal comma', 'x', 'Coverage on new code: 85,5 %', null, { percent: 85.5 }],
    ['lines of many', 'x', null, '26 of 27 (96.3%) changed or added relevant lines in 3 files are covered.', { percent: 96.3 }],
    ['lines at the end', 'x', null, '26 of 30 new or added lines in 3 files are covered (86.67%)', { percent: 86.67 }],
    ['several: the lowest', 'x', 'Diff coverage: 91%', 'Patch coverage: 70%', { percent: 70 }],
    ['a total', 'coverage/coveralls', 'Coverage increased (+0.2%) to 85.3%', null, 'unreadable'],
    ['a total under the name of new code', 'diff-coverage', 'Total coverage 95%', null, 'unreadable'],
    ['a bare figure under that name', 'Patch Coverage', 'Coverage: 91%', null, { percent: 91 }],
    ['two bare figures', 'diff-coverage', '91% of 80%', null, 'unreadable'],
    ['a bare figure under another name', 'unit tests', '91%', null, 'unreadable'],
    ['a change of it', 'diff-coverage', '-3.2%', null, 'unreadable'],
    ['a target only', 'diff-coverage', 'target diff coverage: 80%', null, 'unreadable'],
    ['a demand', 'x', 'needs at least 80% of new code', null, 'unreadable'],
    ['a demand and a figure', 'x', 'Diff coverage: 72% (at least 80% of diff)', null, { percent: 72 }],
    ['duplication', 'x', '3.1% of new code is duplicated', null, 'unreadable'],
    ['more than all', 'codecov/patch', '185% of diff hit', null, 'unreadable'],
    ['no number', 'codecov/patch', 'NaN% of diff hit', null, 'unreadable'],
    ['n/a', 'x', null, 'The diff coverage is `n/a`.', 'no-lines'],
    ['nothing', 'codecov/patch', null, null, 'unreadable'],
  ])('%s', (_tool, name, title, summary, reading) => expect(readCoverage({ name, title, summary })).toEqual(reading));

  it.each([
    ['percents', '1% '.repeat(20_000)],
    ['digits', '9'.repeat(65_535)],
    ['diff coverage', 'diff coverage '.repeat(5_000)],
    ['brackets', ']('.repeat(30_000)],
    ['tags', '<'.repeat(65_000)],
    ['blanks', ' '.repeat(65_000)],
    ['new or added', '(1%) new or added relevant lines '.repeat(2_000)],
    ['lines', `(${'new lines '.repeat(6_000)}`],
    ['points', '1.'.repeat(30_000)],
    ['target', 'target '.repeat(9_000)],
  ])('comes to an end with hostile %s', (_name, text) => {
    for (const name of ['diff-coverage', 'SonarCloud']) {
      const found = readCoverage({ name, title: text, summary: text });
      expect(typeof found === 'string' || found.percent <= 100).toBe(true);
    }
  });
});

describe('item', () => {
  const patch = (title: string | null, state: CheckFact['state'] = 'success', more: Partial<CheckFact> = {}) =>
    ran('codecov/patch', state, { title, kind: 'status', app: null, ...more });
  const of = (checks: CheckFact[], more: Partial<PullFacts> = {}, options = {}) =>
    coverage.check(facts({ pull: pull({ checks: [ran('build'), ...checks], ...more }) }), options);
  const DOCS = { files: [file('README.md')] };

  it('compares with the minimum, whatever the check thinks of it', () => {
    expect(of([patch('85% of diff hit')])).toMatchObject({ status: 'pass', evidence: expect.stringContaining('85%') });
    expect(of([patch('80% of diff hit')]).status).toBe('pass');
    expect(of([patch('79.99% of diff hit (target 70%)')])).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('79.99% ([codecov/patch]'),
      mend: expect.stringContaining('codecov/patch'),
    });
    expect(of([patch('85% of diff hit (target 90%)', 'failure')]).status).toBe('pass');
    expect(of([patch('85% of diff hit')], {}, { minimum: 90 }).status).toBe('fail');
    expect(of([patch('0% of diff hit')], {}, { minimum: 0 }).status).toBe('pass');
  });

  it('counts the lowest of several, each tool once with its newest', () => {
    const sonar = ran('SonarCloud Code Analysis', 'success', { title: 'ok', summary: '60% Coverage on New Code' });
    expect(of([patch('95% of diff hit'), sonar])).toMatchObject({ status: 'fail', evidence: expect.stringMatching(/60%.*95%/) });
    const early = patch('10% of diff hit', 'success', { startedAt: '2026-01-01T10:00:00Z' });
    const late = patch('90% of diff hit', 'success', { startedAt: '2026-01-01T11:00:00Z' });
    expect(of([late, early]).status).toBe('pass');
    expect(of([early, late])).toEqual(of([late, early]));
  });

  it('waits while one runs, but not when another is too low already', () => {
    expect(of([patch(null, 'waiting')])).toMatchObject({ status: 'waiting', brief: '1 check' });
    expect(of([patch('90% of diff hit', 'waiting')]).status).toBe('waiting');
    const sonar = ran('SonarCloud Code Analysis', 'success', { title: '60% Coverage on New Code' });
    expect(of([patch(null, 'waiting'), sonar]).status).toBe('fail');
  });

  it('is not needed where none reports it, or those that could have no say', () => {
    expect(of([]).status).toBe('not-applicable');
    expect(of([ran('codecov/project', 'success', { title: '91% (target 80%)' })]).status).toBe('not-applicable');
    expect(of([patch(null, 'skipped')]).status).toBe('not-applicable');
    const job = ran('diff coverage', 'success', { app: 'github-actions', title: null, summary: null });
    expect(of([job])).toMatchObject({ status: 'not-applicable', evidence: expect.stringContaining('Without any figure') });
    const sonar = ran('SonarCloud', 'success', { summary: 'No data about Coverage' });
    expect(of([sonar]).status).toBe('not-applicable');
  });

  it('is never green for what it cannot read', () => {
    expect(of([patch('all good')])).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('No figure for new code can be read'),
      mend: expect.stringContaining('gate.items.coverage.checks'),
    });
    expect(of([patch('all good'), ran('Diff coverage', 'success', { title: '99%' })]).status).toBe('fail');
    for (const state of ['failure', 'cancelled', 'timed-out', 'action-required'] as const) {
      expect(of([patch(null, state)])).toMatchObject({ status: 'fail', evidence: expect.stringContaining('Ended badly') });
    }
    expect(of([], { checksCut: true }).status).toBe('fail');
  });

  it('has nothing to ask where no line can be covered', () => {
    expect(of([patch('Coverage not affected when comparing a...b')]).status).toBe('pass');
    for (const one of [patch('all good'), patch(null, 'waiting'), patch('CI failed', 'failure')]) {
      expect(of([one], DOCS)).toMatchObject({
        status: 'not-applicable',
        evidence: expect.stringContaining('No code gained lines'),
      });
    }
    expect(of([patch('12% of diff hit')], DOCS).status).toBe('fail');
    expect(of([patch('all good')], { ...DOCS, filesTotal: 4000 }).status).toBe('fail');
  });

  it('finds checks by globs in any case, slashes or not', () => {
    const named = (name: string) => ran(name, 'success', { title: 'Diff coverage: 10%' });
    for (const name of [
      'Codecov/Patch',
      'codecov/patch/web',
      'Diff Coverage',
      'CI / diff-coverage',
      'build / New Code Coverage (web)',
    ]) {
      expect([name, of([named(name)]).status]).toEqual([name, 'fail']);
    }
    expect(of([named('my report')]).status).toBe('not-applicable');
    expect(of([named('my/report')], {}, { checks: ['MY*'] }).status).toBe('fail');
    expect(of([named('codecov/patch')], {}, { checks: [] }).status).toBe('not-applicable');
  });

  it('shows hostile names safely, and few of many', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      ran(`diff coverage @mallory <!-- | #${index}`, 'success', { title: '1%', url: 'javascript:alert(1)' }),
    );
    const { evidence, mend } = of(many);
    expect(`${evidence}${mend}`).not.toMatch(/@mallory|<!--|javascript|[^\\]\||#\d/);
    expect(`${evidence}${mend}`.length).toBeLessThan(4000);
  });
});
