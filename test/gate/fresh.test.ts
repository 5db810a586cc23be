/** Gate item "fresh": what was given before the last push. */
import { describe, expect, it } from 'vitest';
import { fresh } from '../../src/decide/gate/fresh.ts';
import type { PullFacts, ReviewFact } from '../../src/model/pull-facts.ts';
import { type Measure, NO_RECORDS } from '../../src/model/records.ts';
import { facts, HEAD, pull, session } from './facts.ts';

const OLD = 'f00ba47'.padEnd(40, '0');
const PUSHED = '2026-01-05T12:00:00Z';

function approved(login: string, commitSha: string | null, more: Partial<ReviewFact> = {}): ReviewFact {
  const author = { login, bot: login.endsWith('[bot]') };
  return { author, state: 'approved', commitSha, at: '2026-01-05T10:00:00Z', mayWrite: true, teams: [], ...more };
}

function measured(at: string, more: Partial<Measure> = {}): Measure {
  return { key: at, by: 'bob', at, metric: 'build', before: 40, after: 20, unit: 's', runs: 5, same: true, ...more };
}

const of = (reviews: ReviewFact[], measures: Measure[] = [], more: Partial<PullFacts> = {}) =>
  fresh.check(
    facts({ pull: pull({ reviews, headAt: PUSHED, ...more }), session: session({ records: { ...NO_RECORDS, measures } }) }),
    {},
  );

describe('approvals', () => {
  it('are fresh for the head, stale for anything else', () => {
    expect(of([approved('bob', HEAD)])).toMatchObject({ status: 'pass', evidence: 'Approved on `a1b2c3d` by `bob`', mend: null });
    const stale = of([approved('bob', OLD)]);
    expect(stale).toMatchObject({ status: 'waiting', brief: '1 fresh approval', mend: expect.stringContaining('Ask `bob`') });
    expect(stale.evidence).toBe('Stale: the approval of `bob`, given for `f00ba47`');
    expect(of([approved('bob', null)]).evidence).toContain('a commit that is gone');
  });

  it('are not called fresh while some could not be read', () => {
    expect(of([approved('bob', HEAD)], [], { reviewsCut: true })).toMatchObject({
      status: 'waiting',
      evidence: expect.stringContaining('Not all reviews could be read'),
    });
  });

  it("one's fresh approval replaces one's own, not another's", () => {
    const late = { at: '2026-01-05T13:00:00Z' };
    expect(of([approved('bob', HEAD, late), approved('Bob', OLD)]).status).toBe('pass');
    expect(of([approved('bob', OLD, late), approved('bob', HEAD)]).status).toBe('waiting');
    const both = of([approved('carol', OLD), approved('bob', HEAD)]);
    expect(both.status).toBe('waiting');
    expect(both.evidence).toBe('Stale: the approval of `carol`, given for `f00ba47`<br>Approved on `a1b2c3d` by `bob`');
  });

  it.each([
    ['nobody approved', []],
    ['a bot did', [approved('x[bot]', OLD)]],
    ['the author did', [approved('alice', OLD)]],
    ['it was dismissed', [approved('bob', OLD, { state: 'dismissed' })]],
    ['changes were asked for', [approved('bob', OLD, { state: 'changes-requested' })]],
  ])('is not needed when %s', (_name, reviews) => expect(of(reviews).status).toBe('not-applicable'));
});

describe('measurements', () => {
  it('are stale from before the head was seen', () => {
    const old = of([], [measured('2026-01-05T11:59:59.999Z')]);
    expect(old).toMatchObject({ status: 'fail', evidence: 'Measured before the last push: build' });
    expect(old.mend).toContain('/session measure');
    expect(old.mend).toContain('issue 12');
    expect(of([], [measured(PUSHED)])).toMatchObject({ status: 'pass', evidence: '1 measurement since the last push' });
    expect(of([], [measured('2026-01-05T12:00:00.000Z')]).status).toBe('pass');
  });

  it('are stale at once when the head is new', () => {
    const { headAt: _, ...rest } = pull({ reviews: [] });
    const records = { ...NO_RECORDS, measures: [measured('2026-01-05T23:00:00Z')] };
    expect(fresh.check(facts({ pull: rest, session: session({ records }) }), {}).status).toBe('fail');
  });

  it('without a result are no proof of anything', () => {
    expect(of([], [measured('2026-01-01T00:00:00Z', { after: null })]).status).toBe('not-applicable');
  });

  it('and approvals are told together', () => {
    const result = of([approved('bob', OLD)], [measured('2026-01-01T00:00:00Z'), measured('2026-01-06T00:00:00Z')]);
    expect(result.status).toBe('fail');
    expect(result.evidence).toMatch(/Stale: .*`bob`.*Measured before the last push: build.*1 measurement since/);
    expect(result.mend).toMatch(/Ask `bob`.*Measure again/);
  });
});

it('needs no session, stays short and calls nobody', () => {
  expect(fresh.check(facts({ session: null, pull: pull({ reviews: [approved('bob', OLD)] }) }), {}).status).toBe('waiting');
  const reviews = Array.from({ length: 60 }, (_, index) => approved(`@x|${index}`, OLD));
  const measures = Array.from({ length: 500 }, (_, index) => measured('2026-01-01T00:00:00Z', { metric: `@m <!-- ${index}` }));
  const { evidence, mend } = of(reviews, measures);
  expect(`${evidence}${mend}`).not.toMatch(/@m(?!&)|@x|<!--/);
  expect(`${evidence}${mend}`.length).toBeLessThan(2500);
  expect(of(reviews, measures)).toEqual(of([...reviews].reverse(), measures));
});
