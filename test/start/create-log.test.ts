/** The log: one JSON object a line, and no secret in it, wherever it comes from. */
import { expect, test } from 'vitest';
import { createLog } from '../../src/start/create-log.ts';

const TOKEN = ['ghs', 'A1b2'.repeat(9)].join('_');
const JWT = ['eyJhbGciOiJSUzI1NiJ9', 'eyJpc3MiOiI3In0', 'c2lnbmF0dXJl'].join('.');
const KEY = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIabc\n-----END RSA', 'PRIVATE KEY-----'].join(' ');

function logged(write: (log: ReturnType<typeof createLog>) => void): { text: string; line: Record<string, unknown> } {
  const parts: string[] = [];
  write(createLog('info', { write: (part: string) => parts.push(part) }));
  const text = parts.join('');
  return { text, line: JSON.parse(text) };
}

test.each([
  ['by name', { token: 'abc-123-xyz' }, 'abc-123-xyz'],
  ['by name, deeper', { headers: { authorization: 'abc-123-xyz' } }, 'abc-123-xyz'],
  ['by look: a token', { note: `used ${TOKEN} here` }, TOKEN],
  ['by look: a JWT', { note: JWT }, JWT],
  ['by look: a key', { note: KEY }, 'MIIabc'],
  ['by look: a password in an address', { note: 'postgres://me:hunter2@db/x' }, 'hunter2'],
])('%s', (_, fields, secret) => {
  const { text, line } = logged((log) => log.info(fields, 'hello'));
  expect(text).not.toContain(secret);
  expect(line.msg).toBe('hello');
});

test('an error keeps what helps, and loses request and response', () => {
  const error = Object.assign(new Error('refused'), { status: 403, kind: 'refused', request: { body: 'private words' } });
  const { text, line } = logged((log) => log.error({ err: error }, 'failed'));
  expect(line.err).toMatchObject({
    message: 'refused',
    status: 403,
    kind: 'refused',
    stack: expect.stringContaining('create-log.test'),
  });
  expect(text).not.toContain('private words');
});
