/** Stories of the special sessions: ideas, an audit, a performance session with its gate, joints, waivers (P6–P10, G7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, headOf, labelsOf, marked, readiness, rowOf, wordsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const report = async (issue: number, role: string) => {
  const found = await marked(stage.people.alice, issue, `<!-- playcaller:${role} -->`);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.body ?? '';
};
const bots = async (number: number) =>
  (await commentsOf(stage.people.alice, number)).filter(({ login }) => login === 'playcaller[bot]');

async function begin(title: string, type: string): Promise<number> {
  const [number = 0] = await openIssues(stage.people.alice, [title]);
  await label(stage.people.alice, number, `session:${type}`);
  await stage.settled();
  return number;
}

async function say(number: number, body: string, as = stage.people.alice): Promise<number> {
  const { data } = await as.rest.issues.createComment({ ...SHOP, issue_number: number, body });
  await stage.settled();
  return data.id;
}

async function issuesTitled(title: string): Promise<number[]> {
  const { alice } = stage.people;
  const all = await alice.paginate(alice.rest.issues.listForRepo, { ...SHOP, state: 'all', per_page: 100 });
  return all.filter((issue) => issue.title === title).map((issue) => issue.number);
}

const gateOf = async (pull: number) => {
  const run = await readiness(stage.people.alice, await headOf(stage.people.alice, pull));
  return run ? rowOf(wordsOf(run), /^\| Session type /) : [];
};

const testsOf = async (pull: number) => {
  const run = await readiness(stage.people.alice, await headOf(stage.people.alice, pull));
  return run ? rowOf(wordsOf(run), /^\| Tests /) : [];
};

describe('an idea session (P6)', () => {
  it('ranks ideas by ICE, sorts them into places, promotes one once, and lets no code through', async () => {
    const { alice } = stage.people;
    const number = await begin('What could the shop do next', 'idea-generation');
    const scores = ['i=9 c=9 e=7', 'i=8 c=8 e=8', 'i=7 c=7 e=7', 'i=6 c=6 e=6', 'i=5 c=5 e=5', 'i=4 c=4 e=4', 'i=3 c=3 e=3'];
    const more = ['i=2 c=2 e=2', 'i=1 c=1 e=1'];
    const lines = [...scores, ...more].map((score, at) => `/session idea Idea no ${at + 1} ${score}`);
    await say(number, lines.join('\n'));
    await say(number, '/session idea idea NO 1 i=9 c=9 e=7 kind=core lens=data needs="the new cache"', stage.carol);
    const ideas = await report(number, 'ideas');
    expect(rowOf(ideas, /Idea no 2/).slice(0, 4)).toEqual(['2', 'Idea no 2', '**5.12**', '8 · 8 · 8']);
    expect(rowOf(ideas, /idea NO 1/)).toEqual([
      '1',
      'idea NO 1',
      '**5.67**',
      '9 · 9 · 7',
      'core',
      'data',
      '1–3 months',
      'the new cache',
      '–',
    ]);
    const [backlog = '', incubator = '', rejected = ''] = ideas.split('####').slice(1);
    expect(backlog).toContain('Idea no 3');
    expect(incubator).toContain('Idea no 4');
    expect(incubator).toContain('Idea no 8');
    expect(rejected).toMatch(/Idea no 9.*ICE 0\.01/);
    expect(rowOf(ideas, /^\| Backlog/)).toEqual(['Backlog', '0', '3']);

    await say(number, '/session idea promote 2');
    const [made = 0, ...others] = await issuesTitled('Idea no 2');
    expect(others).toEqual([]);
    expect(await labelsOf(alice, made)).toEqual(['backlog:active']);
    expect(rowOf(await report(number, 'ideas'), /Idea no 2/).at(-1)).toBe(`#${made}`);
    await say(number, '/session idea promote 2');
    expect((await bots(number)).at(-1)?.body).toContain(`issue #${made} already`);
    expect(await issuesTitled('Idea no 2')).toEqual([made]);

    const pull = await openPull(alice, {
      branch: `work/${number}`,
      path: 'src/idea.ts',
      content: 'export const idea = 1;\n',
      title: 'docs(ideas): add nine ideas',
      body: GOOD_BODY(number),
    });
    await stage.settled();
    expect((await gateOf(pull)).slice(1, 3).join(' ')).toMatch(/mend.*No code in an idea session/);
  });

  it('counts the ideas of earlier sessions as before', async () => {
    const number = await begin('Still more ideas', 'idea-generation');
    await say(number, '/session idea One more i=5 c=5 e=5');
    const ideas = await report(number, 'ideas');
    expect(rowOf(ideas, /^\| All ideas/)).toEqual(['All ideas', '9', '10']);
    expect(rowOf(ideas, /^\| Incubator/)).toEqual(['Incubator', '5', '5']);
  });

  it('a score that is none: one reply that names each field, nothing noted', async () => {
    const number = await begin('Bad scores', 'idea-generation');
    await say(number, '/session idea Free beer i=11 c=lots');
    const reply = (await bots(number)).at(-1)?.body ?? '';
    expect(reply).toMatch(/`i` \(impact\).*not `11`/);
    expect(reply).toMatch(/`c` \(confidence\).*not `lots`/);
    expect(reply).toMatch(/`e` \(ease\).*missing/);
    expect(await report(number, 'ideas')).toBe('');
  });
});

const GAP = (gap: string, priority: string, impact: string, effort: string) =>
  [
    '/session gap',
    `priority: ${priority}`,
    'Current: orders are stored once',
    `Gap: ${gap}`,
    'Risk: a broken disk loses the day',
    `IMPACT: ${impact}`,
    'Mitigation: copy them every hour',
    'Owner: storage',
    `Effort: ${effort}`,
  ].join('\n');

describe('an audit session (P7)', () => {
  it('counts by priority, names what comes first, and makes an issue of what is urgent, once', async () => {
    const { alice } = stage.people;
    const number = await begin('Audit of the storage', 'quality-audit');
    await say(number, [GAP('no backup', 'p0', 'High', '2'), GAP('no index', 'P2', 'high', '0.5 days')].join('\n\n'));
    await say(number, GAP('old logo', 'P4', 'low', '3'));
    const gaps = await report(number, 'gaps');
    const [made = 0, ...others] = await issuesTitled('P0: no backup');
    expect(others).toEqual([]);
    expect(await labelsOf(alice, made)).toEqual(['backlog:active']);
    expect(rowOf(gaps, /\| no backup/).at(-1)).toBe(`#${made}`);
    expect(rowOf(gaps, /\| no index/).at(-1)).toBe('backlog');
    expect(rowOf(gaps, /^\| P0/)).toEqual(['P0 critical', '1', '0', '0', '**1**']);
    expect(gaps).toMatch(/Quick wins\*\* .*: no index/);
    expect(gaps).toMatch(/Debt\*\* .*: 1 gap, 3 days/);
    expect(gaps).toMatch(/1\. no backup.*\n2\. no index.*\n3\. old logo/);
  });

  it('all that is missing or wrong is named in one reply', async () => {
    const number = await begin('Bad gaps', 'quality-audit');
    await say(number, '/session gap\nCurrent: something\nGap: nothing\nImpact: huge\nPriority: P7\nEffort: a while\nOwner:');
    const reply = (await bots(number)).at(-1)?.body ?? '';
    for (const field of ['Risk', 'Impact', 'Mitigation', 'Owner', 'Priority', 'Effort']) expect(reply).toContain(`\`${field}:\``);
    expect(await report(number, 'gaps')).toBe('');
  });

  it('an answer of GitHub that is lost after the issue was made: still one issue', async () => {
    const number = await begin('Lost answers', 'quality-audit');
    await stage.faults({ actor: 'playcaller[bot]', match: '#Apply', dropAfterWrite: true, times: 3 });
    await say(number, GAP('lost in the post', 'P1', 'high', '1'));
    await stage.mended();
    await stage.settled();
    expect(await issuesTitled('P1: lost in the post')).toHaveLength(1);
    expect(rowOf(await report(number, 'gaps'), /\| lost in the post/).at(-1)).toMatch(/^#\d+$/);
  });
});

describe('a performance session (P8)', () => {
  it('the gate wants baseline, result and the same output', async () => {
    const { alice } = stage.people;
    const number = await begin('The import is slow', 'performance');
    const branch = `work/${number}`;
    const pull = await openPull(alice, {
      branch,
      path: 'docs/import.md',
      content: 'faster\n',
      title: 'perf(import): read in batches',
      body: GOOD_BODY(number),
    });
    await stage.settled();
    expect((await gateOf(pull)).slice(1, 3).join(' ')).toMatch(/mend.*Nothing was measured/);
    await say(number, '/session measure nightly import before=45s runs=100');
    expect((await gateOf(pull)).slice(1, 3).join(' ')).toMatch(/mend.*no result and word/);
    await say(pull, '/session measure nightly import after=27,000 ms same');
    expect((await gateOf(pull)).slice(1, 3).join(' ')).toMatch(/pass.*45 s to 27 s \(−40 %\) over 100 runs same output/);
    expect(rowOf(await report(number, 'measures'), /nightly import/)).toEqual([
      'nightly import',
      '45 s',
      '27 s',
      '−40 %',
      '100',
      '✅ the same',
    ]);
    expect(await cardOf(alice, number)).toContain('measured nightly import');
  });
});

describe('an integration session (P10)', () => {
  it('draws the flow of data from its joints', async () => {
    const number = await begin('Join cart and payment', 'module-integration');
    await say(
      number,
      [
        '/session joint cart -> payment: Order in cents failure="no answer in 5 s" fallback="try again"',
        '/session joint payment -> mail: Receipt',
      ].join('\n'),
    );
    const joints = await report(number, 'joints');
    expect(joints).toContain('n1 -->|"Order in cents"| n2');
    expect(joints).toContain('n2 -.->|"Receipt"| n3');
    expect(rowOf(joints, /\| cart/)).toEqual(['cart', 'payment', 'Order in cents', 'no answer in 5 s', 'try again']);
  });
});

describe('waivers (G7)', () => {
  it('maintainers only; shown with who and why; gone with the next push unless it is sticky', async () => {
    const { alice, bob } = stage.people;
    const number = await begin('A bug without a test', 'bug-fix');
    const pull = await openPull(bob, {
      branch: `work/${number}`,
      path: 'src/cart.ts',
      content: 'export const total = 1;\n',
      title: 'fix(cart): count once',
      body: GOOD_BODY(number),
    });
    await stage.settled();
    expect((await testsOf(pull))[1]).toContain('mend');
    await say(pull, '/session waive tests no test is possible here', bob);
    expect((await bots(pull)).at(-1)?.body).toContain('needs maintain');
    await say(pull, '/session waive tests a layout that no test can see');
    expect((await testsOf(pull)).slice(1, 3).join(' ')).toMatch(
      /waived.*Waived by alice for this commit: a layout that no test can see/,
    );
    await commit(bob, `work/${number}`, 'src/cart.ts', 'export const total = 2;\n');
    await stage.settled();
    expect((await testsOf(pull))[1]).toContain('mend');
    await say(number, '/session waive tests --sticky a layout that no test can see');
    expect((await testsOf(pull))[1]).toContain('waived');
    await commit(bob, `work/${number}`, 'src/cart.ts', 'export const total = 3;\n');
    await stage.settled();
    expect((await testsOf(pull))[1]).toContain('waived');
    await say(number, '/session waive tests --off');
    expect((await testsOf(pull))[1]).toContain('mend');
    expect(await cardOf(alice, number)).toContain('waived tests');
  });
});

describe('what it costs', () => {
  it('a note: two calls, and an issue of it two more; a sweep does not look at it again', async () => {
    const { alice } = stage.people;
    // A sweep looks at waiting pull requests again; those of the other stories are out of the way.
    for (const { number } of (await alice.rest.pulls.list({ ...SHOP, state: 'open' })).data) {
      await alice.rest.pulls.update({ ...SHOP, pull_number: number, state: 'closed' });
    }
    const number = await begin('Cheap notes', 'idea-generation');
    await say(number, '/session idea First i=5 c=5 e=5');
    const costOf = async (body: string) => {
      await stage.forget();
      await say(number, body);
      return (await stage.calls()).map(({ what }) => what);
    };
    expect(await costOf('/session idea Second i=6 c=6 e=6')).toEqual(['Subject', 'Apply']);
    expect(await costOf('/session idea promote 2')).toEqual(['Subject', 'Apply', 'Subject', 'Apply']);
    await costOf('/session sweep');
    const before = (await bots(number)).length;
    const again = await costOf('/session sweep');
    expect(again.filter((what) => what === 'Subject')).toHaveLength(1);
    expect((await bots(number)).length).toBe(before);
  });
});
