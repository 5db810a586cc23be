/** What the log says of each webhook: enough to follow a GUID, nothing of the payload, and no flood from strangers. */
import { expect, test } from 'vitest';
import { createDeliveryLog } from '../../src/intake/log-delivery.ts';
import type { Answered } from '../../src/intake/webhook-route.ts';
import { createLog } from '../../src/start/create-log.ts';

function fixture() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(JSON.parse(line)) });
  let nowMs = 0;
  return { lines, say: createDeliveryLog(log, () => nowMs), pass: (ms: number) => (nowMs += ms) };
}

const STORED: Answered = {
  outcome: 'stored',
  status: 202,
  message: 'stored',
  refusal: null,
  event: 'issues.labeled',
  guid: 'g-1',
  about: ['acme/shop#12'],
  error: null,
  durationMs: 4,
};
const REFUSED: Answered = {
  ...STORED,
  outcome: 'refused',
  status: 401,
  message: 'The signature does not match',
  refusal: 'signature',
  about: [],
};

test.each([
  ['info', 'a webhook was stored', STORED],
  ['debug', 'a webhook concerns nobody', { ...STORED, outcome: 'ignored', about: [] }],
  ['info', 'a webhook was known already', { ...STORED, outcome: 'duplicate' }],
  ['warn', 'a webhook could not be stored', { ...STORED, outcome: 'unavailable', status: 503, error: new Error('disk full') }],
  ['warn', 'a webhook was refused', REFUSED],
] satisfies [string, string, Answered][])('%s: %s', (level, msg, answered) => {
  const { lines, say } = fixture();
  say(answered);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level, msg, guid: 'g-1', event: 'issues.labeled', status: answered.status, durationMs: 4 });
  if (msg === 'a webhook was stored') expect(lines[0]).toMatchObject({ about: ['acme/shop#12'] });
  if (msg === 'a webhook was refused')
    expect(lines[0]).toMatchObject({ refusal: 'signature', why: 'The signature does not match' });
  if (msg === 'a webhook could not be stored') expect(lines[0]).toMatchObject({ err: { message: 'disk full' } });
});

test('refusals without end are twenty lines a minute, and the next line says how many were left out', () => {
  const { lines, say, pass } = fixture();
  for (let i = 0; i < 500; i += 1) say(REFUSED);
  expect(lines).toHaveLength(20);
  say(STORED);
  expect(lines).toHaveLength(21);
  pass(60_000);
  say(REFUSED);
  expect(lines.at(-1)).toMatchObject({ msg: 'a webhook was refused', leftOut: 480 });
  say(REFUSED);
  expect(lines.at(-1)).not.toHaveProperty('leftOut');
});
