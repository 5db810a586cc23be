/** Which release this is, from package.json beside the sources. */
import { readFileSync } from 'node:fs';

export function release(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const read: unknown = JSON.parse(text);
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '0.0.0';
}
