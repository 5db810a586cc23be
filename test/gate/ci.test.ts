/** The gate's item "ci": checks and statuses of the head, required ones first, silence with an end (G2). */
import { describe, expect, it } from 'vitest';
import { ci } from '../../src/decide/gate/ci.ts';
import type { GateFacts } from '../../src/decide/gate/types.ts';
import type { CheckFact, PullFacts } from '../../src/model/pull-facts.ts';
import { facts, pull, ran } from './facts.ts';

/** `facts()` is of 07:00 that day. */
const HEAD_AT = '2026-01-06T06:50:00.000Z';

const item = (more: Partial<PullFacts>, given: Partial<GateFacts> = {}, options = {}) =>
  ci.check(facts({ pull: pull({ headAt: HEAD_AT, ...more }), ...given }), options);
const of = (checks: CheckFact[], more: Partial<PullFacts> = {}) => item({ checks, ...more });

describe('what each outcome says', () => {
  it('passes when all ended well; skipped and neutral are fine and said', () => {
    expect(of([ran('a'), ran('b', 'skipped'), ran('c', 'neutral')])).toMatchObject({
      status: 'pass',
      evidence: '1 check green on `a1b2c3d`, 1 skipped, 1 neutral',
    });
    expect(of([ran('b', 'skipped')])).toMatchObject({ status: 'pass', evidence: '1 check on `a1b2c3d`: 1 skipped, none failed' });
  });

  it('waits for one that runs, by its name, for several by their count', () => {
    expect(of([ran('a'), ran('b', 'waiting')])).toMatchObject({
      status: 'waiting',
      brief: 'b',
      evidence: expect.stringContaining('Running: [b]'),
    });
    expect(of([ran('a', 'waiting'), ran('b', 'waiting')])).toMatchObject({ status: 'waiting', brief: '2 checks' });
  });

  it.each([
    ['failure', 'Failed: [x]', 'mend it and push'],
    ['startup-failure', 'Could not start: [x]', 'workflow file'],
    ['timed-out', 'Ran out of time: [x]', 'Run again: [x]'],
    ['cancelled', 'Cancelled: [x]', 'Run again: [x]'],
    ['stale', 'Given up by GitHub, as it never ended: [x]', 'Run again: [x]'],
    ['action-required', 'Blocked until someone approves it: [x]', 'write access'],
  ] as const)('fails and names a check with %s, whatever still runs', (state, words, mend) => {
    expect(of([ran('x', state), ran('y', 'waiting')])).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining(words),
      mend: expect.stringContaining(mend),
    });
  });

  it('an approval is asked for where the run is', () => {
    expect(of([ran('deploy', 'action-required', { url: 'https://ci.example/run/7' })]).evidence).toContain(
      '(https://ci.example/run/7)',
    );
  });
});

describe('which of several counts', () => {
  const early = { startedAt: '2026-01-01T10:00:00Z' };
  const late = { startedAt: '2026-01-01T11:00:00Z' };

  it('the latest of a name, app and workflow, and the worse when times do not tell', () => {
    expect(of([ran('a', 'success', late), ran('a', 'failure', early)]).status).toBe('pass');
    expect(of([ran('a', 'failure', late), ran('a', 'success', early)]).status).toBe('fail');
    expect(of([ran('a', 'success'), ran('a', 'failure')]).status).toBe('fail');
    expect(of([ran('a', 'success', late), ran('a', 'failure', { ...early, app: 'other' })]).status).toBe('fail');
    const two = [ran('a', 'success', { ...late, workflow: 'x (push)' }), ran('a', 'failure', { ...early, workflow: 'y (push)' })];
    expect(of(two).status).toBe('fail');
  });

  it('ours never get here (they are left out by app): one with our name is another app’s, and counts', () => {
    expect(of([ran('Playcaller / readiness', 'failure'), ran('a')]).status).toBe('fail');
  });

  it('says the same in whatever order GitHub answers', () => {
    const checks = ['d', 'b', 'a', 'c'].map((name) => ran(name, 'failure'));
    expect(of(checks)).toEqual(of([...checks].reverse()));
  });

  it('300 checks: a few are named, all are counted', () => {
    const many = Array.from({ length: 300 }, (_, index) => ran(`check ${index}`, index < 50 ? 'failure' : 'success'));
    const { evidence } = of(many);
    expect(evidence).toContain('and 44 more');
    expect(evidence).toContain('250 green');
    expect(evidence.length).toBeLessThan(2000);
  });

  it('a check’s own words stay out of the verdict, however long; its name cannot break the table', () => {
    const loud = ran('x | <!-- @acme/team #1', 'failure', { title: 'y'.repeat(65_535), summary: 'z'.repeat(65_535) });
    const { evidence } = of([loud]);
    expect(evidence).not.toMatch(/yy|zz|@acme|#1|<!--|(?<!\\)\|/);
  });
});

describe('required checks', () => {
  const required = (...names: string[]) => ({ requiredChecks: names.map((name) => ({ name, appId: null })) });

  it('come first, and are marked', () => {
    const { evidence } = of([ran('a', 'failure'), ran('z', 'failure')], required('z'));
    expect(evidence).toMatch(/^Failed: \[z\]\([^)]+\) \(required\) and \[a\]/);
    expect(of([ran('a', 'failure'), ran('z', 'failure', { required: true })]).evidence).toContain('Failed: [z]');
  });

  it('one that has not reported is named and waited for, with all else green or nothing there', () => {
    for (const checks of [[ran('build')], []]) {
      expect(of(checks, required('e2e'))).toMatchObject({
        status: 'waiting',
        brief: 'e2e',
        evidence: expect.stringContaining('Required, has not reported: `e2e`'),
      });
    }
    expect(of([], required('a', 'b'))).toMatchObject({
      brief: '2 checks',
      evidence: expect.stringContaining('Required, have not reported: `a` and `b`'),
    });
  });

  it('never waits for ourselves, even when we are required', () => {
    expect(of([ran('a')], required('Playcaller / readiness', 'Playcaller / config')).status).toBe('pass');
  });

  it('of one app only: another app’s of that name does not answer; a status may', () => {
    const requiredChecks = [{ name: 'test', appId: 7 }];
    expect(of([ran('test', 'success', { appId: 8 })], { requiredChecks })).toMatchObject({
      status: 'waiting',
      evidence: expect.stringContaining('another app’s does not count'),
    });
    expect(of([ran('test', 'success', { appId: 7 })], { requiredChecks }).status).toBe('pass');
    expect(of([{ ...ran('test'), kind: 'status', app: null }], { requiredChecks }).status).toBe('pass');
  });

  it('silence has an end: counted from the last thing that moved, then it fails and says how to mend', () => {
    const seenAt = (now: string, checks = [ran('a', 'success', { completedAt: '2026-01-06T06:55:00Z' })]) =>
      item({ checks, ...required('e2e') }, { now }, { waitMinutes: 10 });
    expect(seenAt('2026-01-06T07:04:59.999Z')).toMatchObject({ status: 'waiting', until: '2026-01-06T07:05:00.000Z' });
    expect(seenAt('2026-01-06T07:05:00.000Z')).toMatchObject({ status: 'fail', mend: expect.stringContaining('filter') });
    expect(seenAt('2026-01-06T09:00:00.000Z', [ran('a', 'waiting')]).status).toBe('waiting');
  });

  it('a time that lies ahead does not hold the end back', () => {
    const ahead = [ran('a', 'success', { startedAt: '2999-01-01T00:00:00Z' })];
    expect(item({ checks: ahead, ...required('e2e') }, { now: '2026-01-06T08:00:00.000Z' }).status).toBe('fail');
  });
});

describe('no check at all', () => {
  const seenAt = (now: string, more: Partial<GateFacts> = {}) => item({ checks: [] }, { now, ...more }, { waitMinutes: 1 });

  it('waits until the head is so old, and says until when; then it fails and says how to mend', () => {
    expect(seenAt('2026-01-06T06:50:59.999Z')).toMatchObject({
      status: 'waiting',
      brief: 'no check yet',
      evidence: 'No check has reported on `a1b2c3d` yet',
      mend: expect.stringContaining('2026-01-06 06:51 UTC'),
      until: '2026-01-06T06:51:00.000Z',
    });
    expect(seenAt('2026-01-06T06:51:00.000Z')).toMatchObject({
      status: 'fail',
      evidence: 'No check has reported on `a1b2c3d` in 1 minute',
      mend: expect.stringContaining('ci: off'),
    });
  });

  it('30 minutes unless it says otherwise; a head that was not seen before begins to wait now', () => {
    expect(item({ checks: [], headAt: undefined })).toMatchObject({ status: 'waiting', until: '2026-01-06T07:30:00.000Z' });
  });

  it('in a merge queue the way out is another event', () => {
    expect(seenAt('2026-01-06T07:00:00.000Z', { inQueue: true }).mend).toContain('`merge_group`');
  });
});

describe('more checks than were read', () => {
  it('what is known to fail fails, what runs is waited for, and the rest is never green', () => {
    expect(of([ran('a', 'failure')], { checksCut: true }).status).toBe('fail');
    expect(of([ran('a', 'waiting')], { checksCut: true }).status).toBe('waiting');
    expect(of([ran('a')], { checksCut: true })).toMatchObject({
      status: 'fail',
      mend: expect.stringContaining('/session waive ci'),
    });
  });

  it('a required one may be among the rest', () => {
    const requiredChecks = [{ name: 'e2e', appId: null }];
    expect(of([ran('a')], { checksCut: true, requiredChecks }).evidence).not.toContain('e2e');
  });
});
