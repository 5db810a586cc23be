/** Something that looks like a GitHub token and opens nothing. It is put together here so that no file holds one. */
import { randomBytes } from 'node:crypto';

export function fakeToken(): string {
  const letters = randomBytes(64)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '');
  return ['gh', 'p', '_', letters.padEnd(36, 'x').slice(0, 36)].join('');
}
