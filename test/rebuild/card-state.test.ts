/** The card's memory: what goes in comes out, nothing ends its comment, and it always fits. */

import { describe, expect, it } from 'vitest';
import { readCardState } from '../../src/gather/read-card-state.ts';
import { NO_RECORDS, type Records } from '../../src/model/records.ts';
import type { Session, WorklogEntry } from '../../src/model/session.ts';
import { type Remembered, withCardState } from '../../src/render/session/card-state.ts';
import { record, session } from '../decide/build.ts';
import fc from '../properties.ts';

const CARD = '<!-- playcaller:card -->\n\n### Session\n\ntext';
const said = { key: 'IC_1:abc', by: 'alice', at: '2026-11-20T09:00:00.000Z' };

const full: Records = {
  ...NO_RECORDS,
  accepted: [{ ...said, id: 'accept-1', text: 'works --> offline' }],
  blocks: [
    { ...said, why: 'waits', on: { kind: 'issue', number: 7 }, clearedAt: null },
    { ...said, why: 'asks', on: { kind: 'owner', login: 'bob' }, clearedAt: said.at },
  ],
  ideas: [{ ...said, title: 'Ü', impact: 9, confidence: 9, effort: 7, kind: 'core', lens: 'data', needs: '#3', issue: 4 }],
  gaps: [
    {
      ...said,
      current: 'a',
      gap: 'b',
      risk: 'c',
      impact: 'high',
      mitigation: 'd',
      owner: '@bob',
      priority: 'P1',
      effort: 0.5,
      issue: null,
    },
  ],
  measures: [{ ...said, metric: 'p95', before: 0, after: -1.5, unit: 'ms', runs: 3, same: true }],
  joints: [{ ...said, producer: 'a', consumer: 'b', contract: 'c', failure: null, fallback: 'retry' }],
  waivers: [{ ...said, item: 'size', why: 'generated', headSha: 'f'.repeat(40), sticky: false }],
  personas: ['dana'],
  approved: said,
  anyway: said,
  next: 'ask',
  module: 'cart',
  prompts: [{ ...said, pattern: 'storage-crud', version: '1.0.0', values: { ENTITY: '`x` -->\n@bob #7' } }],
  costs: [{ ...said, planner: 1000, coder: 0, validator: -500 }],
  near: [
    {
      number: 3,
      title: 'Cart -->',
      type: 'feature',
      module: null,
      hours: 1.5,
      firstTry: null,
      pattern: 'storage-crud',
      cost: { planner: 1, coder: 2, validator: 3 },
      saved: { tokens: 12.5, hours: null },
    },
  ],
  failures: [
    {
      ...said,
      kind: 'syntax',
      error: 'line 1 -->\n  line 2',
      recovery: { ...said, outcome: 'restart-from', because: [{ question: 'last-batch', yes: true }], chosen: true },
    },
    { ...said, kind: 'unknown', error: 'again', recovery: null },
  ],
};

function remembered(over: Partial<Session> = {}, rest: Partial<Remembered> = {}): Remembered {
  const own = session({
    records: full,
    ticks: ['read-report'],
    criteria: [{ text: 'x', met: false }],
    holds: [{ kind: 'approval' }, { kind: 'similar', sessions: [1], pulls: [] }],
    evidence: { kind: 'no-code', why: 'wiki', by: 'alice' },
    ...over,
  });
  const moves = [{ repo: own.repo, number: 1, from: null, to: 'planned' as const, who: 'alice', why: 'labelled', at: said.at }];
  return { session: own, pulls: [record()], transitions: moves, worklog: [entry(0)], ...rest };
}

function entry(at: number, text = 'said -- <b>@bob</b> #7'): WorklogEntry {
  const time = new Date(Date.parse(said.at) + at * 1000).toISOString();
  return { repo: 'acme/shop', number: 1, key: `k${at}`, who: 'bob', text, at: time };
}

const comment = (body: string, over = {}) => ({ id: 'IC_card', body, ours: true, lastWriteOurs: true, ...over });
const read = (body: string) => readCardState(comment(body));

/** What a restored ledger would write: the memory read and remembered again. */
function again(body: string, from: Remembered): string {
  const state = read(body);
  if (!state) throw new Error('the memory cannot be read');
  const here = { repo: from.session.repo, number: from.session.number };
  const { subjectId, onPull, title, url } = from.session;
  return withCardState(body.slice(0, body.lastIndexOf('\n\n<!--')), {
    session: { ...here, ...state.session, subjectId, onPull, title, url, version: 99 },
    pulls: state.pulls.map((pull) => ({ ...pull, repo: here.repo, session: 1, title: 'other', url: 'other' })),
    transitions: state.moves.map((move) => ({ ...here, ...move })),
    worklog: state.log.map((each) => ({ ...here, ...each })),
  });
}

describe('what the card remembers', () => {
  it('is all that the ledger knows and GitHub does not show', () => {
    const from = remembered();
    const state = read(withCardState(CARD, from));
    const { repo, number, subjectId, onPull, title, url, version, ...kept } = from.session;
    expect(state?.session).toEqual(kept);
    expect(state?.pulls[0]).toMatchObject({ number: 5, verdict: 'pass', open: [] });
    expect(state?.log).toEqual([{ key: 'k0', who: 'bob', text: 'said -- <b>@bob</b> #7', at: said.at }]);
    expect(state?.moves).toEqual([{ from: null, to: 'planned', who: 'alice', why: 'labelled', at: said.at }]);
  });

  it('does not show the ledger version, so that a restored session has the same card', () => {
    const body = withCardState(CARD, remembered({ version: 3 }));
    expect(withCardState(CARD, remembered({ version: 29_000_000 }))).toBe(body);
    expect(again(body, remembered())).toBe(body);
  });

  it('is one line at the end, in ASCII, without anything that ends a comment, mentions or links', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 50 }), (text, next) => {
        const from = remembered({ records: { ...full, next } }, { worklog: [entry(0, text)] });
        const body = withCardState(CARD, from);
        const line = body.slice(CARD.length + 2);
        expect(line).toMatch(/^<!-- playcaller:state \{[ -~]*\} -->$/);
        expect(line.slice(4, -3)).not.toMatch(/--|[<>&@#]/);
        expect(read(body)?.log[0]?.text).toBe(text.toWellFormed());
        expect(again(body, from)).toBe(body);
      }),
    );
  });
});

describe('when there is too much to remember', () => {
  const long = 'é <@#'.repeat(200);
  const many = Array.from({ length: 400 }, (_, at) => ({
    ...said,
    key: `i${at}`,
    at: entry(at).at,
    id: `accept-${at}`,
    text: long,
  }));
  const log = Array.from({ length: 30 }, (_, at) => entry(at, 'long '.repeat(2500)));
  const criteria = Array.from({ length: 300 }, (_, at) => ({ text: `${at} ${'x'.repeat(300)}`, met: false }));

  it.each([
    ['criteria, which the issue shows anyway', { criteria }, {}, undefined],
    [
      'old lines of the worklog',
      {},
      { worklog: log.map((each) => ({ ...each, text: each.text.slice(0, 4000) })) },
      { records: 0 },
    ],
    ['notebook entries, the oldest first', { records: { ...full, accepted: many } }, {}, { log: 0, moves: 0 }],
    ['everything', { records: { ...full, accepted: many }, criteria }, { worklog: log }, { log: 12 }],
  ])('%s go, it says so, and what is left comes back the same', (_name, over, rest, forgotten) => {
    const from = remembered(over, rest);
    const body = withCardState(CARD, from);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
    expect(Buffer.byteLength(body)).toBeGreaterThan(1000);
    const state = read(body);
    if (forgotten) expect(state?.session.forgotten).toMatchObject(forgotten);
    else expect(state?.session.forgotten).toBeUndefined();
    expect(again(body, from)).toBe(body);
  });

  it('the newest entries stay', () => {
    const state = read(withCardState(CARD, remembered({ records: { ...full, accepted: many } })));
    expect(state?.session.records.accepted.at(-1)?.key).toBe('i399');
    const { records = 0 } = state?.session.forgotten ?? {};
    expect(records).toBeGreaterThan(300);
    expect(state?.session.records.accepted.length).toBeLessThan(100);
  });

  it('a card that fills the comment goes without a memory', () => {
    const big = CARD + 'x'.repeat(64_900 - CARD.length);
    expect(withCardState(big, remembered())).toBe(big);
    expect(read(big)).toBeNull();
  });
});

describe('what stands there instead of what we wrote', () => {
  const body = withCardState(CARD, remembered());
  const json = /playcaller:state (\{.*\}) -->/.exec(body)?.[1] ?? '';
  const line = (text: string) => `${CARD}\n\n<!-- playcaller:state ${text} -->`;

  it('is read only when we wrote it, last', () => {
    expect(readCardState(comment(body))).not.toBeNull();
    expect(readCardState(comment(body, { ours: false }))).toBeNull();
    expect(readCardState(comment(body, { lastWriteOurs: false }))).toBeNull();
  });

  it.each([
    ['nothing', CARD],
    ['no JSON', line('{nonsense}')],
    ['another version', line(json.replace('"v":1', '"v":2'))],
    ['another shape', line('{"v":1,"session":[]}')],
    ['an id that is no branch', line(json.replace(/"id":"2026[^"]*"/, '"id":"../../main"'))],
    ['a time that is none', line(json.replace(/"plannedAt":"[^"]*"/, '"plannedAt":"soon"'))],
    ['a number that is none', line(json.replace('"number":5', '"number":1e999'))],
    ['two lines', `${body}\n${body}x`],
    ['text behind it', `${body}\n\nand more`],
    ['deep nesting', line(`{"v":1,"session":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)],
  ])('%s is null, not an exception', (_name, text) => {
    expect(read(text)).toBeNull();
  });

  it('whatever it is, it is no exception', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(line(text))).toBeNull();
      }),
    );
    expect(read(line(json.replace('"v":1', '"__proto__":{"polluted":1},"v":1')))).not.toBeNull();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
