/** The story's own tools: a check that fails must fail, and be told with what was seen. */
import { describe, expect, test } from 'vitest';
import { fakeToken } from '../../src/sandbox/story/fake-token.ts';
import { tickIn } from '../../src/sandbox/story/hands.ts';
import { rowOf } from '../../src/sandbox/story/looks.ts';
import { differences } from '../../src/sandbox/story/snapshot.ts';
import { playStory, type Step, type Story } from '../../src/sandbox/story/story.ts';
import { Transcript } from '../../src/sandbox/story/transcript.ts';
import { until } from '../../src/sandbox/story/until.ts';

function transcript(): { say: Transcript; lines: string[] } {
  const lines: string[] = [];
  return { say: new Transcript((line) => void lines.push(line)), lines };
}

describe('until', () => {
  test('looks again until it holds', async () => {
    let looks = 0;
    const seen = await until(
      async () => ++looks,
      (count) => count === 3,
      5000,
    );
    expect(seen).toEqual({ held: true, last: 3, error: null });
  });

  test('gives up with what it saw last', async () => {
    expect(
      await until(
        async () => 'no',
        (seen) => seen === 'yes',
        0,
      ),
    ).toEqual({ held: false, last: 'no', error: null });
  });

  test('a look that throws is a look that did not hold', async () => {
    const look = async (): Promise<string> => {
      throw new Error('away');
    };
    expect(await until(look, () => true, 0)).toEqual({ held: false, last: undefined, error: 'away' });
  });
});

describe('the transcript', () => {
  test('a check that fails tells what was expected and what was seen', async () => {
    const { say, lines } = transcript();
    await say.check(
      'two',
      async () => 1,
      (seen) => seen === 2,
      0,
    );
    expect(lines.join('\n')).toMatch(/✗ expected: two\n +seen: 1/);
    expect(say.tally).toEqual({ passed: 0, failed: 1 });
  });

  test('a check that holds counts', async () => {
    const { say, lines } = transcript();
    expect(
      await say.check(
        'two',
        async () => 2,
        (seen) => seen === 2,
      ),
    ).toBe(2);
    expect(lines).toEqual(['            ✓ two']);
    expect(say.tally).toEqual({ passed: 1, failed: 0 });
  });

  test('a step that breaks off is a failure, and the next one is played', async () => {
    const { say, lines } = transcript();
    const broken: Step = { title: 'breaks', play: async () => Promise.reject(new Error('no branch')) };
    const good: Step = { title: 'goes on', play: async (story) => story.say.pass('here') };
    const story = { say } as Pick<Story, 'say'> as Story;
    expect(await playStory([broken, good], story)).toEqual({ passed: 1, failed: 1 });
    expect(lines.join('\n')).toContain('seen: no branch');
    expect(lines.join('\n')).toContain('2. goes on');
  });
});

describe('what is compared', () => {
  test('no difference, a new thing, a lost one, a changed one', () => {
    expect(differences({ a: '1' }, { a: '1' })).toEqual([]);
    const found = differences({ a: '1', b: '2', c: '3' }, { a: '1', b: '9', d: '4' });
    expect(found.map((line) => line.split(/ (?=is|changed)/)[0])).toEqual(['b', 'c', 'd']);
  });

  test('a row of a table by its first cell', () => {
    const table = '| Item | State |\n|---|---|\n| Title | ❌ mend \\| soon |\n| CI | ok |';
    expect(rowOf(table, /^\| *title/i)).toEqual(['Title', '❌ mend \\| soon']);
    expect(rowOf(table, /^\| *docs/i)).toEqual([]);
  });
});

test('ticks go to the first open boxes', () => {
  expect(tickIn('- [x] a\n- [ ] b\n- [ ] c', 1)).toEqual({ text: '- [x] a\n- [x] b\n- [ ] c', ticked: ['b'] });
});

test('the token looks like one, and is another each time', () => {
  expect(fakeToken()).toMatch(/^gh[p]_[A-Za-z0-9]{36}$/);
  expect(fakeToken()).not.toBe(fakeToken());
});
