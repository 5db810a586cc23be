/** What a sweep does by itself, and what publishing it writes (W2, W5–W10). */
import { describe, expect, test } from 'vitest';
import { decideBoard } from '../../src/decide/board.ts';
import { decideSubject } from '../../src/decide/subject.ts';
import type { DutyIssue } from '../../src/model/backlog.ts';
import type { BoardFacts } from '../../src/model/board-facts.ts';
import type { GitHubEffect } from '../../src/model/effect.ts';
import { facts as lane } from '../decide/build.ts';
import { acting, atCycle, configured, cycle, incidentIssue, waitingBoard, waitingIssue } from './backlog-fixtures.ts';
import { boardFacts, boardSession, session, subject } from './fixtures.ts';

const TRACKER = {
  id: 'I_9',
  number: 9,
  title: 'The board',
  body: 'old',
  state: 'open' as const,
  locked: false,
  labels: ['playcaller'],
  comment: null,
  pinned: true,
};
const active = (number: number, category: string | null = null) => waitingIssue(number, category, {}, ['backlog:active']);
const reserve = (number: number) => waitingIssue(number, 'UX', { list: 'reserve' }, ['backlog:reserve']);
const board = (some: Partial<BoardFacts>) => waitingBoard([], { tracker: TRACKER, ...some });
const swept = (facts: BoardFacts) => decideBoard(facts, ['command']);
const of = <K extends GitHubEffect['kind']>(facts: BoardFacts, kind: K) =>
  swept(facts).github.filter((effect): effect is Extract<GitHubEffect, { kind: K }> => effect.kind === kind);
const kinds = (facts: BoardFacts) => swept(facts).github.map(({ kind }) => kind);

describe('starts', () => {
  test('the label, then off the backlog, then its lane is told; the label is made where there is none', () => {
    const { github, after } = swept(acting(board({ backlog: [active(5, 'Security')] })));
    expect(github.filter(({ kind }) => kind.startsWith('label'))).toEqual([
      expect.objectContaining({ kind: 'label.create', name: 'session:feature' }),
      { kind: 'labels.add', repoId: 'R_1', subjectId: 'I_5', labels: [{ name: 'session:feature', id: null }] },
      { kind: 'labels.remove', subjectId: 'I_5', labels: [{ id: 'LA_backlog:active', name: 'backlog:active' }], instead: true },
    ]);
    expect(after).toEqual([{ kind: 'wake', lane: 'acme/shop#5', why: 'sweep-start' }]);
  });

  test('of both lists it leaves both; whatever else it carries stays', () => {
    const both = waitingIssue(5, null, {}, ['backlog:active', 'Backlog:Reserve', 'bug', 'fast-lane']);
    const [removed] = of(acting(board({ backlog: [both] })), 'labels.remove');
    expect(removed?.labels.map(({ name }) => name)).toEqual(['backlog:active', 'Backlog:Reserve']);
  });

  test('a label is made once for all, and not when it is there in any case', () => {
    const backlog = [active(5, 'Security'), active(6, 'UX')];
    expect(of(acting(board({ backlog })), 'label.create')).toHaveLength(1);
    const facts = acting(board({ backlog }));
    const known = { ...facts, repo: { ...facts.repo, labels: [{ id: 'LA_7', name: 'Session:Feature' }] } };
    expect(of(known, 'label.create')).toEqual([]);
    expect(of(known, 'labels.add').map(({ labels }) => labels[0]?.id)).toEqual(['LA_7', 'LA_7']);
  });

  test('"propose": only board and comment; each kind by its own word', () => {
    const some = { backlog: [active(5), reserve(6)], incidents: [incidentIssue(41)] };
    expect(kinds(board(some))).toEqual(['issue.update', 'comment.create']);
    expect(swept(board(some)).after).toEqual([]);
    const facts = board(some);
    const { act } = facts.repo.config.sweep;
    const only = configured(facts, { sweep: { ...facts.repo.config.sweep, act: { ...act, hardening: 'act' } } });
    expect(kinds(only)).toEqual(['issue.update', 'comment.create', 'label.create', 'label.create', 'issue.create']);
  });

  test('half of the board was read: proposed, and told as such', () => {
    const facts = acting(
      board({ backlog: [active(5)], incidents: [incidentIssue(41)], cut: { until: null, categories: [] }, missing: 3 }),
    );
    expect(kinds(facts)).toEqual(['issue.update', 'comment.create']);
    const saved = swept(facts).ledger.find((effect) => effect.kind === 'cycle.save');
    expect(saved?.cycle.seen).toBeUndefined();
  });

  test('what is labelled and no session yet takes its slot: a sweep right after the first starts nothing more', () => {
    const facts = configured(acting(board({ backlog: [active(5), active(6)], unknown: [4] })), { capacity: 1, reserve: 0 });
    expect(of(facts, 'labels.add')).toEqual([]);
    expect(of({ ...facts, unknown: [] }, 'labels.add')).toHaveLength(1);
  });

  test('cut short between the two labels: the backlog lets go of what carries its session', () => {
    const own = session(5, 'active');
    const labels = ['backlog:active', 'session:tiny'];
    const facts = board({ sessions: [boardSession(own, { subject: { labels } })], backlog: [waitingIssue(5, null, {}, labels)] });
    expect(of(acting(facts), 'labels.remove')).toEqual([
      { kind: 'labels.remove', subjectId: 'I_5', labels: [{ id: 'LA_backlog:active', name: 'backlog:active' }] },
    ]);
    expect(of(facts, 'labels.remove')).toEqual([]);
  });
});

test('refills change lists', () => {
  const facts = atCycle(5, acting(board({ backlog: [reserve(6)] })), [cycle(1)]);
  const full = configured(facts, { capacity: 1, reserve: 1 });
  expect(of(full, 'labels.add').map(({ labels }) => labels[0]?.name)).toEqual(['backlog:active']);
  expect(of(full, 'labels.remove')).toEqual([
    { kind: 'labels.remove', subjectId: 'I_6', labels: [{ id: 'LA_backlog:reserve', name: 'backlog:reserve' }], instead: true },
  ]);
  expect(swept(full).after).toEqual([]);
});

describe('duties', () => {
  const due = (some: Partial<BoardFacts> = {}) => acting(board({ incidents: [incidentIssue(41)], ...some }));

  test('an issue with key, session label and category; its id is remembered under the key', () => {
    const [made, ...others] = of(due(), 'issue.create');
    expect(others).toEqual([]);
    expect(made?.body).toContain('<!-- playcaller:duty hardening:#41 -->');
    expect(made?.labels.map(({ name }) => name)).toEqual(['session:bug-fix', 'category:security']);
    expect(made?.remember).toEqual({ number: 0, role: 'duty:hardening:#41' });
  });

  test("the category's label as the repository spells it", () => {
    const facts = due();
    const spelt = { ...facts, repo: { ...facts.repo, labels: [{ id: 'LA_3', name: 'Category:SECURITY' }] } };
    expect(of(spelt, 'issue.create')[0]?.labels[1]).toEqual({ name: 'Category:SECURITY', id: 'LA_3' });
  });

  test('there already, open, closed or deleted: not again, today or later', () => {
    const there = (state: DutyIssue['state']) => ({ duties: [{ key: 'hardening:#41', number: 50, url: 'https://x', state }] });
    for (const some of [there('open'), there('closed'), { lostDuties: ['hardening:#41'] }])
      expect(of(due(some), 'issue.create')).toEqual([]);
  });

  test('one that ended is forgotten once the history of cycles knows it', () => {
    const closed = { duties: [{ key: 'governance:12', number: 50, url: 'https://x', state: 'closed' as const }] };
    const forgets = (facts: BoardFacts) => swept(facts).ledger.filter(({ kind }) => kind === 'artefact.forget');
    expect(forgets(board(closed))).toEqual([]);
    const known = board({
      ...closed,
      lostDuties: ['deflake:lint:3'],
      history: [cycle(2, { duties: ['governance:12', 'deflake:lint:3'] })],
    });
    expect(forgets(known)).toMatchObject([{ role: 'duty:governance:12' }, { role: 'duty:deflake:lint:3' }]);
  });
});

describe('publishing', () => {
  const told = (facts: BoardFacts) => {
    const { github } = swept(facts);
    const body = github.find((effect) => effect.kind === 'issue.update')?.body ?? '';
    const comment = github.find((effect) => effect.kind === 'comment.create')?.body ?? '';
    return { ...TRACKER, body, comment: { id: 'IC_1', body: comment, ours: true, lastWriteOurs: true } };
  };

  test('the same facts: not one write', () => {
    const facts = board({});
    expect(kinds({ ...facts, tracker: told(facts) })).toEqual([]);
  });

  test('the cycle is kept with what it saw, and when', () => {
    const [saved] = swept(board({})).ledger.filter(({ kind }) => kind === 'cycle.save');
    expect(saved).toMatchObject({ cycle: { number: 3, sweptAt: '2026-11-21T07:00:00Z', seen: { moved: [], duties: [] } } });
  });

  test('not pinned yet: once, remembered before', () => {
    const facts = board({ tracker: { ...TRACKER, pinned: false } });
    expect(kinds(facts)).toContain('issue.pin');
    expect(swept(facts).ledger).toContainEqual({
      kind: 'artefact.remember',
      repo: 'acme/shop',
      number: 0,
      role: 'pinned',
      id: 'I_9',
    });
    expect(kinds(board({}))).not.toContain('issue.pin');
  });

  test('locked: the board says so; no comment is tried', () => {
    const facts = board({ tracker: { ...TRACKER, locked: true } });
    expect(kinds(facts)).toEqual(['issue.update']);
    expect(of(facts, 'issue.update')[0]?.body).toContain('locked');
  });

  test('closed: opened again, though nothing else changed', () => {
    const facts = board({});
    expect(of({ ...facts, tracker: { ...told(facts), state: 'closed' } }, 'issue.update')).toMatchObject([{ state: 'open' }]);
  });

  test('no tracker: made, and nothing else is begun before there is a place to tell of it', () => {
    const { github, ledger, after } = swept(acting(waitingBoard([active(5)])));
    expect(github.map(({ kind }) => kind)).toEqual(['label.create', 'issue.create']);
    expect(ledger).toEqual([]);
    expect(after).toMatchObject([{ lane: 'acme/shop@board', board: 'command' }]);
  });

  test('only those reasons publish; issues switched off: never', () => {
    expect(decideBoard(board({}), ['configuration', 'label-deleted', 'installed']).github).toEqual([]);
    const facts = board({});
    expect(kinds({ ...facts, repo: { ...facts.repo, hasIssues: false } })).toEqual([]);
  });
});

describe('healing', () => {
  const woken = (facts: BoardFacts) =>
    decideBoard(facts, ['installed']).ledger.flatMap((effect) => ('lane' in effect ? [effect.lane] : []));
  /** As its own lane left it. */
  const tidy = (number: number, labels = ['session:tiny', 'state:active']) => {
    const own = session(number, 'active', { startedAt: '2026-11-20T08:00:00Z' });
    return boardSession(own, { subject: { ...subject(own), labels } });
  };

  test('an open pull request without a verdict, a verdict that GitHub does not show, one that ended unheard', () => {
    const judged = { judged: true, waiting: false, stuck: false };
    const openPulls = [
      { ...judged, number: 20 },
      { ...judged, number: 21, stuck: true },
      { ...judged, number: 22, judged: false },
      { ...judged, number: 23, waiting: true },
    ];
    expect(woken(boardFacts([], { openPulls, endedPulls: [18] }))).toEqual([22, 21, 18, 23].map((n) => `acme/shop#${n}`));
  });

  test('hundreds of them: the first page now, the others a minute apart', () => {
    const endedPulls = Array.from({ length: 120 }, (_, index) => index + 1);
    const { ledger } = decideBoard(boardFacts([], { endedPulls }), ['installed']);
    const late = ledger.filter((effect) => 'at' in effect && effect.at !== undefined);
    expect([ledger.length, late.length]).toEqual([120, 70]);
  });

  test.each<[string, ReturnType<typeof tidy>]>([
    ['the state label is gone', tidy(1, ['session:tiny'])],
    ['two states', tidy(1, ['session:tiny', 'state:active', 'state:completed'])],
    ['closed', { ...tidy(1), subject: { ...subject(session(1)), state: 'closed', labels: ['session:tiny', 'state:active'] } }],
    ['no longer there', { ...tidy(1), subject: null }],
    [
      'another title',
      { ...tidy(1), subject: { ...subject(session(1)), title: 'New words', labels: ['session:tiny', 'state:active'] } },
    ],
    ['card and playbook are gone', tidy(1)],
    ['blocked by hand', tidy(1, ['session:tiny', 'state:active', 'blocked'])],
  ])('%s: looked at', (_what, one) => {
    expect(woken(boardFacts([one]))).toEqual(['acme/shop#1']);
  });

  test('ended ones are left alone; those that came back are told among the unknown', () => {
    const ended = boardSession(session(1, 'abandoned'), { subject: null });
    expect(woken(boardFacts([ended]))).toEqual([]);
    expect(woken(boardFacts([ended], { unknown: [1] }))).toEqual(['acme/shop#1']);
  });
});

describe('a full board asks for a sweep (W1)', () => {
  /** A new session that must wait. */
  const asked = (sweptAt: string | undefined) => {
    const cycles = sweptAt === undefined ? [] : [{ ...cycle(3), sweptAt }];
    const slots = { active: 15, activeFastLane: 0, queue: [] };
    const facts = lane({ now: '2026-11-21T09:00:00.000Z', slots, cycles });
    return decideSubject(facts, []).ledger.filter((effect) => effect.kind === 'wake' && effect.why === 'capacity');
  };
  const wake = { kind: 'wake', lane: 'acme/shop@board', why: 'capacity', board: 'capacity' };

  test.each([
    ['never swept', undefined, {}],
    ['an hour ago', '2026-11-21T08:00:00.000Z', {}],
    ['59 minutes ago', '2026-11-21T08:01:00.000Z', { at: '2026-11-21T09:01:00.000Z' }],
    ['just now', '2026-11-21T09:00:00.000Z', { at: '2026-11-21T10:00:00.000Z' }],
    ['later, by a clock that went back', '2026-11-21T12:00:00.000Z', {}],
    ['at no time at all', 'soon', {}],
  ])('%s', (_when, sweptAt, at) => expect(asked(sweptAt)).toEqual([{ ...wake, ...at }]));
});
