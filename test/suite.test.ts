/** What the README promises: Node and npm are enough for the tests. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('each file has something to test where there is no PostgreSQL', () => {
  const files = globSync('test/**/*.test.ts').filter((file) => readFileSync(file, 'utf8').includes('databaseUrl'));
  // A file without a test fails in vitest, so what needs the database must not stand alone.
  const empty = files.filter((file) => {
    const tops = readFileSync(file, 'utf8').match(/^(?:describe|test|it)\b.*$/gm) ?? [];
    return tops.every((line) => line.includes('databaseUrl'));
  });
  expect(files.length).toBeGreaterThan(0);
  expect(empty).toEqual([]);
});
