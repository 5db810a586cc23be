/** The gate's item "type" (P6, P8, P9) and waivers over any item (G7). */
import { describe, expect, it } from 'vitest';
import { type } from '../../src/decide/gate/type.ts';
import type { GateFacts } from '../../src/decide/gate/types.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import { type Measure, NO_RECORDS, type Waiver } from '../../src/model/records.ts';
import { checkOutput } from '../../src/render/gate/check-output.ts';
import { BODY, facts, file, HEAD, playbook, pull, repo, session } from './facts.ts';

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
  it('root cause and test: passes; what shows that it failed before is said', () => {
    expect(check(of('bug-fix'))).toMatchObject({
      status: 'pass',
      evidence: expect.stringContaining('ticked in the playbook as red'),
    });
    const unticked = session({ ticks: [] });
    expect(check(of('bug-fix', { session: unticked })).evidence).toContain('nothing shows yet that it was red');
    const said = pull({ body: BODY.replace('`npm test`', 'The new test fails without the change; `npm test`') });
    expect(check(of('bug-fix', { session: unticked, pull: said })).evidence).toContain('said to be red');
  });

  it('no root cause, a heading with nothing below it, no test: what is missing is named', () => {
    const bare = check(of('bug-fix', { pull: pull({ body: 'Closes #12', files: [file('src/cart.ts')] }) }));
    expect(bare.status).toBe('fail');
    expect(bare.evidence).toContain('No root cause');
    expect(bare.mend).toContain('fails without the fix');
    const hollow = BODY.replace('The voucher lived in memory only.', '');
    expect(check(of('bug-fix', { pull: pull({ body: hollow }) })).status).toBe('fail');
  });

  it('a test that only lost lines proves nothing; without code none is asked for', () => {
    const lost = [file('src/cart.ts'), file('test/cart.test.ts', 'modified', 0, 9)];
    expect(check(of('bug-fix', { pull: pull({ files: lost }) })).status).toBe('fail');
    expect(check(of('bug-fix', { pull: pull({ files: [file('settings.yml')] }) })).status).toBe('pass');
    expect(check(of('bug-fix', { pull: pull({ files: [file('settings.yml')], filesTotal: 4000 }) })).status).toBe('fail');
  });

  it('asks for no test where tests are not required, and for no root cause where no description is', () => {
    const untested = pull({ body: 'Closes #12', files: [file('src/a.ts')] });
    const tests = { level: 'advisory', options: {} } as const;
    const lax = repo({ tests, description: { level: 'off', options: {} } });
    expect(check(of('bug-fix', { pull: untested, repo: lax })).status).toBe('pass');
    const half = check(of('bug-fix', { pull: untested, repo: repo({ tests }) }));
    expect(half).toMatchObject({ status: 'fail', mend: expect.not.stringContaining('test') });
  });

  it('a playbook that extends bug-fix counts as one', () => {
    const derived = playbook({ type: 'hotfix', base: 'bug-fix' });
    const given = of('hotfix', { playbook: derived, pull: pull({ files: [file('src/a.ts')] }) });
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
