/** Stories of slots that blocked sessions hand on, played through GitHub's REST paths against the running app (W8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { cardOf, labelsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const say = async (number: number, body: string) => {
  await stage.people.alice.rest.issues.createComment({ ...SHOP, issue_number: number, body });
  await stage.settled();
};
const stateOf = async (number: number) =>
  (await labelsOf(stage.people.alice, number)).find((name) => name.startsWith('state:'))?.slice(6);

describe('a slot handed on (W8)', () => {
  it('block: the next starts at once; unblock: it goes on, and nothing new starts until there is room again', async () => {
    const { alice } = stage.people;
    const path = '.github/playcaller.yml';
    const content = Buffer.from('version: 1\ncapacity: 2\nreserve: 0\n').toString('base64');
    await alice.rest.repos.createOrUpdateFileContents({ ...SHOP, path, message: 'chore: two slots', content });
    await stage.settled();
    const titles = ['Count the stock', 'Print the invoice', 'Search by colour', 'Mail the receipt'];
    const numbers = await openIssues(alice, titles);
    for (const number of numbers) {
      await label(alice, number, 'session:bug-fix');
      await stage.settled();
    }
    const [first = 0, second = 0, third = 0, fourth = 0] = numbers;
    const states = () => Promise.all(numbers.map(stateOf));
    expect(await states()).toEqual(['active', 'active', 'planned', 'planned']);

    await say(first, `/session block waits for the scanner on #${fourth}`);
    expect(await states()).toEqual(['active', 'active', 'active', 'planned']);
    expect(await labelsOf(alice, first)).toContain('blocked');
    const card = await cardOf(alice, first);
    expect(card).toContain('| Slot | handed on while it is blocked');
    expect(await cardOf(alice, fourth)).toContain('place 1 · 2 of 2 slots taken');

    await say(first, '/session unblock');
    expect(await states()).toEqual(['active', 'active', 'active', 'planned']);
    expect(await cardOf(alice, first)).not.toContain('| Slot |');
    expect(await cardOf(alice, fourth)).toContain('place 1 · 3 of 2 slots taken');

    await say(second, '/session abandon no longer wanted');
    expect(await stateOf(fourth)).toBe('planned');
    await say(third, '/session abandon no longer wanted');
    expect(await stateOf(fourth)).toBe('active');
  });

  it('by label as by command', async () => {
    const { alice } = stage.people;
    const numbers = await openIssues(alice, ['Round the prices', 'Translate the basket']);
    const [fifth = 0, sixth = 0] = numbers;
    for (const number of numbers) {
      await label(alice, number, 'session:bug-fix');
      await stage.settled();
    }
    expect(await Promise.all(numbers.map(stateOf))).toEqual(['planned', 'planned']);
    const first = (await alice.rest.issues.listForRepo({ ...SHOP, labels: 'state:active' })).data[0]?.number ?? 0;
    await label(alice, first, 'blocked');
    await stage.settled();
    expect(await Promise.all(numbers.map(stateOf))).toEqual(['active', 'planned']);
    await alice.rest.issues.removeLabel({ ...SHOP, issue_number: first, name: 'blocked' });
    await stage.settled();
    expect(await stateOf(first)).toBe('active');
    expect(await Promise.all([fifth, sixth].map(stateOf))).toEqual(['active', 'planned']);
  });
});
