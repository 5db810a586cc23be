/** What people see of a sweep, as files to read and to compare: the comment, the terminal, the issues of duties. */
import { describe, expect, test } from 'vitest';
import { dutyIssue } from '../../src/render/sweep/duty-issue.ts';
import { fullPlanText } from '../../src/render/sweep/full-plan-text.ts';
import { planJson } from '../../src/render/sweep/plan-json.ts';
import { sweepComment } from '../../src/render/sweep/sweep-comment.ts';
import { dutyOf } from './golden-duties.ts';
import { allBlocked, crowded, EVIL, emptyBoard, emptyPlan, fullBoard, hostile, reportOf, row, SHOP } from './golden-reports.ts';
import { readMarkdown } from './read-markdown.ts';

const GOLDEN = { 'full-board': fullBoard, 'empty-board': emptyBoard, 'all-blocked': allBlocked, 'hostile-names': hostile };

/** Control characters but the line break, and those that turn a line around. */
const UNSEEN = /[^\P{Cc}\n]|[\u202A-\u202E]/u;

describe('the comment', () => {
  test.each(Object.entries(GOLDEN))('%s', async (name, report) => {
    const comment = sweepComment(report());
    expect(sweepComment(structuredClone(report()))).toBe(comment);
    await expect(`${comment}\n`).toMatchFileSnapshot(`golden/${name}.md`);
  });

  test('5,000 sessions: the first lines and the last ones', async () => {
    const lines = sweepComment(crowded()).split('\n');
    const ends = [...lines.slice(0, 24), '[…]', ...lines.slice(-130)];
    await expect(`${ends.join('\n')}\n`).toMatchFileSnapshot('golden/5000-sessions.md');
  });

  test('no clock time, one marker, one heading besides the table’s', () => {
    const comment = sweepComment(fullBoard());
    expect(comment).not.toMatch(/\d\d:\d\d/);
    expect(comment.match(/<!--/g)).toHaveLength(1);
    expect(readMarkdown(comment).headings).toEqual(['Sweep of 2026-11-20 · cycle 24', 'Close or ship in this order']);
  });

  test('what stands open is short, whatever is folded', () => {
    const open = sweepComment(fullBoard()).replace(/<details>[\s\S]*<\/details>/g, '');
    expect(open.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(50);
  });

  test('nothing to do is said in three words', () => {
    const plan = emptyPlan({ coldCategories: [], fastLaneTurn: null });
    expect(sweepComment(reportOf(plan))).toContain('**Now:** nothing needs a hand.\n\nSessions observed: 0');
  });

  test('over capacity with nothing to ship still says how many slots', () => {
    expect(sweepComment(reportOf(emptyPlan({ freeSlotsNeeded: 2 })))).toContain('**Now:** free 2 slots.');
  });

  test('what is due is late until it has begun', () => {
    const issue = { key: 'hardening:#138', number: 139, url: `${SHOP}/issues/139`, state: 'open' as const };
    const plan = emptyPlan({ duties: [{ ...dutyOf('hardening'), due: 20, issue }] });
    const hardening = row(139, 'Harden it');
    expect(sweepComment(reportOf(plan, { waiting: [hardening] }))).toContain('**due since cycle 20**');
    expect(sweepComment(reportOf(plan, { active: [{ ...hardening, blocked: true }] }))).toContain('**due since cycle 20**');
    expect(sweepComment(reportOf(plan, { active: [hardening] }))).toMatch(/ · under way: .*#138.* was an incident$/m);
  });

  test('what the sweep does itself is told as done', () => {
    const report = fullBoard();
    report.plan.starts = report.plan.starts.map((one) => ({ ...one, acts: true }));
    report.plan.duties = report.plan.duties.map((one) => ({ ...one, acts: true }));
    report.plan.refills = report.plan.refills.map((one) => ({ ...one, acts: true }));
    const comment = sweepComment(report);
    expect(comment).toContain('**Started by this sweep**');
    expect(comment).toContain('started as `session:feature`');
    expect(comment).toContain('→ opened by this sweep');
    expect(comment).toContain('moved up from the reserve');
    expect(comment).not.toMatch(/label it|open it/);
  });
});

describe('limits', () => {
  test.each([16, 60, 120, 300, 1200, 5000])('%i sessions: under the limit, only whole parts', (sessions) => {
    const comment = sweepComment(crowded(sessions));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_000);
    expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
    expect((comment.match(/^`{3,}/gm)?.length ?? 0) % 2).toBe(0);
    const [ship = []] = readMarkdown(comment).tables;
    const shown = ship.length - 1;
    expect(shown + Number(/(\d+) more sessions?, not shown/.exec(comment)?.[1] ?? 0)).toBe(sessions);
    const updates = comment.match(/=== SESSION UPDATE/g)?.length ?? 0;
    expect(updates + Number(/(\d+) more updates?, not shown/.exec(comment)?.[1] ?? 0)).toBe(sessions);
    // Charts go first, then updates, then rows.
    if (updates < sessions) expect(comment).not.toContain('```mermaid');
    if (shown < sessions) expect(updates).toBe(0);
  });

  test('texts of 300 wide or escaped characters in every place', () => {
    for (const letters of ['界'.repeat(300), '👩‍👩‍👧'.repeat(100), '@'.repeat(300), '#1'.repeat(150)]) {
      const report = crowded(400);
      report.active = report.active.map((row) => ({ ...row, title: letters, category: letters }));
      report.plan.blockers = report.plan.blockers.map((one) => ({ ...one, why: letters }));
      report.plan.coldCategories = Array.from({ length: 300 }, (_, index) => `${index}${letters}`);
      report.plan.backfill = report.plan.coldCategories;
      report.plan.duties = report.plan.duties.map((one) => ({ ...one, title: letters, because: letters }));
      const comment = sweepComment(report);
      expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_000);
      expect(readMarkdown(comment).tables[0]?.length).toBeGreaterThan(5);
    }
  });

  test('a chart has at most 14 points, only numbers, and labels of ours', () => {
    const { codeBlocks } = readMarkdown(sweepComment(crowded(16)));
    const charts = codeBlocks.filter((block) => block.startsWith('xychart-beta'));
    expect(charts).toHaveLength(1);
    expect(charts[0]?.match(/"11-20"/g)).toHaveLength(14);
    for (const chart of readMarkdown(sweepComment(hostile())).codeBlocks.filter((block) => block.startsWith('xychart-beta'))) {
      for (const label of chart.match(/"[^"]*"/g) ?? []) expect(label).toMatch(/^"[\p{L}\p{N} :,-]*"$/u);
      for (const [, data = ''] of chart.matchAll(/(?:bar|line) \[(.*)\]/g)) expect(data).toMatch(/^\d+(, \d+)*$/);
      expect(chart.split('\n')).toHaveLength(chart.includes('line [') ? 6 : 5);
    }
  });
});

describe('hostile names', () => {
  test('mention nobody, refer to nothing, lead nowhere, open and close nothing', () => {
    const comment = sweepComment(hostile());
    const shown = readMarkdown(comment);
    expect(shown.text).not.toMatch(/@acme|#1 closes|GH-2|https:\/\/evil/);
    for (const url of shown.links) expect(url).toMatch(/^https:\/\/github\.com\/acme\/shop\//);
    for (const html of shown.html)
      expect(html).toMatch(/^(?:<!-- playcaller:sweep 2026-11-20 -->|<\/?(?:details|summary|code)\b)/);
    expect(shown.html.join()).not.toContain('<script');
    expect(comment.match(/<!--/g)).toHaveLength(1);
    for (const table of shown.tables) expect(new Set(table.map((row) => row.length)).size).toBe(1);
    expect(shown.headings).not.toContain('Heading');
    expect(comment).not.toMatch(UNSEEN);
    expect(comment.match(/^=== SESSION UPDATE/gm)).toHaveLength(5);
  });

  test('in the terminal: one line each, no control character', () => {
    const text = fullPlanText(hostile());
    expect(text).not.toMatch(UNSEEN);
    expect(text).not.toMatch(/^# Heading|^===/m);
  });
});

describe('the terminal', () => {
  test.each(Object.entries({ 'full-board': fullBoard, 'empty-board': emptyBoard, 'all-blocked': allBlocked }))(
    '%s',
    async (name, report) => {
      const text = fullPlanText(report());
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
      expect(text).not.toMatch(/\*\*|\]\(|&#x/);
      await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
    },
  );
});

describe('issues of duties', () => {
  const { plan } = fullBoard();
  const KINDS = [
    'governance',
    'scheduler',
    'hardening',
    'retrospective',
    'deflake',
    'corrective',
    'rescue',
    'unblocker',
  ] as const;

  test.each(KINDS)('%s', async (kind) => {
    const duty = dutyOf(kind);
    const { title, body } = dutyIssue(duty, { plan, repoUrl: SHOP });
    expect(body.split('\n')[0]).toBe(`<!-- playcaller:duty ${duty.key} -->`);
    expect(body).toMatch(/\n## Acceptance criteria\n\n(- \[ \] .+\n){3,}/);
    await expect(`# ${title}\n\n${body}\n`).toMatchFileSnapshot(`golden/duty-${kind}.md`);
  });

  test('a hostile check, category or owner mentions and closes nothing', () => {
    for (const evil of EVIL)
      for (const kind of KINDS) {
        const quality = {
          flaky: [{ name: evil, sha: 'abcdef1', times: 2 }],
          slower: [],
          drift: [{ category: evil, kind: 'coverage' as const, before: 2, now: 1 }],
        };
        const blockers = [{ number: 4, name: evil, category: evil, why: evil, on: null, cycles: 2, escalation: null }];
        const own = { title: `Deflake ${evil}`, because: `#4, #5 are blocked on ${evil}`, category: evil };
        const { title, body } = dutyIssue(
          { ...dutyOf(kind), ...own },
          { plan: { quality, blockers, stalled: [] }, repoUrl: SHOP },
        );
        const shown = readMarkdown(body);
        expect(title).not.toMatch(/\n/);
        expect(shown.text).not.toMatch(/@acme|fixes #1|GH-2|https:\/\/evil/);
        expect(shown.html.filter((html) => !/^<\/?code>$/.test(html))).toEqual([body.split('\n')[0]]);
        expect(shown.headings.filter((heading) => heading === 'Acceptance criteria')).toHaveLength(1);
      }
  });
});

test('the plan as JSON: the same fields in the same order, whoever made the objects', () => {
  const { plan } = fullBoard();
  const reversed = JSON.parse(JSON.stringify(plan), (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
  );
  expect(JSON.stringify(planJson(reversed))).toBe(JSON.stringify(planJson(plan)));
  expect(planJson(plan)).toEqual(JSON.parse(JSON.stringify(plan)));
  expect(Object.keys(Object(planJson(plan))).slice(0, 5)).toEqual(['observed', 'open', 'capacity', 'reserve', 'freeSlotsNeeded']);
});
