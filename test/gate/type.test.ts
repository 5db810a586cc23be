/** The gate's item "type" (P6, P8, P9) and waivers over any item (G7). */
import { describe, expect, it } from 'vitest';
import { type } from '../../src/decide/gate/type.ts';
import type { GateFacts } from '../../src/decide/gate/types.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import type { PullFacts } from '../../src/model/pull-facts.ts';
import { type Measure, NO_RECORDS, type Waiver } from '../../src/model/records.ts';
import { checkOutput } from '../../src/render/gate/check-output.ts';
import { BODY, facts, file, HEAD, playbook, pull, ran, repo, session } from './facts.ts';

/** Says nothing of a test that failed. */
const SILENT = BODY.replace('in staging', 'here');

const SAID = { key: 'k', by: 'alice', at: '2026-01-05T09:00:00Z' };

function measure(over: Partial<Measure> = {}): Measure {
  return { ...SAID, metric: 'import', before: 45, after: 27, unit: 's', runs: 100, same: true, ...over };
}

function waiver(over: Partial<Waiver> = {}): Waiver {
  return { ...SAID, item: 'tests', why: 'layout only', headSha: HEAD, sticky: false, ...over };
}

/** A pull request of a session of that type. */
function of(name: string, over: Partial<GateFacts> = {}): GateFacts {
  return facts({ playbook: playbook({ type: name, base: null }), session: session({ type: name }), ...over });
}

const check = (given: GateFacts) => type.check(given, {});

describe('idea-generation', () => {
  it.each([
    ['src/cart.ts', 'fail'],
    ['test/cart.test.ts', 'fail'],
    ['docs/ideas.md', 'pass'],
    ['ideas.yml', 'pass'],
  ])('%s → %s', (path, status) => {
    expect(check(of('idea-generation', { pull: pull({ files: [file(path)] }) })).status).toBe(status);
  });

  it('names the code and the way out; removing and moving code is changing it, too', () => {
    const moved = { ...file('docs/old.md', 'renamed'), previousPath: 'src/old.ts' };
    const result = check(of('idea-generation', { pull: pull({ files: [file('src/a.ts', 'removed'), moved] }) }));
    expect(result).toMatchObject({ status: 'fail', mend: expect.stringContaining('/session idea promote') });
    expect(result.evidence).toContain('2 code files changed (`src/a.ts` and `docs/old.md`)');
  });

  it('files that GitHub does not list are unknown, and unknown is never green', () => {
    expect(check(of('idea-generation', { pull: pull({ files: [file('a.md')], filesTotal: 4000 }) })).status).toBe('fail');
  });

  it('what counts as code is what the repository says it is', () => {
    const items = { tests: { level: 'required', options: { code: ['**/*.sql'], tests: [] } } } as const;
    const given = (path: string) => of('idea-generation', { repo: repo(items), pull: pull({ files: [file(path)] }) });
    expect(check(given('a.ts')).status).toBe('pass');
    expect(check(given('a.sql')).status).toBe('fail');
  });
});

describe('performance', () => {
  const given = (measures: Measure[]) =>
    of('performance', { session: session({ type: 'performance', records: { ...NO_RECORDS, measures } }) });

  it.each([
    [[], 'fail', 'Nothing was measured'],
    [[measure()], 'pass', 'import: 45 s to 27 s (−40 %) over 100 runs same output'],
    [[measure({ before: null })], 'fail', 'no baseline'],
    [[measure({ after: null, same: false })], 'fail', 'no result and word that the output is the same'],
    [[measure(), measure({ metric: 'search', same: false })], 'fail', 'search: 45 s to 27 s'],
  ])('%j → %s', (measures, status, evidence) => {
    const result = check(given(measures));
    expect(result.status).toBe(status);
    expect(result.evidence).toContain(evidence);
  });
});

describe('bug-fix', () => {
  const unticked = session({ ticks: [] });
  const AFAR = [file('src/cart.ts'), file('packages/mail/test/send.test.ts')];
  const bug = (files = AFAR, more: Partial<PullFacts> = {}) =>
    check(of('bug-fix', { session: unticked, pull: pull({ files, body: SILENT, ...more }) }));

  it('root cause and test: passes; what shows that it failed before is said', () => {
    expect(check(of('bug-fix'))).toMatchObject({
      status: 'pass',
      evidence: expect.stringContaining('Ticked in the playbook as red'),
    });
    const said = bug(AFAR, { body: BODY.replace('`npm test`', 'The new test fails without the change; `npm test`') });
    expect(said).toMatchObject({ status: 'pass', evidence: expect.stringContaining('Said to be red without the fix') });
  });

  it('nothing shows it: fails, and says the ways to show it', () => {
    const result = bug();
    expect(result).toMatchObject({ status: 'fail', evidence: expect.stringContaining('Nothing shows that it was red before') });
    for (const way of ['fails without the fix', 'tick', 'push the test before the fix']) expect(result.mend).toContain(way);
  });

  it("a template's comment and our own worklog are nobody's word", () => {
    expect(bug(AFAR, { body: `${SILENT}<!-- say that it fails without the fix -->` }).status).toBe('fail');
    const log = (who: string) => ({
      repo: 'acme/shop',
      number: 12,
      key: 'k',
      who,
      text: 'red before the fix',
      at: '2026-01-05T09:00:00Z',
    });
    const by = (who: string) =>
      check(of('bug-fix', { session: { ...unticked, worklog: [log(who)] }, pull: pull({ files: AFAR, body: SILENT }) })).status;
    expect([by('alice'), by('Playcaller')]).toEqual(['pass', 'fail']);
  });

  it("CI's own history wins: red on an earlier commit, green on the head, named with commit and check", () => {
    const history = [
      { sha: '1'.repeat(40), headline: 'test: the voucher is lost', failed: ['build', 'Playcaller / readiness'] },
      { sha: '2'.repeat(40), headline: 'wip', failed: ['lint', 'gone'] },
    ];
    expect(bug(AFAR, { history })).toMatchObject({
      status: 'pass',
      evidence: expect.stringContaining('Red before: `build` failed on `1111111` and is green now'),
    });
    expect(bug(AFAR, { history, checks: [ran('build', 'failure'), ran('lint')] }).status).toBe('fail');
    expect(bug(AFAR, { history: history.slice(1) }).status).toBe('fail');
    expect(bug(AFAR, { history: [], checks: [ran('Playcaller / readiness')] }).status).toBe('fail');
  });

  it.each([
    ['src/cart.ts', 'test/cart.test.ts', true],
    ['src/cart/index.ts', 'test/cart.spec.ts', true],
    ['shop/cart.py', 'tests/test_cart.py', true],
    ['src/main/java/com/acme/Cart.java', 'src/test/java/com/acme/CartTest.java', true],
    ['src/main/java/com/acme/Cart.java', 'src/test/java/com/acme/VoucherTest.java', true],
    ['lib/shop/cart.rb', 'spec/shop/cart_spec.rb', true],
    ['cart/cart.go', 'cart/voucher_test.go', true],
    ['src/Shop/Cart.cs', 'tests/Shop.Tests/CartTests.cs', true],
    ['src/Shop/Cart.cs', 'tests/Shop.Tests/VoucherTests.cs', true],
    ['packages/a/src/x.ts', 'packages/a/test/y.test.ts', true],
    ['packages/a/src/x.ts', 'packages/b/test/y.test.ts', false],
    ['src/cart.ts', 'packages/mail/test/send.test.ts', false],
    ['src/contest.ts', 'other/con.test.ts', false],
  ])('%s and %s: near is %s', (code, test, near) => {
    expect(bug([file(code), file(test)]).status).toBe(near ? 'pass' : 'fail');
  });

  it('what other items ask for is not asked twice: this one waits for them, and names them', () => {
    const bare = check(of('bug-fix', { pull: pull({ body: 'Closes #12', files: [file('src/cart.ts')] }) }));
    expect(bare).toMatchObject({
      status: 'waiting',
      brief: 'Description and Tests',
      mend: expect.stringContaining('nothing more'),
    });
    expect(bare.evidence).toContain('No root cause');
    const hollow = BODY.replace('The voucher lived in memory only.', '');
    expect(check(of('bug-fix', { pull: pull({ body: hollow }) }))).toMatchObject({ status: 'waiting', brief: 'Description' });
  });

  it('once those are waived nothing is waited for', () => {
    const waivers = [waiver(), waiver({ item: 'description' })];
    const given = of('bug-fix', {
      session: session({ records: { ...NO_RECORDS, waivers } }),
      pull: pull({ body: 'Closes #12', files: [file('src/cart.ts')] }),
    });
    expect(check(given).status).toBe('pass');
  });

  it('a test that only lost lines proves nothing; without code none is asked for', () => {
    const lost = [file('src/cart.ts'), file('test/cart.test.ts', 'modified', 0, 9)];
    expect(check(of('bug-fix', { pull: pull({ files: lost }) }))).toMatchObject({ status: 'waiting', brief: 'Tests' });
    expect(check(of('bug-fix', { pull: pull({ files: [file('settings.yml')] }) })).status).toBe('pass');
    expect(check(of('bug-fix', { pull: pull({ files: [file('settings.yml')], filesTotal: 4000 }) })).status).toBe('waiting');
  });

  it('asks for no test where tests are not required, and for no root cause where no description is', () => {
    const untested = pull({ body: 'Closes #12', files: [file('src/a.ts')] });
    const tests = { level: 'advisory', options: {} } as const;
    const lax = repo({ tests, description: { level: 'off', options: {} } });
    expect(check(of('bug-fix', { pull: untested, repo: lax })).status).toBe('pass');
    expect(check(of('bug-fix', { pull: untested, repo: repo({ tests }) }))).toMatchObject({ brief: 'Description' });
    const far = pull({ files: AFAR, body: SILENT });
    expect(check(of('bug-fix', { pull: far, session: unticked, repo: repo({ tests }) })).status).toBe('pass');
  });

  it('a playbook that extends bug-fix counts as one', () => {
    const derived = playbook({ type: 'hotfix', base: 'bug-fix' });
    const given = of('hotfix', { playbook: derived, session: unticked, pull: pull({ files: AFAR, body: SILENT }) });
    expect(check(given).status).toBe('fail');
    expect(check({ ...given, playbook: playbook({ type: 'hotfix', base: null }) }).status).toBe('not-applicable');
  });
});

it.each(['feature', 'quality-audit', 'refactoring', 'documentation', 'module-integration'])('%s: nothing is asked', (name) => {
  expect(check(of(name)).status).toBe('not-applicable');
});

it('no session: not applicable', () => {
  expect(check(facts({ session: null, playbook: null })).status).toBe('not-applicable');
});

describe('waivers (G7)', () => {
  const bare = pull({ files: [file('src/cart.ts')] });
  const judged = (waivers: Waiver[], given = bare) =>
    verdictOf(facts({ pull: given, session: session({ records: { ...NO_RECORDS, waivers } }) }));
  const item = (waivers: Waiver[], given = bare) => judged(waivers, given).items.find(({ id }) => id === 'tests');

  it('the item counts no more, and says who and why beside what was seen', () => {
    const both = [waiver(), waiver({ item: 'type' })];
    expect(judged([]).state).toBe('fail');
    expect(judged(both).state).toBe('pass');
    expect(item(both)).toMatchObject({ status: 'waived', mend: null });
    expect(item(both)?.evidence).toMatch(/Waived by alice for this commit: layout only<br>1 code file changed and no test/);
    expect(checkOutput(judged(both)).summary).toContain('🔕 waived');
  });

  it('is gone when the head changes, unless it is sticky', () => {
    const other = pull({ files: [file('src/cart.ts')], headSha: 'f'.repeat(40) });
    expect(item([waiver()], other)?.status).toBe('fail');
    expect(item([waiver({ headSha: null, sticky: true })], other)?.status).toBe('waived');
    expect(item([waiver({ headSha: null, sticky: true })], other)?.evidence).toContain('for later commits too');
  });

  it('what passes needs no waiver', () => {
    expect(item([waiver()], pull())?.status).toBe('pass');
  });

  it('its words cannot mention, close or break the table', () => {
    const evil = waiver({ why: '@acme/team Fixes #1 | <!-- x --> `y`' });
    expect(item([evil])?.evidence).not.toMatch(/@acme|#1|<!--|(?<!\\)\|/);
  });
});
