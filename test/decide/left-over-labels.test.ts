/** State labels that our own lost writes left on an issue are no request of a person (L2, A3). */
import { expect, it } from 'vitest';
import { decideSubject } from '../../src/decide/subject.ts';
import type { SessionState, Transition } from '../../src/model/session.ts';
import { asked } from '../../src/render/session/reasons.ts';
import { change, facts, labelled, ledger, NOW, ofKind, REPO, saved, subject } from './build.ts';

const move = (from: SessionState | null, to: SessionState, at = NOW): Transition => ({
  repo: REPO,
  number: 1,
  from,
  to,
  who: 'alice',
  why: 'so',
  at,
});
const BEFORE = '2026-11-20T08:00:00.000Z';
const reopened = [
  move(null, 'planned', BEFORE),
  move('planned', 'active', BEFORE),
  move('active', 'abandoned', BEFORE),
  move('abandoned', 'planned'),
  move('planned', 'active'),
];
const shows = (...labels: string[]) =>
  facts({
    own: ledger({ state: 'active' }, { transitions: reopened }),
    subject: subject({ labels: ['session:bug-fix', ...labels] }),
    slots: { active: 1, activeFastLane: 0, queue: [] },
  });

it('a decision that moved a session twice, and died before it wrote, is written by the next look', () => {
  const effects = decideSubject(shows('state:abandoned'), [change({ event: 'issues.reopened' })]);
  expect(saved(effects)?.state ?? 'active').toBe('active');
  expect(ofKind(effects, 'labels.add').flatMap(({ labels }) => labels.map(({ name }) => name))).toEqual(['state:active']);
  expect(ofKind(effects, 'labels.remove').flatMap(({ labels }) => labels.map(({ name }) => name))).toEqual(['state:abandoned']);
});

it('so is a label that did not go, beside the new one', () => {
  expect(saved(decideSubject(shows('state:abandoned', 'state:active'), []))?.state ?? 'active').toBe('active');
});

it('a label that somebody was seen to put there is a request, whatever was there before', () => {
  const effects = decideSubject(shows('state:abandoned'), [labelled('state:abandoned')]);
  expect(saved(effects)?.state).toBe('abandoned');
});

it('a label beside the one that we wrote is a request, though its event got lost', () => {
  const facts = shows('state:abandoned', 'state:active');
  if (facts.own) facts.own.transitions = reopened.slice(0, 2);
  expect(saved(decideSubject(facts, []))?.state).toBe('abandoned');
});

it('given up by label, the question why is asked once, also by the look after a crash', () => {
  const moves = [...reopened.slice(0, 2), { ...move('active', 'abandoned'), why: asked() }];
  const dead = facts({
    own: ledger({ state: 'abandoned', endedBy: 'asked', endedAt: NOW }, { transitions: moves }),
    subject: subject({ labels: ['session:bug-fix', 'state:active', 'state:abandoned'] }),
  });
  const questions = (given: typeof dead) =>
    ofKind(decideSubject(given, [labelled('state:abandoned')]), 'comment.create').filter(({ body }) =>
      body.includes('reply abandoned:'),
    );
  const [question, ...more] = questions(dead);
  expect(question?.body).toContain(`abandoned:${NOW}`);
  expect(more).toEqual([]);
  const comment = { id: 'IC_1', body: question?.body ?? '', ours: true, lastWriteOurs: true };
  expect(questions({ ...dead, subject: { ...dead.subject, comments: [comment] } })).toEqual([]);
});
