/** Step 3: a pull request that lacks everything, with a token in its diff. */
import { fakeToken } from '../fake-token.ts';
import { commitFile } from '../hands.ts';
import { commentsOf, headOf, readiness, rowOf, wordsOf } from '../looks.ts';
import { SHOP } from '../people.ts';
import { need, type Step } from '../story.ts';

const PATH = 'src/vouchers.ts';
const TOKEN_LINE = 3;

/** What the check must name, and how its row begins. */
const MISSING = [
  ['the title', /^\| *title/i],
  ['the description', /^\| *description/i],
  ['the diff, which holds a secret', /^\| *diff/i],
  ['the tests', /^\| *tests/i],
  ['the criteria', /^\| *criteria/i],
] as const;

function careless(token: string): string {
  return [
    'export function total(prices: number[]): number {',
    '  // for debugging',
    `  const key = '${token}';`,
    '  return prices.length + key.length;',
    '}',
    '',
  ].join('\n');
}

export const aCarelessPull: Step = {
  title: 'A pull request “fixed stuff”, without a description, with a token in it',
  async play({ people: { alice, bob }, say, memory }) {
    const branch = need(memory.branch, 'branch');
    const token = fakeToken();
    await commitFile(bob, branch, PATH, careless(token), 'wip');
    say.did('bob', `commits ${PATH} to ${branch}, a token on line ${TOKEN_LINE}`);
    const { data: pull } = await bob.rest.pulls.create({ ...SHOP, head: branch, base: 'main', title: 'fixed stuff', body: '' });
    memory.pull = pull.number;
    say.did('bob', `opens #${pull.number} “fixed stuff” (${pull.html_url})`);

    const run = await say.check(
      'Playcaller / readiness fails on the head commit',
      async () => readiness(alice, await headOf(alice, pull.number)),
      (seen) => seen?.status === 'completed' && seen.conclusion === 'failure',
    );
    if (!run) return;
    const words = wordsOf(run);
    for (const [name, pattern] of MISSING) {
      const row = rowOf(words, pattern);
      const mend = row.at(-1) ?? '';
      const named = row.length >= 4 && row[1]?.includes('✅') === false && mend.length > 10;
      if (named) say.pass(`it names ${name}: ${mend.slice(0, 100)}`);
      else say.fail(`it names ${name} and how to mend it`, row.length > 0 ? row.join(' | ') : words);
    }
    await say.check(
      `an annotation of level failure stands on ${PATH}, line ${TOKEN_LINE}`,
      async () => (await alice.rest.checks.listAnnotations({ ...SHOP, check_run_id: run.id })).data,
      (notes) =>
        notes.some((note) => note.path === PATH && note.start_line === TOKEN_LINE && note.annotation_level === 'failure'),
    );
    const notes = await alice.rest.checks.listAnnotations({ ...SHOP, check_run_id: run.id });
    const said = words + JSON.stringify(notes.data) + JSON.stringify(await commentsOf(alice, need(memory.issue, 'issue')));
    if (said.includes(token)) say.fail('nothing that the bot wrote repeats the token', 'the token itself');
    else say.pass('nothing that the bot wrote repeats the token');
  },
};
