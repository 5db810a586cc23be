/** Commands of the special sessions on plain data: what they write, what they refuse, what survives hostile input. */
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/decide/commands/help.ts';
import { readOptions } from '../../src/decide/commands/options.ts';
import { parseCommands } from '../../src/decide/commands/parse.ts';
import type { CommandResult } from '../../src/decide/commands/types.ts';
import { decide } from '../../src/decide/decide.ts';
import { auditOf } from '../../src/decide/special/audit.ts';
import { changeInPercent, inUnit, readQuantity } from '../../src/decide/special/quantity.ts';
import { rankIdeas } from '../../src/decide/special/rank-ideas.ts';
import { digest } from '../../src/model/digest.ts';
import type { Effects } from '../../src/model/effect.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import { type Gap, type Idea, NO_RECORDS, type Records } from '../../src/model/records.ts';
import type { CommandInput, Trigger } from '../../src/model/trigger.ts';
import { facts, ledger, linked, NOW, ofKind, REPO, record, repo, saved, subject } from './build.ts';

const KEY = 'IC_1:abc';

/** Runs what stands in a comment on `records`, as the app does. */
function run(body: string, over: Partial<LaneFacts> = {}, key = KEY): { result: CommandResult; records: Records } {
  const [line] = parseCommands(body);
  const command = commands.find((candidate) => candidate.verb === line?.verb);
  if (!line || !command) throw new Error(`no command: ${body}`);
  const shown = facts({ own: ledger(), ...over });
  const result = command.run({ facts: shown, author: 'bob', rest: line.rest, below: line.below, key });
  const before = (shown.own ?? shown.served)?.session.records ?? NO_RECORDS;
  return { result, records: result.kind === 'ask' ? (result.ask.update?.(before) ?? before) : before };
}

function wrong(body: string, over: Partial<LaneFacts> = {}): string {
  const { result } = run(body, over);
  if (result.kind !== 'wrong') throw new Error(`taken: ${body}`);
  return result.because;
}

function trigger(body: string): Trigger {
  const command = {
    kind: 'command' as const,
    commentId: 'IC_9',
    body,
    author: 'alice',
    isPull: false,
    labels: [],
  } satisfies CommandInput;
  return { kind: 'command', repo: REPO, number: 1, installationId: 1, now: NOW, guid: 'g', command };
}

function decided(body: string, over: Partial<LaneFacts> = {}): Effects {
  const effects = decide(trigger(body), facts({ own: ledger(), permission: 'admin', ...over }));
  if (!effects) throw new Error('nothing decided');
  return effects;
}

const report = (effects: Effects, role: string) =>
  ofKind(effects, 'comment.create').find(({ body }) => body.startsWith(`<!-- playcaller:${role} -->`))?.body ?? '';

function ideaOf(over: Partial<Idea> = {}): Idea {
  const said = { key: KEY, by: 'bob', at: NOW };
  return {
    ...said,
    title: 'Cache',
    impact: 9,
    confidence: 9,
    effort: 7,
    kind: null,
    lens: null,
    needs: null,
    issue: null,
    ...over,
  };
}

function gapOf(over: Partial<Gap> = {}): Gap {
  const texts = { current: 'c', gap: 'g', risk: 'r', mitigation: 'm', owner: 'o' };
  return { key: KEY, by: 'bob', at: NOW, ...texts, impact: 'high', priority: 'P2', effort: 1, issue: null, ...over };
}

const withRecords = (over: Partial<Records>) => ({ own: ledger({ records: { ...NO_RECORDS, ...over } }) });

describe('options', () => {
  const kinds = { i: 'word', needs: 'text' } as const;

  it.each([
    ['A title i=9 needs=a new cache', 'A title', { i: '9', needs: 'a new cache' }],
    ['i=9 needs="a new cache" A title', 'A title', { i: '9', needs: 'a new cache' }],
    ['A title  I = 9', 'A title', { i: '9' }],
    ['Let x=1 be i=2', 'Let x=1 be', { i: '2' }],
    ['"A title"', 'A title', {}],
    ['needs=“curly quotes” i=1', '', { needs: 'curly quotes', i: '1' }],
    ['hi=5 i=2', 'hi=5', { i: '2' }],
  ])('%s', (text, title, options) => {
    expect(readOptions(text, kinds)).toMatchObject({ text: title, options, twice: [], unknown: [], unclosed: false });
  });

  it('says what was given twice, is unknown, or not closed', () => {
    expect(readOptions('t i=1 i=2 colour=red needs="open', kinds)).toMatchObject({
      twice: ['i'],
      unknown: ['colour'],
      unclosed: true,
    });
  });

  it('65,000 characters of options are read at once', () => {
    const given = readOptions('i=1 '.repeat(16_000), kinds);
    expect(given.twice).toHaveLength(15_999);
  });
});

describe('/session idea (P6)', () => {
  it('notes scores, kind, lens and what it needs', () => {
    const { records } = run('/session idea Keep answers i=9 c=9 e=7 kind=Core lens=DATA needs="the new cache"');
    expect(records.ideas).toEqual([ideaOf({ title: 'Keep answers', kind: 'core', lens: 'data', needs: 'the new cache' })]);
  });

  it.each([
    ['/session idea i=9 c=9 e=7', 'has no title'],
    ['/session idea X i=0 c=9 e=7', '`i` (impact) must be a number from 1 to 10, not `0`'],
    ['/session idea X i=9 c=10.5 e=7', '`c` (confidence)'],
    ['/session idea X i=9 c=9 e=-1', '`e` (ease)'],
    ['/session idea X i=9 c=9 e=1e1', '`e` (ease)'],
    ['/session idea X i=9 c=9 e=٧', '`e` (ease)'],
    ['/session idea X i=NaN c=9 e=7', '`i` (impact)'],
    ['/session idea X i=9 c=9', '`e` (ease) must be a number from 1 to 10: it is missing'],
    ['/session idea X i=9 c=9 e=7 kind=coer', 'Did you mean `core`?'],
    ['/session idea X i=9 c=9 e=7 lens=fun', '`lens` is one of'],
    ['/session idea X i=9 i=8 c=9 e=7', 'Given twice: `i`'],
    ['/session idea X i=9 c=9 e=7 lense=data', 'Did you mean `lens=`?'],
    ['/session idea promote two', 'Say which idea'],
    ['/session idea promote 1', 'no ideas yet'],
  ])('%s is refused', (body, because) => {
    expect(wrong(body)).toContain(because);
  });

  it('names several faults in one reply', () => {
    expect(wrong('/session idea X i=11 c=0').split('\n')).toHaveLength(3);
  });

  it('the same title gets new scores, keeps its number, key and issue; a retry changes nothing', () => {
    const own = withRecords({
      ideas: [ideaOf({ title: 'Other', key: 'o' }), ideaOf({ key: 'first', promoted: true, issue: 7 })],
    });
    const { records } = run('/session idea  CACHE i=1 c=1 e=1', own, 'second');
    expect(records.ideas[1]).toMatchObject({ key: 'first', title: 'CACHE', impact: 1, promoted: true, issue: 7 });
    const again = run('/session idea  CACHE i=1 c=1 e=1', withRecords({ ideas: records.ideas }), 'second');
    expect(again.records).toEqual(records);
  });

  it('an idea that begins with "promote" is an idea', () => {
    expect(run('/session idea Promote the newsletter i=1 c=1 e=1').records.ideas).toHaveLength(1);
  });

  it('no session, an ended one, a full notebook: refused with the reason', () => {
    const body = '/session idea X i=1 c=1 e=1';
    expect(wrong(body, { own: null })).toContain('no session here');
    expect(wrong(body, { own: ledger({ state: 'completed' }) })).toContain('is completed');
    const ideas = Array.from({ length: 100 }, (_, at) => ideaOf({ key: `k${at}`, title: `Idea ${at}` }));
    expect(wrong(body, withRecords({ ideas }))).toContain('takes 100 of each kind');
    expect(run('/session idea Idea 5 i=1 c=1 e=1', withRecords({ ideas })).records.ideas).toHaveLength(100);
  });

  it('ranks: three, then five, then the rest; equals in the order they were said', () => {
    const ideas = Array.from({ length: 10 }, (_, at) => ideaOf({ key: `k${at}`, title: `${at}`, impact: at < 2 ? 5 : at }));
    const ranked = rankIdeas(ideas);
    expect(ranked.map(({ place }) => place[0]).join('')).toBe('bbbiiiiirr');
    expect(ranked.filter(({ idea }) => idea.impact === 5).map(({ number }) => number)).toEqual([1, 2, 6]);
    expect(rankIdeas([ideaOf()])[0]?.score).toBe(5.67);
  });
});

describe('issues of ideas and gaps', () => {
  const promoted = { ideas: [ideaOf({ promoted: true })] };
  const key = digest(KEY);

  it('is made once, with its mark; the lane looks again when it is there', () => {
    const effects = decided('/session idea promote 1', withRecords({ ideas: [ideaOf()] }));
    const [made, ...more] = ofKind(effects, 'issue.create');
    expect(more).toEqual([]);
    expect(made).toMatchObject({ title: 'Cache', remember: { number: 1, role: `issue:${key}` } });
    expect(made?.body).toContain(`<!-- playcaller:made ${key} -->`);
    expect(effects.after.at(0)).toMatchObject({ kind: 'wake', lane: `${REPO}#1`, why: 'issue-made' });
    expect(report(effects, 'ideas')).toContain('on its way');
  });

  it.each([
    ['by its mark', { made: [{ id: 'I_77', number: 77, body: `<!-- playcaller:made ${key} -->\nAn idea` }] }, {}],
    ['by its remembered id', { made: [{ id: 'I_77', number: 77, body: 'someone wrote it anew' }] }, { [`issue:${key}`]: 'I_77' }],
  ])('after a crash it is found %s and not made again', (_, found, artefacts) => {
    const own = ledger({ records: { ...NO_RECORDS, ...promoted } }, { artefacts });
    const effects = decided('/session help', { own, subject: subject(found) });
    const asked = decide(
      { kind: 'subject', repo: REPO, number: 1, installationId: 1, now: NOW, guid: 'g', changes: [] },
      facts({ own, subject: subject(found) }),
    );
    expect(ofKind(effects, 'issue.create')).toEqual([]);
    expect(ofKind(asked ?? effects, 'issue.create')).toEqual([]);
    expect(saved(asked ?? effects)?.records.ideas[0]?.issue).toBe(77);
  });

  it('someone else’s issue with that mark below its first line is not taken for it', () => {
    const own = ledger({ records: { ...NO_RECORDS, ...promoted } });
    const found = { made: [{ id: 'I_77', number: 77, body: `> <!-- playcaller:made ${key} -->` }] };
    const effects = decide(
      { kind: 'subject', repo: REPO, number: 1, installationId: 1, now: NOW, guid: 'g', changes: [] },
      facts({ own, subject: subject(found) }),
    );
    expect(ofKind(effects ?? decided(''), 'issue.create')).toHaveLength(1);
  });

  it('made and deleted by a person: not made again', () => {
    const own = ledger({ records: { ...NO_RECORDS, ...promoted } }, { artefacts: { [`issue:${key}`]: 'I_77' } });
    const effects = decide(
      { kind: 'subject', repo: REPO, number: 1, installationId: 1, now: NOW, guid: 'g', changes: [] },
      facts({ own, subject: subject({ made: [] }) }),
    );
    expect(effects?.github.filter(({ kind }) => kind === 'issue.create')).toEqual([]);
  });

  it('issues are off: an idea is refused, a gap is noted and says so', () => {
    const off = { repo: repo({ hasIssues: false }) };
    expect(wrong('/session idea promote 1', { ...withRecords({ ideas: [ideaOf()] }), ...off })).toContain('switched off');
    const effects = decided(
      '/session gap\nCurrent: a\nGap: b\nRisk: c\nImpact: low\nMitigation: d\nOwner: e\nPriority: P0\nEffort: 1',
      off,
    );
    expect(ofKind(effects, 'issue.create')).toEqual([]);
    expect(report(effects, 'gaps')).toContain('issues are off here');
  });
});

describe('/session gap (P7)', () => {
  const GOOD = [
    'Current: a',
    'Gap: b',
    'Risk: c',
    'Impact: HIGH',
    'Mitigation: d',
    'Owner: e',
    'Priority: p1',
    'Effort: 0.5 days',
  ];

  it('takes its lines in any order and any case, also bold and going on in the next line', () => {
    const lines = [...GOOD].reverse().map((line) => line.replace(/^\w+/, (name) => `**${name.toUpperCase()}**`));
    const { records } = run(['/session gap', ...lines, 'and more of a'].join('\n'));
    expect(records.gaps).toEqual([
      gapOf({ current: 'a and more of a', gap: 'b', risk: 'c', mitigation: 'd', owner: 'e', priority: 'P1', effort: 0.5 }),
    ]);
  });

  it.each([
    [GOOD.filter((line) => !line.startsWith('Risk')), '`Risk:` is missing'],
    [[...GOOD, 'Owner: f'], '`Owner:` stands twice'],
    [GOOD.map((line) => line.replace('0.5 days', '-1')), '`Effort:` must be days'],
    [GOOD.map((line) => line.replace('0.5 days', '0')), '`Effort:` must be days'],
    [GOOD.map((line) => line.replace('p1', 'urgent')), '`Priority:` must be P0 to P4, not `urgent`'],
    [['hello', ...GOOD], '“hello” belongs to no field'],
    [GOOD.map((line) => line.replace('Gap: b', 'Gap: \u200b')), '`Gap:` has no text'],
  ])('%s is refused', (lines, because) => {
    expect(wrong(['/session gap', ...lines].join('\n'))).toContain(because);
  });

  it('nothing below it: all eight are named', () => {
    expect(wrong('/session gap').split('\n')).toHaveLength(8);
  });

  it('the report: order, quick wins of a day at most, debt without them', () => {
    const gaps = [
      gapOf({ key: '1', priority: 'P3', impact: 'high', effort: 1 }),
      gapOf({ key: '2', priority: 'P2', impact: 'high', effort: 1.5 }),
      gapOf({ key: '3', priority: 'P2', impact: 'high', effort: 0.5 }),
      gapOf({ key: '4', priority: 'P0', impact: 'low', effort: 9 }),
      gapOf({ key: '5', priority: 'P4', impact: 'low', effort: 0.25 }),
    ];
    const audit = auditOf(gaps);
    expect(audit.top.map(({ number }) => number)).toEqual([4, 3, 2]);
    expect(audit.quickWins.map(({ number }) => number)).toEqual([3, 1]);
    expect(audit.debt).toEqual({ gaps: 2, days: 1.75 });
    expect(audit.matrix.P2).toEqual({ high: 2, medium: 0, low: 0 });
  });
});

describe('/session measure (P8)', () => {
  it.each([
    ['12.5s', { value: 12.5, unit: 's' }],
    ['340 ms', { value: 340, unit: 'ms' }],
    ['45%', { value: 45, unit: '%' }],
    ['1,200 req/s', { value: 1200, unit: 'req/s' }],
    ['3 Seconds', { value: 3, unit: 's' }],
    ['8', { value: 8, unit: '' }],
    ['.5 MB', { value: 0.5, unit: 'MB' }],
    ['-3s', null],
    ['12,5s', null],
    ['fast', null],
    ['1e9', null],
    ['', null],
  ])('reads %s', (text, quantity) => {
    expect(readQuantity(text)).toEqual(quantity);
  });

  it('brings values of one kind into one unit', () => {
    expect(inUnit({ value: 12.5, unit: 's' }, 'ms')).toBe(12_500);
    expect(inUnit({ value: 1, unit: 'GB' }, 'MB')).toBe(1000);
    expect(inUnit({ value: 7, unit: '' }, 'ms')).toBe(7);
    expect(inUnit({ value: 1, unit: 's' }, 'MB')).toBeNull();
    expect(changeInPercent(45, 27)).toBe(-40);
    expect(changeInPercent(0, 27)).toBeNull();
  });

  it('before and after may come apart, in different units; a new result wants to be confirmed anew', () => {
    const first = run('/session measure the search before=1.2s runs=50').records;
    expect(first.measures[0]).toMatchObject({ before: 1.2, after: null, unit: 's', runs: 50, same: false });
    const second = run('/session measure The Search after=340 ms same', withRecords(first), 'b').records;
    expect(second.measures).toHaveLength(1);
    expect(second.measures[0]).toMatchObject({ key: KEY, before: 1.2, after: 0.34, unit: 's', runs: 50, same: true });
    const third = run('/session measure the search after=300ms', withRecords(second), 'c').records;
    expect(third.measures[0]).toMatchObject({ after: 0.3, same: false });
    const inMs = run('/session measure the search unit=ms same', withRecords(third), 'd').records;
    expect(inMs.measures[0]).toMatchObject({ before: 1200, after: 300, unit: 'ms', same: true });
  });

  it.each([
    ['/session measure', 'Name what was measured'],
    ['/session measure import', 'Give at least one'],
    ['/session measure import before=soon', '`before` must be a number'],
    ['/session measure import before=3s after=2MB', '`after` is in `MB`, which cannot be compared with `s`'],
    ['/session measure import after=3s runs=0', '`runs` must be a whole number'],
    ['/session measure import after=3s runs=many', '`runs` must be a whole number'],

    ['/session measure import runs=2 affter=3', 'Did you mean `after=`?'],
  ])('%s is refused', (body, because) => {
    if (body.includes('affter=3 runs')) expect(run(body).records.measures[0]?.metric).toBe('import affter=3');
    else expect(wrong(body)).toContain(because);
  });
});

describe('/session joint (P10)', () => {
  it.each(['->', '→', '-->', '=>'])('takes the arrow %s', (arrow) => {
    const { records } = run(`/session joint cart ${arrow} payment: Order {total: cents} failure=times out fallback=try again`);
    expect(records.joints[0]).toMatchObject({
      producer: 'cart',
      consumer: 'payment',
      contract: 'Order {total: cents}',
      failure: 'times out',
      fallback: 'try again',
    });
  });

  it('said again with a fallback, it keeps its failure', () => {
    const first = run('/session joint a -> b: c failure=slow').records;
    const second = run('/session joint A -> B: C fallback=wait', withRecords(first), 'x').records;
    expect(second.joints).toHaveLength(1);
    expect(second.joints[0]).toMatchObject({ failure: 'slow', fallback: 'wait' });
  });

  it.each([
    '/session joint cart payment',
    '/session joint cart -> payment',
    '/session joint -> b: c',
    '/session joint a -> a: c',
  ])('%s is refused', (body) => {
    expect(wrong(body)).not.toBe('');
  });
});

describe('/session waive (G7)', () => {
  const pulls = { subject: subject({ pulls: [linked()] }) };

  it('holds for the commit of the open pull request; sticky for all', () => {
    expect(run('/session waive tests layout only', pulls).records.waivers).toEqual([
      { key: KEY, by: 'bob', at: NOW, item: 'tests', why: 'layout only', headSha: 'b'.repeat(40), sticky: false },
    ]);
    expect(run('/session waive TESTS --sticky layout only', pulls).records.waivers[0]).toMatchObject({
      why: 'layout only',
      headSha: null,
      sticky: true,
    });
  });

  it.each([
    ['/session waive', 'Say which item'],
    ['/session waive test layout', 'Did you mean `tests`?'],
    ['/session waive tests', 'in a few words why'],
    ['/session waive tests …', 'in a few words why'],
    ['/session waive tests --off', 'Nothing is waived'],
  ])('%s is refused', (body, because) => {
    expect(wrong(body, pulls)).toContain(because);
  });

  it('without an open pull request, or with several, it says what to do', () => {
    expect(wrong('/session waive tests layout')).toContain('--sticky');
    const two = subject({ pulls: [linked(), linked({ id: 'PR_6', number: 6 })] });
    expect(wrong('/session waive tests layout', { subject: two })).toContain('#5, #6');
  });

  it('a new one takes the place of the old for its item and commit', () => {
    const first = run('/session waive tests layout only', pulls).records;
    const second = run('/session waive tests truly layout only', { ...pulls, ...withRecords(first) }, 'x').records;
    expect(second.waivers.map(({ why }) => why)).toEqual(['truly layout only']);
  });

  it('only maintainers', () => {
    const effects = decided('/session waive tests layout', { ...pulls, permission: 'write' });
    expect(saved(effects)).toBeNull();
    expect(ofKind(effects, 'comment.create')[0]?.body).toContain('needs maintain');
  });
});

describe('a command on the pull request that serves a session', () => {
  it('writes into that session, wakes it, and does so once', () => {
    const served = ledger();
    const effects = decided('/session measure import before=3s', {
      own: null,
      served,
      subject: subject({ number: 5, labels: [] }),
      record: record(),
    });
    expect(saved(effects)).toMatchObject({ number: 1, version: 4, records: { measures: [{ metric: 'import', before: 3 }] } });
    expect(effects.ledger).toContainEqual({ kind: 'wake', lane: `${REPO}#1`, why: 'told' });
  });
});

describe('hostile input', () => {
  const EVIL = [
    '@acme/team Fixes #1 closes GH-2',
    'a | b | c',
    '`code` **bold** <b>html</b> <!-- playcaller:card -->',
    '"] --> x; click n1 "javascript:alert(1)" %%{init: {}}%%',
    '\u202Eright to left\u200B\u2066 zero\u200Dwidth',
    'x'.repeat(500),
    '🚀'.repeat(200),
    '```mermaid end subgraph',
    'https://evil.example www.evil.example',
    '](https://evil.example) ![x](y)',
    '{"__proto__": 1} $(whoami) {{7*7}}',
  ];

  it.each(EVIL)('%j is shown without effect', (text) => {
    const quoted = text.replaceAll('"', "'");
    const bodies = [
      `/session idea ${quoted} i=1 c=1 e=1 needs="${quoted}"`,
      `/session measure ${quoted} before=1 after=2`,
      `/session joint ${quoted.replaceAll(':', ';')} -> b: ${quoted} failure="${quoted}" fallback="${quoted}"`,
      ['/session gap', ...['Current', 'Gap', 'Risk', 'Mitigation', 'Owner'].map((name) => `${name}: ${quoted}`)]
        .concat('Impact: low', 'Priority: P0', 'Effort: 1')
        .join('\n'),
    ];
    for (const body of bodies) {
      const [line] = parseCommands(body);
      const effects = decide(trigger(body), facts({ own: ledger(), permission: 'admin' }));
      if (!line || !effects) continue;
      const said = [...ofKind(effects, 'comment.create'), ...ofKind(effects, 'comment.update')].map((one) => one.body);
      const issues = ofKind(effects, 'issue.create');
      for (const out of [...said, ...issues.map((issue) => issue.body)]) {
        const visible = out.replace(/<!-- playcaller:[^>]*-->/g, '');
        // In a code block GitHub links nothing.
        const prose = visible.replace(/```mermaid\n[\s\S]*?\n```/, '');
        expect(prose).not.toMatch(/@acme|(?<![\w&])#1\b|GH-2|<b>|<!-- playcaller:card|:\/\/evil|www\.evil/);
        expect(visible).not.toMatch(/[\u202E\u200B\u2066\u200D]/);
        expect(out.length).toBeLessThan(65_536);
        for (const row of visible.split('\n').filter((each) => each.startsWith('|'))) {
          expect(row.replace(/\\\|/g, '')).toMatch(/\|$/);
        }
        const drawn = /```mermaid\n([\s\S]*?)\n```/.exec(out)?.[1]?.split('\n') ?? [];
        for (const part of drawn.slice(1)) {
          expect(part).toMatch(/^ {2}n\d+(\["[^"`<>{}()[\]|&@]*"\]| -\.?-?>\|"[^"`<>{}()[\]|&@]*"\| n\d+)$/);
        }
      }
      for (const issue of issues) expect(Array.from(issue.title).length).toBeLessThanOrEqual(120);
    }
  });

  it('tables keep their columns whatever stands in a cell', () => {
    const effects = decided('/session idea a | b \\| c i=1 c=1 e=1 needs="x | y"');
    const rows = report(effects, 'ideas')
      .split('\n')
      .filter((line) => line.startsWith('| 1 |'));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.split(/(?<!\\)(?:\\\\)*\|/)).toHaveLength(11);
  });
});
