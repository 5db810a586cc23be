/** The recorded cases are what gathering and deciding give today: the scenes are played again and compared. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const RECORDER = fileURLToPath(new URL('../../tools/record-fixtures.ts', import.meta.url));

it('played again, every scene gives the same bytes (npm run record after a wanted change)', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [RECORDER, '--check']);
  expect(stdout + stderr).toBe('');
});
