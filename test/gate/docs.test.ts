/** Gate item "docs": what asks for documentation, and what does not. */
import { describe, expect, it } from 'vitest';
import { docs } from '../../src/decide/gate/docs.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import type { PullFacts } from '../../src/model/pull-facts.ts';
import { BODY, facts, file, pull, repo, session } from './facts.ts';

const CODE = [file('src/cart.ts')];
const of = (more: Partial<PullFacts>, options = {}) =>
  docs.check(facts({ pull: pull({ title: 'feat(cart): vouchers', files: CODE, ...more }) }), options);

describe('kinds of change', () => {
  it.each([
    ['feat: x', BODY],
    ['feat(cart): x', BODY],
    ['Feat: x', BODY],
    ['fix!: x', BODY],
    ['refactor(cart)!: x', BODY],
    ['fix: x', `${BODY}\nBREAKING CHANGE: the old voucher is gone`],
    ['fix: x', `${BODY}\r\nBREAKING-CHANGE: the old voucher is gone`],
  ])('asks for it: %s', (title, body) => {
    expect(of({ title, body })).toMatchObject({ status: 'fail', evidence: expect.stringContaining('`src/cart.ts`') });
    expect(of({ title, body, files: [...CODE, file('docs/cart.md')] }).status).toBe('pass');
  });

  it.each(['fix', 'refactor', 'perf', 'test', 'chore', 'build', 'ci', 'style', 'revert', 'docs'])('does not of %s', (type) => {
    expect(of({ title: `${type}: x` })).toMatchObject({
      status: 'not-applicable',
      evidence: expect.stringContaining(`\`${type}\``),
    });
  });

  it.each(['None', 'none', 'N/A', 'no', ''])('takes "BREAKING CHANGE: %s" for none', (what) => {
    expect(of({ title: 'fix: x', body: `BREAKING CHANGE: ${what}` }).status).toBe('not-applicable');
    expect(of({ title: 'fix: x', body: 'Is this a BREAKING CHANGE: yes' }).status).toBe('not-applicable');
  });

  it('waits for a title that says nothing yet, unless there is documentation or nothing to document', () => {
    expect(of({ title: 'stuff' })).toMatchObject({ status: 'waiting', brief: 'the title' });
    expect(of({ title: 'stuff', files: [...CODE, file('README.md')] }).status).toBe('pass');
    expect(of({ title: 'stuff', files: [file('README.md')] }).status).toBe('not-applicable');
  });
});

describe('files', () => {
  it.each([
    ['only documentation', [file('docs/a.md')]],
    ['only tests', [file('src/a.test.ts')]],
    ['pure moves', [file('src/a.ts', 'renamed', 0, 0)]],
    ['nothing', []],
  ])('is not needed for %s', (_name, files) => expect(of({ files }).status).toBe('not-applicable'));

  it('counts what is removed, and what moved out with changes', () => {
    expect(of({ title: 'feat!: x', files: [file('src/a.ts', 'removed', 0, 9)] }).status).toBe('fail');
    expect(of({ files: [{ ...file('old/a.txt', 'renamed', 2, 1), previousPath: 'src/a.ts' }] }).status).toBe('fail');
  });

  it.each([
    ['moved', file('docs/a.md', 'renamed', 0, 0)],
    ['shortened', file('docs/a.md', 'modified', 0, 4)],
    ['removed', file('docs/a.md', 'removed', 0, 4)],
  ])('does not take documentation that was only %s', (_name, doc) => expect(of({ files: [...CODE, doc] }).status).toBe('fail'));

  it('is not green when it did not see all files', () => {
    expect(of({ filesTotal: 4000 })).toMatchObject({ status: 'fail', evidence: expect.stringContaining('1 of 4,000') });
    expect(of({ files: [], filesTotal: 4000 }).status).toBe('fail');
    expect(of({ filesTotal: 4000, title: 'fix: x' }).status).toBe('not-applicable');
    expect(of({ filesTotal: 4000, files: [...CODE, file('README.md')] }).status).toBe('pass');
  });

  it('takes globs from the configuration', () => {
    expect(of({ files: [file('engine/a.zig')] }, { behaviour: ['engine/**'] }).status).toBe('fail');
    expect(of({ files: [file('tools/a.py')] }, { ignore: [] }).status).toBe('fail');
    expect(of({ files: [...CODE, file('handbook/a.html')] }, { docs: ['handbook/**'] }).status).toBe('pass');
  });

  it('shows hostile paths safely, and few of many', () => {
    const files = Array.from({ length: 3000 }, (_, index) => file(`src/@mallory|<!-- x -->#${index}.ts`));
    const { evidence } = of({ files });
    expect(evidence).toContain('and 2996 more');
    expect(evidence).not.toMatch(/@mallory|<!--|[^\\]\|/);
  });
});

it('is advice by default: shown, and the verdict stays green; required it is red', () => {
  const ready = { pull: pull({ title: 'feat: x', files: [...CODE, file('test/a.test.ts')] }), session: session() };
  const advised = verdictOf(facts(ready));
  expect(advised.items.find(({ id }) => id === 'docs')).toMatchObject({ level: 'advisory', status: 'fail' });
  const required = { docs: { level: 'required' as const, written: true, options: {} } };
  const asked = verdictOf(facts({ ...ready, repo: repo(required) }));
  expect([asked.state, asked.items.find(({ id }) => id === 'docs')?.level]).toEqual(['fail', 'required']);
  expect(
    advised.items.filter(({ level, status }) => level === 'required' && status === 'fail').map(({ id }) => id),
  ).not.toContain('docs');
});
