/** Sessions that a sweep proposes: each once, by its key (W7, W8, W9, W10). */
import { describe, expect, test } from 'vitest';
import { type DutyReasons, dutiesOf } from '../../src/decide/sweep/duties.ts';
import { keyPart } from '../../src/decide/sweep/duty-keys.ts';
import { viewSweep } from '../../src/decide/sweep/sweep-view.ts';
import type { DutyIssue, IncidentIssue } from '../../src/model/backlog.ts';
import type { BoardFacts, Cycle } from '../../src/model/board-facts.ts';
import { similarTitles } from '../../src/model/similar.ts';
import type { Blocker, Stalled } from '../../src/model/stuck.ts';
import { acting, atCycle, cycle, incidentIssue, waitingBoard } from './backlog-fixtures.ts';
import { boardSession, logged, session } from './fixtures.ts';

const NOTHING: DutyReasons = { quality: { flaky: [], slower: [], drift: [] }, rescue: null, stalled: [], blockers: [] };
const duties = (facts: BoardFacts, some: Partial<DutyReasons> = {}) => dutiesOf(viewSweep(facts), { ...NOTHING, ...some });
const at = (number: number, some: Partial<BoardFacts> = {}, history?: Cycle[]) =>
  atCycle(number, waitingBoard([], some), history);
const keys = (facts: BoardFacts, some?: Partial<DutyReasons>) => duties(facts, some).map(({ key }) => key);
const issue = (key: string, state: 'open' | 'closed' = 'open', number = 70): DutyIssue => ({
  key,
  number,
  url: `https://x/${number}`,
  state,
});
const flaky = (...names: string[]) => ({
  quality: { ...NOTHING.quality, flaky: names.map((name) => ({ name, sha: 'a', times: 2 })) },
});

describe('by the count of cycles', () => {
  test.each([
    [1, []],
    [11, []],
    [12, ['governance:12']],
    [13, ['governance:12']],
    [29, ['governance:24']],
    [30, ['governance:24', 'scheduler:30']],
    [60, ['governance:60', 'scheduler:60']],
  ])('cycle %i: %j', (number, expected) => expect(keys(at(number))).toEqual(expected));

  test('open until its issue is closed; then not before the next is due', () => {
    expect(duties(at(14, { duties: [issue('governance:12')] }))).toMatchObject([
      { key: 'governance:12', due: 12, issue: { number: 70 } },
    ]);
    expect(keys(at(14, { duties: [issue('governance:12', 'closed')] }))).toEqual([]);
    expect(keys(at(24, { duties: [issue('governance:12', 'closed')] }))).toEqual(['governance:24']);
  });

  test('one that is still open stands for the next', () => {
    expect(keys(at(25, { duties: [issue('governance:12')] }))).toEqual(['governance:12']);
  });

  test('opened by an earlier sweep, and out of sight by now: not again', () => {
    expect(keys(at(14, {}, [cycle(13), cycle(12, { duties: ['governance:12'] })]))).toEqual([]);
  });

  test('opened by this very sweep, which then failed: tried again', () => {
    const facts = at(12);
    const again = { ...facts, cycle: { ...facts.cycle, seen: cycle(1, { duties: ['governance:12'] }).seen } } as BoardFacts;
    expect(duties(again)).toMatchObject([{ key: 'governance:12', issue: null }]);
  });

  test('begun by a person under the proposed title: that is it', () => {
    const own = session(9, 'active', { title: 'Review governance and documentation, cycle 12' });
    expect(duties(at(13, { sessions: [boardSession(own)] }))).toMatchObject([{ issue: { number: 9, url: own.url } }]);
    const done = { ...own, state: 'completed' as const, endedAt: '2026-11-20T08:00:00Z' };
    expect(keys(at(13, { sessions: [boardSession(done)] }))).toEqual([]);
  });

  test('each kind acts by its own word', () => {
    const facts = at(30);
    expect(duties(facts).map(({ acts }) => acts)).toEqual([false, false]);
    expect(duties(acting(facts)).map(({ acts }) => acts)).toEqual([true, true]);
  });
});

describe('incidents', () => {
  const found = (number: number, incident: Partial<IncidentIssue>, history?: Cycle[]) =>
    duties(at(number, { incidents: [incidentIssue(41, incident)] }, history)).filter(
      ({ kind }) => kind === 'hardening' || kind === 'retrospective',
    );

  test('hardening within two cycles of the sweep that saw it first; closed or not', () => {
    const wanted = { key: 'hardening:#41', due: 5, category: 'Security', type: 'bug-fix', issue: null };
    expect(found(3, {})).toMatchObject([wanted]);
    expect(found(3, { closedAt: '2026-11-20T13:00:00Z' })).toMatchObject([wanted]);
    expect(
      found(
        7,
        {},
        [6, 5, 4, 3, 2].map((one) => cycle(one)),
      ),
    ).toMatchObject([wanted]);
  });

  test.each([
    ['Rollout of 2.4 broke the till', ['incident']],
    ['Checkout fails since the last deployment', ['incident']],
    ['We rolled back 2.4', ['incident']],
    ['The till is down', ['incident', 'roll-back']],
    ['The till is down', ['incident', 'release']],
  ])('%s %j: a look back too, both in the next cycle', (title, labels) => {
    const both = found(3, { title, labels });
    expect(both.map(({ key, due }) => [key, due])).toEqual([
      ['hardening:#41', 4],
      ['retrospective:#41', 4],
    ]);
  });

  test.each(['The pressroll is down', 'Employment form fails', 'Payroll output is wrong'])('%s: no rollout', (title) =>
    expect(found(3, { title })).toHaveLength(1),
  );

  test('once', () => {
    const history = [cycle(9, {}), cycle(4, { duties: ['hardening:#41'] }), cycle(1)];
    expect(found(10, {}, history)).toEqual([]);
    const both = [incidentIssue(41), incidentIssue(41)];
    expect(keys(at(3, { incidents: both, duties: [issue('hardening:#41')] }))).toEqual(['hardening:#41']);
  });

  test('one from before all that we remember was dealt with then', () => {
    expect(found(90, { createdAt: '2026-01-01T00:00:00Z' }, [cycle(89), cycle(88)])).toEqual([]);
    expect(found(2, { createdAt: '2026-01-01T00:00:00Z' }, [cycle(1)])).toMatchObject([{ due: 3 }]);
  });
});

describe('checks and trends', () => {
  test('a flaky check and one that takes longer, within two cycles', () => {
    const quality = {
      flaky: [{ name: 'CI / unit tests', sha: 'a', times: 3 }],
      slower: [{ name: 'lint', beforeMs: 30_000, nowMs: 90_000 }],
      drift: [],
    };
    expect(duties(at(7), { quality })).toMatchObject([
      { key: 'deflake:ci-unit-tests:7', due: 9, type: 'bug-fix', category: 'CI Stability', title: 'Deflake CI / unit tests' },
      { key: 'deflake:lint:7', due: 9, type: 'performance', because: 'it takes 90 s instead of 30 s' },
    ]);
  });

  test('keeps its key and date from sweep to sweep', () => {
    expect(duties(at(9, {}, [cycle(8, { wanted: ['deflake:lint:7'] })]), flaky('lint'))).toMatchObject([
      { key: 'deflake:lint:7', due: 9 },
    ]);
  });

  test.each([
    ['its issue is open, however long', { duties: [issue('deflake:lint:7')] }, 60, [], ['deflake:lint:7']],
    ['done within the month', { duties: [issue('deflake:lint:7', 'closed')] }, 36, [], []],
    ['opened within the month, out of sight', {}, 36, [cycle(35), cycle(8, { duties: ['deflake:lint:7'] })], []],
    ['flaky again a month later', { duties: [issue('deflake:lint:7', 'closed')] }, 37, [], ['deflake:lint:37']],
    ['another check', { duties: [issue('deflake:lint-docs:7', 'closed')] }, 9, [], ['deflake:lint:9']],
  ])('%s', (_, some, number, history, expected) => {
    const found = keys(at(number, some, [...history, cycle(number - 1)]), flaky('lint'));
    expect(found.filter((key) => key.startsWith('deflake'))).toEqual(expected);
  });

  test('trends of a category are one session', () => {
    const drift = [
      { category: 'Golden Path', kind: 'coverage', before: 91.25, now: 80 },
      { category: 'golden-path', kind: 'duration', before: 60_000, now: 240_000 },
    ] as const;
    expect(duties(at(5), { quality: { ...NOTHING.quality, drift: [...drift] } })).toMatchObject([
      {
        key: 'corrective:golden-path:5',
        due: 7,
        type: 'quality-audit',
        because: 'coverage of new code went from 91.3 % to 80 %; checks take 4 min instead of 60 s',
      },
    ]);
  });

  test('a bad day opens three of a kind, not fifty; open ones count', () => {
    const names = Array.from({ length: 50 }, (_, at) => `check ${at}`);
    expect(keys(at(5), flaky(...names))).toHaveLength(3);
    const open = ['check-40', 'check-41'].map((name, nth) => issue(`deflake:${name}:4`, 'open', 80 + nth));
    const found = keys(at(5, { duties: open }), flaky(...names));
    expect(found).toEqual(['deflake:check-40:4', 'deflake:check-41:4', 'deflake:check-0:5']);
  });
});

describe('who is stuck', () => {
  const sessions = [1, 2, 3, 4].map((number) => boardSession(session(number, 'active', { type: 'feature', category: 'UX' })));
  const stalled = (number: number, some: Partial<Stalled> = {}): Stalled => ({
    number,
    name: `s${number}`,
    cycles: 2,
    proposal: 'rescue',
    ...some,
  });
  const blocker = (number: number, some: Partial<Blocker> = {}): Blocker => ({
    number,
    name: `s${number}`,
    category: 'UX',
    why: null,
    on: null,
    cycles: 1,
    escalation: null,
    ...some,
  });
  const onIssue = { on: { kind: 'issue', number: 12 } } as const;
  const onCarol = { on: { kind: 'owner', login: 'carol' } } as const;
  const stuck = (blockers: Blocker[], some: Partial<BoardFacts> = {}) => keys(at(5, { sessions, ...some }), { blockers });

  const atWork = boardSession(session(7), { since: [logged(7, 'bob', 'pushed')] });

  test('who stalls is rescued, one at a time: the nearest to done, then the longest', () => {
    const rescue = { number: 3, name: 's3', next: 'test', shed: [], cut: [] } as const;
    const all = [stalled(1), stalled(2, { cycles: 5 }), stalled(3), stalled(4, { proposal: 'slice' })];
    const board = { sessions: [...sessions, atWork] };
    const found = duties(at(5, board), { stalled: all, rescue: { ...rescue, shed: [], cut: [] } });
    const nearest = { due: 6, type: 'feature', category: 'UX', because: 'no movement for 2 sweeps' };
    expect(found).toMatchObject([{ key: 'rescue:#3', ...nearest }]);
    expect(keys(at(5, board), { stalled: all })).toEqual(['rescue:#2']);
    const begun = { ...board, duties: [issue('rescue:#1', 'open', 8)] };
    expect(keys(at(5, begun), { stalled: all })).toEqual(['rescue:#1']);
    expect(keys(at(5, { ...board, duties: [issue('rescue:#9', 'open', 1)] }), { stalled: [stalled(1)] })).toEqual([]);
  });

  test('over a weekend nothing new is rescued: a sweep that saw nobody at work waits for the next', () => {
    const all = [stalled(1), stalled(2)];
    expect(keys(at(5, { sessions }), { stalled: all })).toEqual([]);
    expect(keys(at(5, { sessions, duties: [issue('rescue:#2', 'open', 8)] }), { stalled: all })).toEqual(['rescue:#2']);
    const ours = boardSession(session(7), { since: [logged(7, 'Playcaller', 'active')] });
    expect(keys(at(5, { sessions: [...sessions, ours] }), { stalled: all })).toEqual([]);
    const said = { ...boardSession(session(7)), comments: [{ by: 'bob', at: cycle(5).startedAt }] };
    expect(keys(at(5, { sessions: [...sessions, said] }), { stalled: all })).toEqual(['rescue:#1']);
  });

  test.each([
    ['one alone', [blocker(1)], []],
    ['two of a category', [blocker(1), blocker(2)], ['unblocker:ux:5']],
    ['of two categories', [blocker(1), blocker(2, { category: 'Graph' })], []],
    ['without category', [blocker(1, { category: null }), blocker(2, { category: null })], []],
    ['on one issue', [blocker(1, onIssue), blocker(2, { ...onIssue, category: 'Graph' })], ['unblocker:#12:5']],
    ['on one owner', [blocker(1, onCarol), blocker(2, { ...onCarol, category: null })], ['unblocker:owner-carol:5']],
    ['each counts once', [blocker(1, onIssue), blocker(2, onIssue), blocker(3)], ['unblocker:#12:5']],
    ['two areas', [blocker(1, onIssue), blocker(2, onIssue), blocker(3), blocker(4)], ['unblocker:#12:5', 'unblocker:ux:5']],
  ])('blocked: %s', (_, blockers, expected) => expect(stuck(blockers)).toEqual(expected));

  test('nobody is sent where a session works on it already', () => {
    expect(stuck([blocker(1, onIssue), blocker(2, onIssue)], { sessions: [...sessions, boardSession(session(12))] })).toEqual([]);
  });
});

test('hostile names make keys and titles that break nothing', () => {
  for (const name of ['-->', '🚀', '<!-- x -->', ' ', 'x'.repeat(300), 'a\nb', '@everyone fixes #1', '检查'])
    expect(keyPart(name), name).toMatch(/^[\p{L}\p{M}\p{N}-]{1,60}$/u);
  const [one] = duties(at(5), flaky('fail\n@everyone <!-- --> '.repeat(40)));
  expect(one?.title.length).toBeLessThan(120);
  expect(one?.title).not.toContain('\n');
});

test('no two proposals of one sweep are taken for the same work', () => {
  const drift = ['UX', 'Graph', 'Golden Path'].map((category) => ({ category, kind: 'coverage' as const, before: 9, now: 8 }));
  const incidents = [41, 42, 43].map((number) =>
    incidentIssue(number, { title: 'Rollout failed', createdAt: cycle(59).startedAt }),
  );
  const sessions = [1, 2, 3].map((number) => boardSession(session(number)));
  const stalled = [1, 2, 3].map((number): Stalled => ({ number, name: 's', cycles: 2, proposal: 'rescue' }));
  const begun = [1, 2, 3].map((number) => issue(`rescue:#${number}`, 'open', 80 + number));
  const titles = duties(at(60, { incidents, sessions, duties: begun }), {
    stalled,
    quality: { ...flaky('CI / test (22)', 'CI / test (24)', 'CI / lint').quality, drift },
  }).map(({ title }) => title);
  expect(titles.length).toBeGreaterThan(15);
  for (const [index, title] of titles.entries())
    for (const other of titles.slice(index + 1)) expect(similarTitles(title, other), `${title} / ${other}`).toBe(false);
});
