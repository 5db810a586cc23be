/** Gate item "size": what counts, and a description that says why. */
import { describe, expect, it } from 'vitest';
import { missingSections } from '../../src/decide/gate/description.ts';
import { size } from '../../src/decide/gate/size.ts';
import type { FileFact, PullFacts } from '../../src/model/pull-facts.ts';
import { BODY, facts, file, pull, repo } from './facts.ts';

const of = (files: FileFact[], more: Partial<PullFacts> = {}, options = {}) =>
  size.check(facts({ pull: pull({ files, ...more }) }), options);
const big = [file('src/a.ts', 'added', 400), file('src/b.ts', 'modified', 300), file('c.md', 'added', 1)];

describe('size', () => {
  it('counts what people read: no lockfiles, nothing generated', () => {
    expect(of([file('a.ts', 'modified', 500)])).toMatchObject({ status: 'pass', evidence: '500 added lines of 500 at most' });
    const files = [
      file('a.ts', 'added', 10),
      file('package-lock.json', 'modified', 9000),
      file('dist/x.min.js', 'added', 5000),
      file('api.pb.go', 'added', 800),
    ];
    expect(of(files)).toMatchObject({
      status: 'pass',
      evidence: '10 added lines of 500 at most (14,800 in generated files and lockfiles not counted)',
    });
    expect(of([file('a.ts', 'removed', 0, 5000)]).status).toBe('pass');
    expect(of([])).toMatchObject({ status: 'pass' });
  });

  it('asks a big one why, and names its biggest files', () => {
    const result = of(big);
    expect(result).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('701 added lines, where 500 are the limit'),
    });
    expect(result.evidence).toContain('Biggest: `src/a.ts` (400), `src/b.ts` (300) and `c.md` (1)');
    expect(result.mend).toContain('`## Size`');
    expect(of(big, {}, { limit: 701 }).status).toBe('pass');
    expect(of(big, {}, { ignore: ['src/**'] }).status).toBe('pass');
    expect(of([...big].reverse())).toEqual(result);
  });

  it.each(['## Size', '### Why so big?', '## Why this is big', '# Why one pull request', '**Size**\n====', '## Risk and size'])(
    'takes a reason below %j',
    (heading) => {
      expect(of(big, { body: `${BODY}\n${heading}\n\nOne rename over all callers; begin with cart.ts.` }).status).toBe('pass');
    },
  );

  it.each([
    ['nothing', ''],
    ['a comment', '<!-- why? -->'],
    ['a placeholder', 'TODO'],
    ['none', 'n/a'],
  ])('does not take %s', (_name, text) => {
    expect(of(big, { body: `${BODY}\n## Size\n\n${text}` })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('Size: '),
      mend: expect.stringContaining('fill in'),
    });
  });

  it('takes synonyms of the configuration, which stand with those of the description', () => {
    const own = repo({ description: { level: 'required', options: { sections: { size: ['Umfang'] } } } });
    const body = `${BODY}\n## Umfang\nAlles auf einmal.`;
    expect(size.check(facts({ pull: pull({ files: big, body }), repo: own }), {}).status).toBe('pass');
    expect(of(big, { body }).status).toBe('fail');
  });

  it('calls nothing small that GitHub does not list whole', () => {
    expect(of([file('a.ts')], { filesTotal: 3412 })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('3,411 files that GitHub does not list'),
    });
    expect(of([file('a.ts')], { filesTotal: 3412, body: `${BODY}\n## Size\nA move of all.` }).status).toBe('pass');
  });
});

describe('missing sections', () => {
  it('are those whose heading is not there; a big one is the size item’s matter', () => {
    expect(missingSections('', {}, 'feature')).toEqual(['what', 'risk', 'testing', 'rollout', 'rollback']);
    expect(missingSections('', {}, 'bug-fix')).toContain('rootCause');
    expect(missingSections(BODY, {}, 'bug-fix')).toEqual([]);
    expect(missingSections('## What\nx y\n## Risk\n\n## Testing\nTODO', {}, undefined)).toEqual(['rollout', 'rollback']);
    expect(missingSections('## Gefahren\nkeine da', { risk: ['Gefahren'] }, undefined)).not.toContain('risk');
  });

  it('"why so big" alone is not what and why', () => {
    expect(missingSections('## Why so big\nIt is one rename.', {}, undefined)).toContain('what');
  });
});
