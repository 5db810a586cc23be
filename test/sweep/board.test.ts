/** From the board's facts to plan, updates, comment and board (W2, W3, W4). */
import { describe, expect, test } from 'vitest';
import { decideSweep } from '../../src/decide/sweep/board.ts';
import type { BoardSession } from '../../src/model/board-facts.ts';
import { boardFacts, boardSession, CATEGORIES, linkedPull, logged, pullRecord, session } from './fixtures.ts';
import { readMarkdown } from './read-markdown.ts';

const one = (parts: BoardSession) => {
  const decision = decideSweep(boardFacts([parts]));
  return { update: decision.updates[0], rank: decision.plan.shipOrder[0] };
};
const pulled = (record: Parameters<typeof pullRecord>[1], linked: Parameters<typeof linkedPull>[1] = {}) =>
  boardSession(session(1), { pulls: [pullRecord(9, record)], subject: { pulls: [linkedPull(9, linked)] } });

describe('status and next action', () => {
  test('gate passed: PR-ready, merge it', () => {
    const { update, rank } = one(pulled({ verdict: 'pass' }));
    expect(rank).toMatchObject({ status: 'pr-ready', because: 'ready: only the merge is left' });
    expect(update).toMatchObject({ next: { kind: 'merge', pull: 9 }, pull: { number: 9, changes: 'Mends the till.' } });
  });

  test('a verdict on an older head counts for nothing', () => {
    const { update, rank } = one(pulled({ verdict: 'pass' }, { headSha: 'c'.repeat(40) }));
    expect(rank?.because).toBe('PR open: no verdict on its newest commit');
    expect(update?.next).toEqual({ kind: 'await-verdict', pull: 9 });
  });

  test('gate failed: mend its items', () => {
    const { update, rank } = one(pulled({ verdict: 'fail', open: ['title', 'ci'] }));
    expect(rank?.because).toBe('PR open: gate asks for title, CI');
    expect(update?.next).toEqual({ kind: 'mend', pull: 9, items: ['title', 'ci'] });
  });

  test('a draft is no ready pull request, even if the ledger says pass', () => {
    const { update, rank } = one(pulled({ verdict: 'pass' }, { draft: true }));
    expect(rank).toMatchObject({ status: 'pr-open', because: 'PR open: still a draft' });
    expect(update?.next).toEqual({ kind: 'mark-ready', pull: 9 });
  });

  test("GitHub's word on the state goes before the ledger's", () => {
    expect(one(pulled({ verdict: 'pass' }, { state: 'closed' })).rank?.status).toBe('needs-more-work');
  });

  test('GitHub no longer shows the subject: the ledger speaks', () => {
    const lost = boardSession(session(1), { pulls: [pullRecord(9, { verdict: 'pass' })], subject: null });
    expect(one(lost).update).toMatchObject({ status: 'pr-ready', pull: { changes: 'topic-9, at aaaaaaa' } });
  });

  test('no pull request: the first open step, steps and criteria counted', () => {
    const criteria = [
      { text: 'Sums are right', met: false },
      { text: 'It is fast', met: true },
    ];
    const { update, rank } = one(boardSession(session(1, 'active', { ticks: ['read'], criteria })));
    expect(rank).toMatchObject({ remainingSteps: 3, because: '3 steps left' });
    expect(update?.next).toEqual({ kind: 'step', text: 'Run `npm test` once.', phase: 'Look' });
    expect(update?.pull).toBeNull();
  });

  test('all steps done: the criterion, then the pull request', () => {
    const ticks = ['read', 'run', 'fix'];
    const criteria = [{ text: 'Sums are right', met: false }];
    expect(one(boardSession(session(1, 'active', { ticks, criteria }))).update?.next).toEqual({
      kind: 'criterion',
      text: 'Sums are right',
    });
    expect(one(boardSession(session(1, 'active', { ticks }))).update?.next).toEqual({ kind: 'open-pull' });
  });

  test('merged, but criteria open: they are what is left', () => {
    const merged = { pulls: [pullRecord(9, { state: 'merged' })] };
    const criteria = [{ text: 'Sums are right', met: false }];
    expect(one(boardSession(session(1, 'active', { criteria }), merged)).update?.next).toEqual({
      kind: 'criterion',
      text: 'Sums are right',
    });
    const done = session(1, 'active', { ticks: ['read', 'run', 'fix', 'works'] });
    expect(one(boardSession(done, merged)).update?.next).toEqual({ kind: 'finish', pull: 9 });
  });

  test('blocked, by the ledger or by the label in any case', () => {
    expect(one(boardSession(session(1, 'active', { blocked: true }))).update?.next).toEqual({ kind: 'unblock', why: null });
    expect(one(boardSession(session(1), { subject: { labels: ['Blocked'] } })).rank?.because).toBe(
      'blocked: no reason given yet',
    );
  });

  test('a type whose playbook is gone still has its criteria', () => {
    const criteria = [{ text: 'Sums are right', met: false }];
    expect(one(boardSession(session(1, 'active', { type: 'gone', criteria }))).rank?.remainingSteps).toBe(1);
  });

  test('of two pull requests the one nearer to its merge', () => {
    const both = boardSession(session(1), { pulls: [pullRecord(8, { verdict: 'fail' }), pullRecord(9, { verdict: 'pass' })] });
    expect(one(both).update?.pull?.number).toBe(9);
  });
});

describe('the board', () => {
  const board = () =>
    boardFacts([
      boardSession(session(1, 'active', { category: 'UX' }), {
        pulls: [pullRecord(9, { verdict: 'pass' })],
        since: [logged(1, 'alice', 'drew the axis')],
      }),
      boardSession(session(2, 'active', { blocked: true, category: 'CI Stability' })),
      boardSession(session(3, 'planned')),
      boardSession(session(4, 'planned', { blocked: true })),
      boardSession(session(5, 'completed', { category: 'Security' }), { since: [logged(5, 'bob', 'merged it')] }),
      boardSession(session(6, 'abandoned', { endedAt: '2026-11-19T10:00:00Z' })),
    ]);

  test('planned sessions are observed and wait; what ended before the last sweep is past', () => {
    const { plan, updates } = decideSweep(board());
    expect(plan).toMatchObject({ observed: 5, open: 2, freeSlotsNeeded: 0 });
    expect(plan.shipOrder.map(({ name }) => name)).toEqual(['2026-11-20-work-1', '2026-11-20-work-2']);
    expect(updates.map(({ name, status, next }) => `${name} ${status} ${next.kind}`)).toEqual([
      '2026-11-20-work-1 pr-ready merge',
      '2026-11-20-work-2 needs-more-work unblock',
      '2026-11-20-work-3 needs-more-work await-slot',
      '2026-11-20-work-4 needs-more-work unblock',
      '2026-11-20-work-5 archived nothing',
    ]);
  });

  test('a category that moved since the last sweep is not cold', () => {
    const { plan } = decideSweep(board());
    expect(plan.coldCategories).toEqual(['Data Integrity', 'Golden Path', 'Graph', 'Infrastructure', 'Analytics']);
    expect(plan.backfill.at(-1)).toBe('Security');
  });

  test('actions are the log since the last sweep, in its order; moves are part of it', () => {
    const moved = logged(1, 'bob', 'active: a slot was free', '2026-11-20T08:00:00Z');
    const drew = logged(1, 'alice', 'drew the axis', '2026-11-20T09:00:00Z');
    const facts = boardFacts([boardSession(session(1), { since: [moved, drew] })]);
    expect(decideSweep(facts).updates[0]?.actions).toEqual(['bob: active: a slot was free', 'alice: drew the axis']);
  });

  test('the comment', () => {
    const { comment } = decideSweep(board());
    expect(comment.split('\n').slice(0, 9)).toEqual([
      '<!-- playcaller:sweep 2026-11-21 -->',
      '## Sweep of 2026-11-21 · cycle 3',
      '',
      expect.stringMatching(/^\*\*Now:\*\* merge \[#9\]\(.+\); unblock \[#2\]\(.+\) and \[#4\]\(.+\)\.$/),
      '',
      '**Next:** cold: Data Integrity, Golden Path, Graph and 2 more.',
      '',
      'Sessions observed: 5 · capacity 15 · reserve 1 · free slots needed 0',
      '2 active · 2 planned · 1 archived since the last sweep',
    ]);
    const shown = readMarkdown(comment);
    expect(shown.tables[0]).toEqual([
      ['#', 'Session', 'Category', 'PR', 'Age', 'Why here'],
      ['1', '#1 Work 1', 'UX', '#9', '1 d', 'ready: only the merge is left'],
      ['2', '#2 Work 2', 'CI Stability', '–', '1 d', 'blocked: no reason given yet'],
    ]);
    expect(shown.links).toContain('https://github.com/acme/shop/pull/9');
    const updates = shown.codeBlocks.filter((block) => block.startsWith('==='));
    expect(updates).toHaveLength(5);
    expect(updates[0]).toContain('ACTIONS PERFORMED:\n- alice: drew the axis\n');
    expect(comment).toContain('**Backfill queue (start next):** Data Integrity → Golden Path →');
    expect(comment).not.toMatch(/\d\d:\d\d/);
  });

  test("the tracker's body", () => {
    const { body } = decideSweep(board());
    expect(body.split('\n')[0]).toBe('<!-- playcaller:tracker -->');
    const shown = readMarkdown(body);
    expect(shown.rows).toEqual([
      ['Session', 'Type', 'Category', 'PR', 'Verdict', 'Left'],
      ['#1 Work 1', 'tiny', 'UX', '#9', 'ready', '3'],
      ['#2 Work 2 (blocked)', 'tiny', 'CI Stability', '–', '–', '3'],
    ]);
    expect(body).toContain('1. [#3](https://github.com/acme/shop/issues/3) Work 3');
    expect(body).toContain('/session sweep');
  });

  test('configuration faults stand on top', () => {
    const facts = board();
    facts.repo.faults = [
      { file: '.github/playcaller.yml', line: 4, column: 3, field: 'gate.items.size', message: 'unknown key @all' },
      { file: '.github/playbooks/x.yml', line: 1, column: 1, field: '', message: 'the file is empty' },
    ];
    const { body } = decideSweep(facts);
    const lines = body.split('\n');
    expect(lines[1]).toBe('> [!WARNING]');
    expect(body).toContain('> - `.github/playcaller.yml:4` `gate.items.size` unknown key');
    expect(body).toContain('> - `.github/playbooks/x.yml:1` the file is empty');
    expect(readMarkdown(body).text).not.toContain('@all');
  });

  test('same facts, same bytes, in whatever order they were read', () => {
    const facts = board();
    const again = structuredClone({ ...facts, sessions: facts.sessions.toReversed() });
    expect(decideSweep(again)).toEqual(decideSweep(facts));
  });

  test('the body does not move from day to day', () => {
    const facts = board();
    const later = { ...facts, now: '2026-11-24T07:00:00Z', cycle: { ...facts.cycle, day: '2026-11-24', number: 4 } };
    expect(decideSweep(later).body).toBe(decideSweep(facts).body);
  });

  test('nothing at all: a warm word', () => {
    const { plan, comment, body, updates } = decideSweep(boardFacts([], { previous: null }));
    expect(plan).toMatchObject({ observed: 0, freeSlotsNeeded: 0, coldCategories: CATEGORIES });
    expect(comment).toContain('A quiet board');
    expect(comment).toContain('Sessions observed: 0 · capacity 15 · reserve 1 · free slots needed 0');
    expect(body).toContain('None yet.');
    // GitHub may cut the end of a body: then it would never compare equal.
    for (const text of [comment, body]) expect(text).toBe(text.trimEnd());
    expect(updates).toEqual([]);
  });

  test('all archived: nothing to ship, one update each', () => {
    const { comment } = decideSweep(boardFacts([boardSession(session(5, 'completed'))]));
    expect(comment).toContain('Nothing is under way.');
    expect(comment).toContain('STATUS:\narchived');
  });
});

describe('limits', () => {
  const crowd = (n: number, title = 'Work', state: 'active' | 'planned' = 'active') =>
    boardFacts(Array.from({ length: n }, (_, i) => boardSession(session(i + 1, state, { title: `${title} ${i}` }))));

  test('5,000 sessions: rows are left out and counted, no update is cut', () => {
    const { plan, comment, body } = decideSweep(crowd(5000));
    expect(plan.shipOrder).toHaveLength(5000);
    for (const text of [comment, body]) expect(text.length).toBeLessThanOrEqual(65_000);
    const [ship = []] = readMarkdown(comment).tables;
    const rows = ship.length - 1;
    expect(rows).toBeGreaterThan(300);
    expect(comment).toContain(`${5000 - rows} more sessions, not shown here.`);
    expect(comment).toContain('5000 more updates, not shown here.');
    expect(ship.every((row) => row.length === 6)).toBe(true);
    expect(body).toMatch(/\n\d+ more lines, not shown here\.\n/);
  });

  test('300 sessions: all rows, and as many whole updates as fit', () => {
    const { comment } = decideSweep(crowd(300));
    const shown = readMarkdown(comment);
    expect(comment.length).toBeLessThanOrEqual(65_000);
    expect(shown.tables[0]).toHaveLength(301);
    expect(shown.codeBlocks.length).toBeGreaterThan(20);
    expect(shown.codeBlocks.every((text) => text.endsWith('no pull request yet'))).toBe(true);
    expect(comment).toContain(`${300 - shown.codeBlocks.length} more updates, not shown here.`);
  });

  test('a long queue fits too', () => {
    const { comment, body } = decideSweep(crowd(3000, '界'.repeat(200), 'planned'));
    for (const text of [comment, body]) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_000);
    expect(comment).toMatch(/\n- … and 29[89]\d more\n/);
  });
});

test('hostile texts mention nobody, link nowhere and break no table', () => {
  const evil = 'x | @acme/all closes #1 <!-- playcaller:card --> [a](https://evil.test) ![i](https://evil.test/i)\n# T';
  const facts = boardFacts([
    boardSession(session(1, 'active', { id: evil, title: evil, category: evil, type: evil, blocked: true }), {
      pulls: [pullRecord(9, { title: evil, headRef: evil, url: 'javascript:alert(1)' })],
      since: [logged(1, evil, evil)],
    }),
    boardSession(session(2, 'planned', { id: `${evil}2`, title: evil, type: evil })),
  ]);
  facts.repo.config = { ...facts.repo.config, categories: [evil.slice(0, 50)] };
  const { comment, body } = decideSweep(facts);
  for (const text of [comment, body]) {
    const shown = readMarkdown(text);
    expect(shown.text).not.toMatch(/@acme|#1 <|https:\/\/evil/);
    expect(shown.links.every((url) => url.startsWith('https://github.com/acme/shop/'))).toBe(true);
    for (const table of shown.tables) expect(new Set(table.map((row) => row.length)).size).toBe(1);
    expect(shown.html.filter((html) => html.startsWith('<!--'))).toHaveLength(1);
    expect(text.match(/<!--/g)).toHaveLength(1);
    expect(shown.headings).not.toContain('T');
  }
});
