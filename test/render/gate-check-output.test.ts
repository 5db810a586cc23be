/** The check run as people read it: three typical pull requests in full, and GitHub's limits. */
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import type { Verdict, VerdictItem } from '../../src/model/verdict.ts';
import { checkOutput, verdictDigest, verdictHeadline } from '../../src/render/gate/check-output.ts';
import { sizeOf } from '../../src/render/markdown.ts';
import { facts, file, pull, ran, repo, scan, session } from '../gate/facts.ts';

const UNREADY = facts({
  pull: pull({
    title: 'fixed stuff',
    body: '',
    closes: [12],
    files: [file('src/login.ts'), file('.env', 'added'), file('config/prod.json', 'added')],
    scan: scan({ secrets: [{ path: 'config/prod.json', line: 3, kind: 'GitHub token' }] }),
    checks: [ran('build', 'failure'), ran('e2e', 'waiting'), ran('Deploy preview', 'action-required')],
  }),
  session: session({ criteria: [{ text: 'Works for @alice, closes #3', met: false }], ticks: [] }),
});
const RUNNING = facts({ pull: pull({ checks: [ran('build', 'waiting'), ran('lint'), ran('e2e', 'waiting')] }) });
const DRAFT = facts({
  pull: pull({
    draft: true,
    closes: [],
    body: '## Summary\nKeep the voucher.\n\n## Risk\n<!-- what could go wrong? -->\n\n## Testing\n- [ ] unit\n\n## Rollback\nn/a',
  }),
  repo: repo({ tests: { level: 'advisory', options: {} } }),
  session: null,
  playbook: null,
});

function page(verdict: Verdict): string {
  const { title, summary, text, annotations } = checkOutput(verdict);
  const marks = annotations.map((mark) => `${mark.path}:${mark.line} ${mark.level}: ${mark.title}. ${mark.message}`);
  return [`# ${title}`, summary, text, ...marks].join('\n\n').concat('\n');
}

describe('typical pull requests', () => {
  it.each([
    ['ready', facts()],
    ['unready', UNREADY],
    ['running', RUNNING],
    ['draft', DRAFT],
  ])('reads well: %s', async (name, given) => {
    await expect(page(verdictOf(given))).toMatchFileSnapshot(`gate-snapshots/${name}.md`);
  });

  it('has a title of one short line', () => {
    const titles = [facts(), UNREADY, RUNNING, DRAFT].map((given) => checkOutput(verdictOf(given)).title);
    expect(titles).toEqual([
      'Ready to ship',
      '5 things to mend: diff hygiene, title, description, CI and tests',
      'Waiting for CI: 2 checks',
      'Draft: 2 things to mend before it is ready',
    ]);
  });

  it('puts what needs a hand first', () => {
    const states = checkOutput(verdictOf(UNREADY)).summary.match(/✅|❌|⏳|➖|🔕/gu);
    expect(states?.join(' ')).toBe('❌ ❌ ❌ ❌ ❌ ⏳ ⏳ 🔕 ✅ ✅ ➖ ➖ ➖');
  });

  it('never mentions a person, nor closes anything', () => {
    expect(page(verdictOf(UNREADY))).not.toMatch(/@alice|#3\b/);
  });

  it('says that nothing is asked when all items are off', () => {
    const shown = checkOutput({ state: 'neutral', headSha: 'a', items: [] });
    expect(shown).toMatchObject({ title: 'Nothing is asked of this pull request', text: '', annotations: [] });
  });
});

describe("GitHub's limits", () => {
  const item = (more: Partial<VerdictItem>): VerdictItem => ({
    id: 'title',
    title: 'Title',
    level: 'required',
    status: 'fail',
    evidence: 'x',
    mend: null,
    annotations: [],
    ...more,
  });

  it('drops whole rows, the least urgent ones, and says how many', () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      item({ evidence: `${index} ${'ä'.repeat(500)}`, status: index < 100 ? 'pass' : 'fail' }),
    );
    const { summary } = checkOutput({ state: 'fail', headSha: 'a', items: rows });
    expect(sizeOf(summary)).toBeLessThanOrEqual(65_535);
    const kept = summary.split('\n').filter((line) => line.includes('ä'));
    expect(kept.every((line) => /^\| Title \| .* \|$/.test(line) && line.length > 500)).toBe(true);
    expect(kept[0]).toContain('❌');
    expect(summary).toContain(`_${200 - kept.length} rows left out`);
  });

  it('gives 50 annotations, the worst first, and says how many more there are', () => {
    const annotations = Array.from({ length: 120 }, (_, index) => ({
      path: `src/${index % 7}.ts`,
      line: 200 - index,
      level: index % 3 === 0 ? ('failure' as const) : ('notice' as const),
      title: 't',
      message: 'm',
    }));
    const shown = checkOutput({ state: 'fail', headSha: 'a', items: [item({ annotations })] });
    expect(shown.annotations).toHaveLength(50);
    expect(shown.annotations.slice(0, 40).every(({ level }) => level === 'failure')).toBe(true);
    expect(shown.summary).toContain('70 more places');
    const again = checkOutput({ state: 'fail', headSha: 'a', items: [item({ annotations: [...annotations].reverse() })] });
    expect(again.annotations).toEqual(shown.annotations);
  });

  it('leaves out the row that is too long, and no other', () => {
    const items = [
      item({ evidence: 'x'.repeat(70_000) }),
      item({ id: 'title', title: 'Title' }),
      item({ id: 'ci', title: 'CI' }),
    ];
    const { summary } = checkOutput({ state: 'fail', headSha: 'a', items });
    expect(summary).toContain('| Title |');
    expect(summary).toContain('| CI |');
    expect(summary).toContain('_1 row left out: too long for GitHub._');
  });

  it('shows CI with hundreds of failing checks whose addresses are of any length', () => {
    const states = ['failure', 'timed-out', 'cancelled', 'action-required', 'stale'] as const;
    const checks = Array.from({ length: 300 }, (_, at) => {
      const url = `https://ci.example/${'a'.repeat(1900)}${at}`;
      return ran(`${'name '.repeat(30)}${at}`, states[at % 5] ?? 'failure', { url });
    });
    const { summary } = checkOutput(verdictOf(facts({ pull: pull({ checks }) })));
    expect(summary).toContain('| CI | ❌ mend |');
    expect(sizeOf(summary)).toBeLessThan(20_000);
  });

  it('holds for hostile facts', () => {
    const noise = '@all #1 <!-- `|\u202E'.repeat(3000);
    const files = Array.from({ length: 3000 }, (_, index) => file(`src/${noise.slice(0, 200)}${index}.ts`, 'added'));
    const given = pull({
      title: noise,
      body: noise,
      files,
      filesTotal: 9000,
      checks: Array.from({ length: 100 }, (_, index) =>
        ran(`${noise.slice(0, 300)}${index}`, 'failure', { url: `javascript:${index}` }),
      ),
      scan: scan({ secrets: files.map(({ path }) => ({ path, line: 1, kind: noise })), unread: files.map(({ path }) => path) }),
    });
    const shown = checkOutput(verdictOf(facts({ pull: given })));
    expect(shown.title.length).toBeLessThanOrEqual(120);
    expect(sizeOf(shown.summary)).toBeLessThan(20_000);
    expect(shown.summary).not.toContain('left out');
    expect(shown.summary.replaceAll(/`[^`]*`/g, '')).not.toMatch(/@all|#1|<!--|\u202E|javascript:/);
  });
});

describe('verdictDigest', () => {
  it('is the same for the same facts and another for any change', () => {
    const base = verdictOf(facts());
    expect(verdictDigest(base)).toBe(verdictDigest(structuredClone(verdictOf(facts()))));
    expect(verdictDigest(base)).toMatch(/^[0-9a-z]{1,11}$/);
    const others = [
      verdictOf(RUNNING),
      { ...base, headSha: 'other' },
      { ...base, draft: true },
      { ...base, items: base.items.slice(1) },
      { ...base, items: base.items.map((one) => (one.id === 'ci' ? { ...one, evidence: 'x' } : one)) },
    ];
    expect(new Set([base, ...others].map(verdictDigest)).size).toBe(6);
  });
});

describe('verdictHeadline', () => {
  it.each([
    ['pass', [], 'ready to ship'],
    ['fail', ['title', 'hygiene', 'ci'], 'title, diff hygiene and CI to mend'],
    ['waiting', ['ci'], 'CI not done yet'],
    ['waiting', [], 'nothing left to mend'],
    ['neutral', [], 'nothing is asked of it'],
  ] as const)('%s %j → %s', (state, open, words) => expect(verdictHeadline(state, open)).toBe(words));
});
