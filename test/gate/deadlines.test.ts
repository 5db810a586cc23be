/** What waits for a time only ends by itself (G1): the timer is set with the verdict, and the look at that time ends it. */
import { expect, it } from 'vitest';
import { decideSubject } from '../../src/decide/subject.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import { facts as lane } from '../decide/build.ts';
import { HEAD, pull } from './facts.ts';

const silent = (now: string, headAt?: string): LaneFacts =>
  lane({ now, pull: pull({ checks: [], ...(headAt === undefined ? {} : { headAt }) }) });
const timers = (of: LaneFacts) =>
  decideSubject(of, []).ledger.filter((effect) => effect.kind === 'wake' && effect.why === 'ci-deadline');

it('no check at all: from the first look at this head, set again with the same time at each further one', () => {
  const wanted = { kind: 'wake', lane: 'acme/shop#34', why: 'ci-deadline', at: '2026-11-21T07:30:00.000Z' };
  expect(timers(silent('2026-11-21T07:00:00.000Z'))).toEqual([wanted]);
  expect(timers(silent('2026-11-21T07:10:00.000Z', '2026-11-21T07:00:00.000Z'))).toEqual([wanted]);
});

it('at that time the verdict has ended, and nothing is set any more', () => {
  const over = silent('2026-11-21T07:30:00.000Z', '2026-11-21T07:00:00.000Z');
  expect(timers(over)).toEqual([]);
  const [check] = decideSubject(over, []).github;
  expect(check).toMatchObject({ kind: 'check.create', output: { headSha: HEAD, status: 'completed', conclusion: 'failure' } });
});

it('a look that comes a moment too early rests before the next', () => {
  const [timer] = timers(silent('2026-11-21T07:29:59.900Z', '2026-11-21T07:00:00.000Z'));
  expect(timer).toMatchObject({ at: '2026-11-21T07:30:09.900Z' });
});

it('a closed pull request waits for nothing', () => {
  expect(timers(lane({ pull: pull({ checks: [], state: 'closed' }) }))).toEqual([]);
});
