/** The rules of the lifecycle: legal and illegal moves, holds, blockers, accepted criteria, stalled, scope. */
import { describe, expect, it } from 'vitest';
import { readScope } from '../../src/decide/session/scope.ts';
import { stalledSince } from '../../src/decide/session/stalled.ts';
import { illegalMove, isLegal } from '../../src/decide/session/transitions.ts';
import { decideSubject } from '../../src/decide/subject.ts';
import type { OpenSession } from '../../src/model/lane-facts.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import { SESSION_STATES, type SessionState } from '../../src/model/session.ts';
import { whyIllegal } from '../../src/render/session/illegal-moves.ts';
import { change, facts, labelled, ledger, linked, NOW, ofKind, repo, saved, session, subject, wakesOf } from './build.ts';

const config = repo().config;
const said = { key: 'IC_1:x', by: 'alice', at: NOW };
const other = (over: Partial<OpenSession> = {}): OpenSession => ({
  number: 2,
  id: '2026-11-20-cart-total-is-wrong-2',
  title: 'The cart total is wrong!',
  state: 'active',
  plannedAt: '2026-11-20T08:00:00.000Z',
  heldBy: [],
  ...over,
});
const twin = other({ title: 'Cart total is wrong' });

describe('every pair of states (L2)', () => {
  const pairs = SESSION_STATES.flatMap((from) => SESSION_STATES.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s is either legal to ask for, or has its reason', (from, to) => {
    expect(illegalMove(from, to) === null).toBe(isLegal(from, to, 'asked'));
  });

  it('legal are exactly these', () => {
    expect(pairs.filter(([from, to]) => isLegal(from, to, 'asked')).map((pair) => pair.join('→'))).toEqual([
      'planned→active',
      'planned→abandoned',
      'active→completed',
      'active→abandoned',
      'abandoned→planned',
    ]);
  });

  it('no two illegal moves share a reason', () => {
    const reasons = pairs.flatMap(([from, to]) => illegalMove(from, to) ?? []).map(whyIllegal);
    expect(reasons).toHaveLength(11);
    expect(new Set(reasons).size).toBe(11);
  });

  const full = { active: 15, activeFastLane: 0, queue: [] };
  const illegal = pairs.filter(([from, to]) => from !== to && illegalMove(from, to) !== null);
  it.each(illegal)('asked by label, %s → %s is undone with its reason and moves nothing', (from, to) => {
    const ended = from === 'completed' || from === 'abandoned' ? { endedAt: NOW, endedBy: 'asked' as const } : {};
    const labels = ['session:bug-fix', `state:${from}`, `state:${to}`];
    const effects = decideSubject(facts({ own: ledger({ state: from, ...ended }), subject: subject({ labels }), slots: full }), [
      labelled(`state:${to}`, 'on', 'bob'),
    ]);
    const move = illegalMove(from, to);
    const reply = ofKind(effects, 'comment.create').find((effect) => effect.body.includes('playcaller:reply'))?.body ?? '';
    expect(reply).toContain(move === null ? 'unreachable' : whyIllegal(move));
    expect(ofKind(effects, 'labels.remove')[0]?.labels.map((label) => label.name)).toEqual([`state:${to}`]);
    expect(saved(effects)?.state).toBe(from);
  });

  it('moves of a session in the ledger are never ones that the table does not have', () => {
    for (const [from, to] of pairs) if (isLegal(from, to, 'asked')) expect(isLegal(from, to, 'seen')).toBe(true);
  });
});

describe('similar work holds a start (L3)', () => {
  const born = (over = {}) => decideSubject(facts({ others: [twin], ...over }), [labelled('session:bug-fix')]);

  it('planned, told once, in nobody’s way', () => {
    const effects = born();
    expect(saved(effects)).toMatchObject({ state: 'planned', holds: [{ kind: 'similar', sessions: [2], pulls: [] }] });
    const says = ofKind(effects, 'comment.create').filter((effect) => effect.remember?.role === 'similar');
    expect(says).toHaveLength(1);
    expect(says[0]?.body).toContain('#2, active: Cart total is wrong');
    expect(says[0]?.body).toContain('/session start --anyway');
    const own = ledger({ ...saved(effects) }, { artefacts: { card: 'IC_card', playbook: 'IC_playbook', similar: 'IC_9' } });
    const again = decideSubject(facts({ others: [twin], own }), []);
    expect(ofKind(again, 'comment.create').some((effect) => effect.remember?.role === 'similar')).toBe(false);
    expect(saved(again)?.state).toBe('planned');
  });

  it.each([
    [
      'a title that differs in a word of seven',
      'Fix the cart total when coupons apply',
      'Fix the cart total when coupons applied',
      true,
    ],
    ['numbers that differ', 'Broken link on page 7', 'Broken link on page 8', false],
  ])('%s', (_, title, known, held) => {
    const effects = decideSubject(facts({ subject: subject({ title }), others: [other({ title: known })] }), []);
    expect(saved(effects)?.state).toBe(held ? 'planned' : 'active');
  });

  it('of two that wait, only the later one is held', () => {
    const later = { ...twin, state: 'planned' as const, plannedAt: '2026-11-22T08:00:00.000Z' };
    expect(saved(born({ others: [later] }))?.state).toBe('active');
    const earlier = { ...later, plannedAt: '2026-11-19T08:00:00.000Z' };
    expect(saved(born({ others: [earlier] }))?.state).toBe('planned');
  });

  it('a pull request that closes the issue counts at the birth, not once the session is there', () => {
    const pulls = [linked({ headRef: 'other' })];
    const effects = decideSubject(facts({ subject: subject({ pulls }) }), []);
    expect(saved(effects)).toMatchObject({ state: 'planned', holds: [{ sessions: [], pulls: [5] }] });
    const own = ledger({ state: 'planned', startedAt: null });
    expect(saved(decideSubject(facts({ own, subject: subject({ pulls }) }), []))?.state).toBe('active');
  });

  it('confirmed, it starts; the claim asks for nothing more', () => {
    const records = { ...NO_RECORDS, anyway: said };
    const own = ledger({ state: 'planned', startedAt: null, holds: [{ kind: 'similar', sessions: [2], pulls: [] }], records });
    const effects = decideSubject(facts({ own, others: [twin] }), []);
    expect(saved(effects)).toMatchObject({ state: 'active' });
    expect(saved(effects)?.holds).toBeUndefined();
    const save = effects.ledger.find((effect) => effect.kind === 'session.save');
    expect(save?.claim).toEqual({ capacity: 15, reserve: 1, fastLane: false });
  });

  it('a start names the sessions that it knew, so that a twin born meanwhile makes it stale', () => {
    const effects = decideSubject(facts({ others: [other({ title: 'Something else entirely' })] }), []);
    expect(effects.ledger.find((effect) => effect.kind === 'session.save')?.claim?.known).toEqual([2]);
  });

  it('renamed, or with the other one gone, it starts; a session that worked before is not asked again', () => {
    const held = { state: 'planned' as const, startedAt: null, holds: [{ kind: 'similar' as const, sessions: [2], pulls: [] }] };
    const renamed = facts({ own: ledger(held), others: [twin], subject: subject({ title: 'Quite another thing' }) });
    expect(saved(decideSubject(renamed, []))?.state).toBe('active');
    expect(saved(decideSubject(facts({ own: ledger(held), others: [] }), []))?.state).toBe('active');
    const back = ledger({ state: 'planned', startedAt: '2026-11-20T08:00:00.000Z' });
    expect(saved(decideSubject(facts({ own: back, others: [twin] }), []))?.state).toBe('active');
  });

  it('who ends wakes those that it held', () => {
    const own = ledger({}, {});
    const closed = subject({ state: 'closed', closeReason: 'not-planned', labels: ['session:bug-fix', 'state:active'] });
    const effects = decideSubject(
      facts({ own, subject: closed, others: [other({ number: 7, state: 'planned', heldBy: [1] })] }),
      [],
    );
    expect(wakesOf(effects)).toContain('acme/shop#7');
  });

  it('a state label does not get around it', () => {
    const own = ledger({ state: 'planned', startedAt: null });
    const labels = ['session:bug-fix', 'state:planned', 'state:active'];
    const effects = decideSubject(facts({ own, others: [twin], subject: subject({ labels }) }), [labelled('state:active')]);
    expect(saved(effects)?.state).toBe('planned');
    expect(ofKind(effects, 'comment.create').some(({ body }) => body.includes('#2 may be the same work'))).toBe(true);
  });
});

describe('approval (L9)', () => {
  const asking = repo({ config: { ...config, plan: { ...config.plan, approval: true } } });

  it('holds a session until someone approves; the card says so', () => {
    const effects = decideSubject(facts({ repo: asking }), []);
    expect(saved(effects)).toMatchObject({ state: 'planned', holds: [{ kind: 'approval' }] });
    expect(ofKind(effects, 'comment.create')[0]?.body).toContain('`/session approve`');
    const own = ledger({ state: 'planned', startedAt: null, records: { ...NO_RECORDS, approved: said } });
    expect(saved(decideSubject(facts({ repo: asking, own }), []))?.state).toBe('active');
  });

  it('asks nothing of sessions that were at work already', () => {
    const effects = decideSubject(
      facts({ repo: asking, own: ledger(), subject: subject({ labels: ['session:bug-fix', 'state:active'] }) }),
      [],
    );
    expect(saved(effects)?.state).toBe('active');
  });
});

describe('blockers', () => {
  const blocks = [{ ...said, why: 'no <b>access</b> @acme/ops', on: { kind: 'issue' as const, number: 12 }, clearedAt: null }];
  const records = { ...NO_RECORDS, blocks };

  it('an open one puts the label on and stands on the card, made safe', () => {
    const labels = ['session:bug-fix', 'state:active'];
    const effects = decideSubject(facts({ own: ledger({ records }), subject: subject({ labels }) }), []);
    expect(ofKind(effects, 'labels.add')[0]?.labels.map((label) => label.name)).toEqual(['blocked']);
    expect(ofKind(effects, 'label.create').map((label) => label.name)).toEqual(['blocked']);
    const card =
      ofKind(effects, 'comment.create')
        .find((effect) => effect.remember?.role === 'card')
        ?.body.split('<!-- playcaller:state')[0] ?? '';
    expect(card).toContain('since 2026-11-21 · on #12');
    expect(card).toContain('&lt;b&gt;');
    expect(card).not.toMatch(/@acme/);
  });

  it('a planned one leaves the queue and starts when it is lifted', () => {
    const own = ledger({ state: 'planned', startedAt: null, records });
    expect(saved(decideSubject(facts({ own }), []))).toMatchObject({ state: 'planned', blocked: true });
    const lifted = { ...NO_RECORDS, blocks: blocks.map((block) => ({ ...block, clearedAt: NOW })) };
    expect(saved(decideSubject(facts({ own: ledger({ state: 'planned', startedAt: null, records: lifted }) }), []))?.state).toBe(
      'active',
    );
  });

  it('the label taken off by a person clears it; one that merely is not there comes back', () => {
    const own = ledger({ records, blocked: true });
    const bare = subject({ labels: ['session:bug-fix', 'state:active'] });
    const lifted = saved(decideSubject(facts({ own, subject: bare }), [labelled('blocked', 'off', 'bob')]));
    expect(lifted).toMatchObject({ blocked: false, records: { blocks: [{ clearedAt: NOW }] } });
    expect(ofKind(decideSubject(facts({ own, subject: bare }), []), 'labels.add')[0]?.labels[0]?.name).toBe('blocked');
  });

  it('an ended session is not labelled any more', () => {
    const own = ledger({ state: 'abandoned', endedBy: 'asked', endedAt: NOW, records });
    const effects = decideSubject(facts({ own, subject: subject({ labels: ['session:bug-fix', 'state:abandoned'] }) }), []);
    expect(ofKind(effects, 'labels.add')).toEqual([]);
  });
});

describe('accepted criteria (L8)', () => {
  const accepted = [{ ...said, id: 'accept-1', text: 'opens in a second' }];
  const merged = linked({ state: 'merged', mergeSha: 'c'.repeat(40) });
  const done = (records = { ...NO_RECORDS, accepted }, ticks: string[] = []) => {
    const labels = ['session:bug-fix', 'state:active'];
    const over = { pulls: [merged], labels, state: 'closed' as const, closeReason: 'completed' as const };
    const own = ledger({ records, ticks });
    return saved(decideSubject(facts({ own, subject: subject(over) }), [change({ event: 'issues.closed' })]));
  };

  it('count among the criteria, and an open one keeps the session open', () => {
    expect(done()).toMatchObject({ state: 'active', criteria: [{ id: 'accept-1', text: 'opens in a second', met: false }] });
    expect(done(undefined, ['accept-1'])).toMatchObject({ state: 'completed', ticks: ['accept-1'] });
  });

  it.each<[string, { headSha: string | null; sticky: boolean }, SessionState]>([
    ['of this head', { headSha: merged.headSha, sticky: false }, 'completed'],
    ['for good', { headSha: null, sticky: true }, 'completed'],
    ['of another head', { headSha: 'd'.repeat(40), sticky: false }, 'active'],
  ])('a waiver %s', (_, waiver, state) => {
    const waivers = [{ ...said, item: 'criteria', why: 'a trial', ...waiver }];
    expect(done({ ...NO_RECORDS, accepted, waivers })?.state).toBe(state);
  });

  it('stand in the playbook comment, which is written again for them and keeps its ticks', () => {
    const own = ledger({ records: { ...NO_RECORDS, accepted }, ticks: ['accept-1'] });
    const effects = decideSubject(facts({ own, subject: subject({ labels: ['session:bug-fix', 'state:active'] }) }), []);
    const body = ofKind(effects, 'comment.create').find((effect) => effect.remember?.role === 'playbook')?.body;
    expect(body).toContain('### Acceptance criteria\n\n- [x] opens in a second <!-- step:accept-1 -->');
  });
});

describe('stalled (L14)', () => {
  const cycle = (day: number) => ({
    repo: 'acme/shop',
    day: `2026-11-${day}`,
    number: day,
    startedAt: `2026-11-${day}T07:00:00.000Z`,
  });
  const entry = (who: string, day: number) => ({
    repo: 'acme/shop',
    number: 1,
    key: `${who}${day}`,
    who,
    text: 'x',
    at: `2026-11-${day}T12:00:00.000Z`,
  });
  const started = session({ startedAt: '2026-11-10T08:00:00.000Z' });
  const cycles = [cycle(20), cycle(19)];

  it.each([
    ['nothing since before the last two sweeps', [entry('bob', 18)], cycles, '2026-11-18T12:00:00.000Z'],
    ['only the bot', [entry('bob', 17), entry('Playcaller', 20)], cycles, '2026-11-17T12:00:00.000Z'],
    ['no entry at all: since its start', [], cycles, '2026-11-10T08:00:00.000Z'],
    ['moved between the two', [entry('bob', 19)], cycles, null],
    ['only one sweep so far', [entry('bob', 10)], [cycle(20)], null],
  ])('%s', (_, worklog, swept, expected) => {
    expect(stalledSince(started, worklog, swept)).toBe(expected);
  });

  it('only who is active; and nothing is done to it', () => {
    expect(stalledSince({ ...started, state: 'planned' }, [], cycles)).toBeNull();
    const own = ledger({ startedAt: started.startedAt });
    const labels = ['session:bug-fix', 'state:active'];
    const effects = decideSubject(facts({ own, cycles, subject: subject({ labels }) }), []);
    expect(ofKind(effects, 'comment.create')[0]?.body).toMatch(/🐌 stalled[\s\S]*no movement since 2026-11-10/);
    expect(saved(effects)?.state).toBe('active');
  });
});

describe('scope (P4)', () => {
  it.each([
    [
      'Problem: too slow\nUser: editors\nSmallest useful version: a cache',
      { problem: 'too slow', user: 'editors', smallest: 'a cache' },
    ],
    [
      '### Problem\n\ntoo slow\nby far\n\n### User\n\n_No response_\n',
      { problem: 'too slow by far', user: null, smallest: null },
    ],
    ['## Scope\n\n- **Problem:** too slow\n- **MVP:** a cache', { problem: 'too slow', user: null, smallest: 'a cache' }],
  ])('%j', (body, scope) => {
    expect(readScope(body)).toEqual(scope);
  });

  it.each(['', 'Just words.', '```\nProblem: in code\n```', '> Problem: quoted', 'problematic: no'])('%j has none', (body) => {
    expect(readScope(body)).toBeNull();
  });
});
