/** The list of changed files is held within bounds, whatever paths a pull request brings. */
import { expect, it } from 'vitest';
import { readPatches } from '../../src/gather/read-patches.ts';
import type { Reading } from '../../src/gather/reading.ts';

const HEAD = 'a'.repeat(40);

/** Answers with these files, 100 a page. */
function reading(names: readonly string[]): Reading {
  const files = names.map((filename) => ({
    filename,
    status: 'modified',
    additions: 1,
    deletions: 0,
    changes: 1,
    sha: HEAD,
    patch: '@@ -1 +1 @@\n+x',
  }));
  const rest = async (_route: string, { page = 1 }: { page?: number }) => ({ data: files.slice((page - 1) * 100, page * 100) });
  return { client: { rest }, ledger: { scan: async () => null }, appId: 1 } as unknown as Reading;
}
const read = async (names: readonly string[]) => {
  const pull = { number: 1, headSha: HEAD, baseRef: 'main', changedFiles: names.length, open: true, again: false };
  return (await readPatches(reading(names), 'acme/shop', pull, null)).scan.files;
};

it('3,000 files of any ordinary length are listed', async () => {
  const names = Array.from({ length: 3000 }, (_, at) => `${'packages/something/src/'.repeat(10)}${at}.ts`);
  expect(await read(names)).toHaveLength(3000);
});

it('thousands of paths of thousands of characters are cut, and so count as not listed', async () => {
  const names = Array.from({ length: 3000 }, (_, at) => `${'a/'.repeat(2000)}${at}.ts`);
  const listed = await read(names);
  expect(listed.length).toBeGreaterThan(200);
  expect(listed.length).toBeLessThan(250);
});
