/** The first page of files is asked for before GitHub shows the pull request, and counts only where it fits. */
import { expect, test } from 'vitest';
import { type EarlyFiles, listEarly, listFiles } from '../../src/gather/list-files.ts';
import type { Reading } from '../../src/gather/reading.ts';
import type { SubjectTrigger } from '../../src/gather/remember-subject.ts';
import { Unavailable } from '../../src/github/errors.ts';
import type { ChangeInput } from '../../src/model/trigger.ts';

const HEAD = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const PUSHED = { headSha: HEAD, baseRef: 'main' };

function file(filename: string, sha = HEAD, status = 'modified') {
  const contents_url = `https://api.github.com/repos/acme/shop/contents/${filename}?ref=${sha}`;
  return { filename, status, additions: 1, deletions: 0, changes: 1, sha, contents_url };
}

type Answer = ReturnType<typeof file>[] | Error;

/** Answers one page after the other. */
function reading(answers: Answer[], scan: object | null = null): { reading: Reading; asked: number[] } {
  const asked: number[] = [];
  const rest = async (_route: string, { page }: { page: number }) => {
    asked.push(page);
    const data = answers.shift();
    if (data instanceof Error) throw data;
    return { data };
  };
  return { asked, reading: { client: { rest }, ledger: { scan: async () => scan }, appId: 1 } as unknown as Reading };
}

const change = (more: Partial<ChangeInput>): ChangeInput => ({
  kind: 'change',
  event: 'pull_request.synchronize',
  sender: 'bob',
  labels: [],
  isPull: true,
  ...more,
});

function trigger(...changes: ChangeInput[]): SubjectTrigger {
  return { kind: 'subject', repo: 'acme/shop', number: 7, installationId: 5, now: '2026-07-01T10:00:00Z', guid: 'g', changes };
}

test.each([
  ['new commits', [change({ pushed: PUSHED })], null, true],
  ['new commits, and a label after them', [change({ pushed: PUSHED }), change({ event: 'pull_request.labeled' })], null, true],
  ['a label alone', [change({ event: 'pull_request.labeled' })], null, false],
  ['a head that was read before', [change({ pushed: PUSHED })], { ...PUSHED }, false],
  ['a head that was read against another base', [change({ pushed: PUSHED })], { ...PUSHED, baseRef: 'next' }, true],
])('%s', async (_, changes, scan, asks) => {
  const { reading: from, asked } = reading([[file('a.ts')]], scan);
  const early = await listEarly(trigger(...changes), from);
  expect(early !== null).toBe(asks);
  expect(asked).toHaveLength(asks ? 1 : 0);
});

const EARLY = [file('early.ts')];
const LATE = [file('late.ts')];

test.each([
  ['of the head that GitHub shows', EARLY, {}, 'early.ts'],
  ['of a head that is gone', EARLY, { headSha: OTHER }, 'late.ts'],
  ['of a head that came after the delivery', [file('early.ts', OTHER)], { headSha: OTHER }, 'early.ts'],
  ['of removed files alone, the head being another', [file('early.ts', HEAD, 'removed')], { headSha: OTHER }, 'late.ts'],
  ['against a base that is gone', EARLY, { baseRef: 'next' }, 'late.ts'],
  ['shorter than GitHub says', EARLY, { changedFiles: 2 }, 'late.ts'],
  ['listed by a replica that lags behind', [file('early.ts', OTHER)], {}, 'late.ts'],
  ['with a file that was removed, which is in no head', [file('early.ts', OTHER, 'removed')], {}, 'early.ts'],
  ['that could not be read', new Error('socket hang up'), {}, 'late.ts'],
])('an early page %s', async (_, page, shown, expected) => {
  const { reading: from, asked } = reading([page, LATE]);
  const early = await listEarly(trigger(change({ pushed: PUSHED })), from);
  const files = await listFiles(from, 'acme/shop', { ...PUSHED, number: 7, changedFiles: 1, ...shown }, early);
  expect(files.map(({ filename }) => filename)).toEqual([expected]);
  expect(asked).toEqual(expected === 'early.ts' ? [1] : [1, 1]);
});

test('commits that came between the two answers: another look, as long as they are new', async () => {
  const pull = { ...PUSHED, number: 7, changedFiles: 1 };
  const read = async (seenAt: string) => {
    const { reading: from, asked } = reading([[file('early.ts', OTHER)], LATE]);
    const early = await listEarly(trigger(change({ pushed: PUSHED, seenAt })), from);
    const files = await listFiles(from, 'acme/shop', pull, early).catch((error: unknown) => error);
    return { files, asked };
  };
  const now = await read('2026-07-01T09:59:58Z');
  expect(now.files).toBeInstanceOf(Unavailable);
  expect(now.asked).toEqual([1]);
  const later = await read('2026-07-01T09:59:40Z');
  expect(later.files).toMatchObject([{ filename: 'late.ts' }]);
  expect(later.asked).toEqual([1, 1]);
});

test('the pages after an early one are asked for as ever', async () => {
  const names = Array.from({ length: 100 }, (_, at) => file(`${at}.ts`));
  const { reading: from, asked } = reading([names, [file('last.ts')]]);
  const early = await listEarly(trigger(change({ pushed: PUSHED })), from);
  const files = await listFiles(from, 'acme/shop', { ...PUSHED, number: 7, changedFiles: 101 }, early);
  expect([files.length, files.at(-1)?.filename, asked]).toEqual([101, 'last.ts', [1, 2]]);
});

test('what GitHub answers to the second asking is what is thrown', async () => {
  const { reading: from } = reading([new Error('early'), new Error('late')]);
  const early: EarlyFiles | null = await listEarly(trigger(change({ pushed: PUSHED })), from);
  await expect(listFiles(from, 'acme/shop', { ...PUSHED, number: 7, changedFiles: 1 }, early)).rejects.toThrow('late');
});
