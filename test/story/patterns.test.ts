/** Stories of prompt patterns and their history: filled, told, proven, and shown where the next like it starts (B4, B5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, commentsOf, headOf, labelsOf, wordsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { commit, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function begin(title: string, type = 'documentation'): Promise<number> {
  const [number = 0] = await openIssues(stage.people.alice, [title]);
  await label(stage.people.alice, number, `session:${type}`);
  await stage.settled();
  return number;
}

/** @returns the bot's replies to it, without their marks. */
async function say(number: number, body: string, as = stage.people.alice): Promise<string[]> {
  const before = (await commentsOf(stage.people.alice, number)).length;
  await as.rest.issues.createComment({ ...SHOP, issue_number: number, body });
  await stage.settled();
  const fresh = (await commentsOf(stage.people.alice, number)).slice(before + 1);
  return fresh.filter(({ login }) => login === 'playcaller[bot]').map((each) => each.body.split('\n').slice(1).join('\n'));
}

const PROMPT = '/session prompt storage-crud ENTITY=Order FIELDS="id, total in cents" FILTERS="customer, newest first"';

describe('a prompt (B4)', () => {
  it('without a name: the patterns to choose from, also for a repository without any session', async () => {
    const [number = 0] = await openIssues(stage.people.alice, ['Just an idea']);
    const [reply = '', ...others] = await say(number, '/session prompt', stage.carol);
    expect(others).toEqual([]);
    for (const name of ['storage-crud', 'rest-endpoints', 'command-line', 'web-interface', 'error-handling'])
      expect(reply).toMatch(new RegExp(`\\| \`${name}\` \\| .*\\*\\*projected\\*\\* \\(not used here yet\\)`));
    const [filled = ''] = await say(number, PROMPT, stage.carol);
    expect(filled).toContain('# Order: storage');
    const [refused = ''] = await say(number, '/session prompt', stage.dave);
    expect(refused).toContain('needs triage permission');
  });

  it('names slips and what is left, and answers once however often the comment comes', async () => {
    const number = await begin('Describe the order book');
    const [slip = ''] = await say(number, '/session prompt storage-crud ENTITTY=Order STATUS=open');
    expect(slip).toContain('`ENTITTY` is no variable of this pattern. Did you mean `ENTITY`?');
    expect(slip).toContain('`STATUS` is no variable');
    expect(slip).toContain('Usage: ');
    const [name = ''] = await say(number, '/session prompt storage-crub ENTITY=Order');
    expect(name).toContain('Did you mean `storage-crud`?');
    const [gaps = ''] = await say(number, '/session prompt storage-crud\nentity: Order\nFIELDS: id\ntotal, in cents');
    expect(gaps).toContain('**1 placeholder is left to fill**');
    expect(gaps).toContain('Fields: id\ntotal, in cents');
    expect(gaps).toContain('narrowed by: [FILTERS]');
    expect(await cardOf(stage.people.alice, number)).not.toContain('| Pattern |');
  });

  it('is safe whatever the values hold', async () => {
    const number = await begin('Hostile values');
    const hostile = [
      'ENTITY: ```',
      'FIELDS: @bob closes #1 ````` [FILTERS] $& </details> <!-- playcaller:card -->',
      'FILTERS: `x`',
    ];
    const [reply = '', ...others] = await say(number, ['/session prompt storage-crud', ...hostile].join('\n'));
    expect(others).toEqual([]);
    const fence = /^(`{3,})text$/m.exec(reply)?.[1] ?? '';
    expect(fence.length).toBe(6);
    const outside = reply.split(new RegExp(`^${fence}(?:text)?$`, 'm')).filter((_, part) => part % 2 === 0);
    expect(outside.join('')).not.toMatch(/@bob|closes #1|`{4,}/);
    expect(reply).toContain('[FILTERS] $& </details>');
    expect(
      (await commentsOf(stage.people.alice, number)).filter(({ body }) => body.startsWith('<!-- playcaller:card -->')),
    ).toHaveLength(1);
  });
});

describe('the history (B5)', () => {
  it('projected, told, completed, proven; and the next one like it is shown what there is', async () => {
    const { alice } = stage.people;
    const number = await begin('Store the orders of a customer');
    const [projected = ''] = await say(number, PROMPT);
    expect(projected).toContain('**projected** (not used here yet); reckoned: planner 1k · coder 0 · validator 1k tokens.');
    expect(projected).toContain('# Order: storage');
    expect(projected).not.toMatch(/\[(?:ENTITY|FIELDS|FILTERS|FILES|TESTS|PHASE|SECTION)\]$/m);
    expect(
      await say(number, '/session cost planner=1.5k coder=0\n/session cost validator=800 planner=-0.5k', stage.carol),
    ).toEqual([]);
    const card = await cardOf(alice, number);
    expect(card).toContain('| Pattern | `storage-crud` |');
    expect(card).toContain('| Tokens | planner 1k · coder 0 · validator 800 |');
    for (const wrong of ['planner=much', 'planner', '', 'planer=1k planner=1k', 'planner=-2k', 'planner=1k planner=2k']) {
      const [reply = ''] = await say(number, `/session cost ${wrong}`);
      expect(reply, wrong).toContain('Usage: ');
    }
    expect(await cardOf(alice, number)).toContain('| Tokens | planner 1k · coder 0 · validator 800 |');
    await say(number, '/session complete --no-code only words were needed');
    expect(await labelsOf(alice, number)).toContain('state:completed');
    await say(number, '/session cost coder=200');
    expect(await cardOf(alice, number)).toContain('| Tokens | planner 1k · coder 200 · validator 800 |');

    await stage.forget();
    const next = await begin('Store the orders of a customer abroad');
    const calls = await stage.calls();
    expect(calls.filter(({ what }) => what === 'Subject')).not.toEqual([]);
    const near = await cardOf(alice, next);
    expect(near).toMatch(
      new RegExp(
        `Done before, and close to this:\\*\\*\\n- #${number} Store the orders of a customer \\(\`documentation\`, .*first try, 2k tokens\\)`,
      ),
    );
    expect(near).toContain('Its prompt: `/session prompt storage-crud`.');
    const [proven = ''] = await say(next, '/session prompt storage-crud');
    expect(proven).toContain(
      '**proven** (1 of 1 completed, 1 of 1 at the first try); median: planner 1k · coder 200 · validator 800 tokens',
    );
    expect(proven).toContain(`What #${number} filled in`);
    expect(proven).toContain('FIELDS: id, total in cents');
    const [list = ''] = await say(next, '/session prompt');
    expect(list).toMatch(/\| `storage-crud` \| .*\*\*proven\*\*/);
    expect(list).toMatch(/\| `documentation` \| 1 of 1 \| 1 of 1 \| planner 1k · coder 200 · validator 800 \|/);
  });
});

describe("a repository's own patterns", () => {
  const file = (template: string) =>
    [
      'name: report',
      'title: A report',
      'version: 1.0.0',
      'chooseFor: figures are told each week',
      'variables: [{ id: TOPIC, description: What it is about., example: sales }]',
      `template: ${template}`,
      'validation: Read it.',
      'deviate: [Nobody reads it.]',
      'baseline: { planner: 10, coder: 0, validator: 0 }',
    ].join('\n');

  it('count from the push on; a broken one keeps its last good text', async () => {
    const number = await begin('Weekly report');
    await commit(stage.people.alice, 'main', '.github/patterns/report.yml', file('Write about [TOPIC].'));
    await stage.settled();
    const [reply = ''] = await say(number, '/session prompt report TOPIC=sales');
    expect(reply).toContain('```text\nWrite about sales.\n```');
    await commit(stage.people.alice, 'main', '.github/patterns/report.yml', file('Write on [TOPIC'));
    await stage.settled();
    const [again = ''] = await say(number, '/session prompt report TOPIC=sales');
    expect(again).toContain('```text\nWrite about sales.\n```');
  });
  it('a pull request that breaks one is told by its configuration check', async () => {
    const { alice } = stage.people;
    const path = '.github/patterns/next.yml';
    const content = file('Write on [TOPICS].').replace('name: report', 'name: next');
    const pull = await openPull(alice, { branch: 'next-pattern', path, content, title: 'chore: another pattern', body: 'x' });
    await stage.settled();
    const ref = await headOf(alice, pull);
    const { data } = await alice.rest.checks.listForRef({ ...SHOP, ref, check_name: 'Playcaller / config' });
    const [run] = data.check_runs;
    expect(run?.conclusion).toBe('failure');
    expect(run && wordsOf(run)).toContain('did you mean "TOPIC"?');
  });
});
