/** The webhook route over real HTTP against a real store: every status it can answer with, and what is stored then. */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReceiver } from '../../src/intake/receiver.ts';
import { type Answered, createWebhookRoute } from '../../src/intake/webhook-route.ts';
import type { Inbox, NewDelivery } from '../../src/store/inbox-types.ts';
import { deliver, deliveryHeaders, issuesLabeled, SECRET, serve, sign, temporaryStore } from './deliver.ts';

let opened: Awaited<ReturnType<typeof temporaryStore>>;
let server: Awaited<ReturnType<typeof serve>>;
let inbox: Inbox | null;
let groups: NewDelivery[][];
let outcomes: string[];
let answered: Answered[];
let woken: number;

beforeEach(async () => {
  opened = await temporaryStore();
  const real = opened.store.inbox;
  groups = [];
  outcomes = [];
  answered = [];
  woken = 0;
  inbox = {
    ...real,
    receive: (deliveries) => {
      groups.push(deliveries);
      return real.receive(deliveries);
    },
  };
  const route = createWebhookRoute({
    secret: SECRET,
    receiver: createReceiver(() => inbox),
    own: () => ({ appId: 7, botLogin: 'playcaller[bot]' }),
    onStored: () => {
      woken += 1;
    },
    onAnswered: (one) => {
      answered.push(one);
      outcomes.push(one.outcome);
    },
    now: () => new Date(),
  });
  server = await serve((req, res) => void route(req, res));
});

afterEach(async () => {
  await server.close();
  await opened.remove();
});

async function waiting(): Promise<number> {
  return (await opened.store.inbox.figures()).depth;
}

function post(body: string | Buffer, headers: Record<string, string>): Promise<Response> {
  return fetch(server.origin, { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body), headers });
}

describe('what is taken', () => {
  test('a signed delivery is stored before the 202, and the worker is woken', async () => {
    const answer = await deliver(server.origin, 'issues', issuesLabeled());
    expect(answer.status).toBe(202);
    const [work] = await opened.store.inbox.lease(5, 1000);
    expect(work?.lease.lane).toBe('acme/shop#12');
    expect(answered).toEqual([
      {
        outcome: 'stored',
        status: 202,
        message: 'stored',
        refusal: null,
        event: 'issues.labeled',
        guid: expect.stringMatching(/^[\w-]{36}$/),
        about: ['acme/shop#12'],
        error: null,
        durationMs: expect.any(Number),
      },
    ]);
    expect(work?.inputs.map(({ input }) => input)).toEqual([
      {
        kind: 'change',
        event: 'issues.labeled',
        sender: 'alice',
        labels: ['session:bug-fix'],
        isPull: false,
        labelMove: { move: 'on', label: 'session:bug-fix', by: 'alice' },
      },
    ]);
    expect(woken).toBe(1);
    expect(outcomes).toEqual(['stored']);
  });

  test('the same GUID again is acknowledged and does nothing', async () => {
    const guid = randomUUID();
    await deliver(server.origin, 'issues', issuesLabeled(), { 'x-github-delivery': guid });
    const again = await deliver(server.origin, 'issues', issuesLabeled(), { 'x-github-delivery': guid });
    expect(again.status).toBe(202);
    expect(outcomes).toEqual(['stored', 'duplicate']);
    const [work] = await opened.store.inbox.lease(5, 1000);
    expect(work?.inputs).toHaveLength(1);
  });

  test('an event that does not concern us is acknowledged, wakes nobody and leaves nothing behind', async () => {
    const answer = await deliver(server.origin, 'star', { action: 'created' });
    expect([answer.status, await answer.json()]).toEqual([202, { message: 'nothing to do' }]);
    expect(woken).toBe(0);
    expect(await waiting()).toBe(0);
    expect(groups).toEqual([]);
    expect(outcomes).toEqual(['ignored']);
  });

  test('a charset in the content type is welcome', async () => {
    const answer = await deliver(server.origin, 'ping', {}, { 'content-type': 'application/json; charset=utf-8' });
    expect(answer.status).toBe(202);
  });

  test('a body of several chunks without content-length', async () => {
    const body = JSON.stringify(issuesLabeled());
    expect(await chunked([body.slice(0, 50), body.slice(50)], deliveryHeaders('issues', body))).toBe(202);
  });

  test('texts that a database would choke on are cleaned', async () => {
    const payload = issuesLabeled(3, 'nul\0 and \ud800 half');
    expect((await deliver(server.origin, 'issues', payload)).status).toBe(202);
    expect(await waiting()).toBe(1);
  });

  test('a burst', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => deliver(server.origin, 'issues', issuesLabeled(index + 1))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await waiting()).toBe(60);
  });
});

describe('what is refused', () => {
  const body = JSON.stringify(issuesLabeled());

  test.each([
    ['a wrong signature', 401, { 'x-hub-signature-256': sign(body, 'another secret') }],
    ['a signature of another length', 401, { 'x-hub-signature-256': 'sha256=00' }],
    ['the old SHA-1 signature alone', 401, { 'x-hub-signature-256': '', 'x-hub-signature': 'sha1=00' }],
    ['no event name', 400, { 'x-github-event': '' }],
    ['no GUID', 400, { 'x-github-delivery': '' }],
    ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no content type', 415, { 'content-type': '' }],
  ])('%s: %d', async (_, status, headers) => {
    const answer = await post(body, { ...deliveryHeaders('issues', body), ...headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ message: expect.stringMatching(/\w/) });
    expect(groups).toEqual([]);
    expect(outcomes).toEqual(['refused']);
  });

  test.each(['{"action":', 'null', '[]', '"text"'])('signed, but no JSON object: %s', async (text) => {
    expect((await post(text, deliveryHeaders('issues', text))).status).toBe(400);
    expect(groups).toEqual([]);
  });

  test('an empty body: 401, since nothing can be signed', async () => {
    expect((await post('', deliveryHeaders('issues', ''))).status).toBe(401);
  });

  test('bytes that are no UTF-8 are verified as they came', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    expect((await post(bytes, deliveryHeaders('issues', bytes))).status).toBe(401);
  });

  test('GET: 405', async () => {
    expect((await fetch(server.origin)).status).toBe(405);
  });

  test('over 25 MB by its content-length: 413 before a byte is read', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { ...deliveryHeaders('issues', body), 'content-length': String(26 * 1024 * 1024) };
      const call = request(server.origin, { method: 'POST', headers }, (answer) => resolve(answer.statusCode ?? 0));
      call.on('error', reject);
      call.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('over 25 MB while streaming: 413', async () => {
    const chunk = 'x'.repeat(1024 * 1024);
    expect(
      await chunked(
        Array.from({ length: 27 }, () => chunk),
        deliveryHeaders('issues', 'x'),
      ),
    ).toBe(413);
    expect(groups).toEqual([]);
  });
});

describe('what cannot be stored is never acknowledged', () => {
  test.each<[string, () => void]>([
    [
      'the store is not open yet',
      () => {
        inbox = null;
      },
    ],
    [
      'the store cannot write',
      () => {
        inbox = { ...opened.store.inbox, receive: () => Promise.reject(new Error('disk full')) };
      },
    ],
  ])('%s: 503 with Retry-After, and then it works again', async (_, arrange) => {
    const guid = randomUUID();
    arrange();
    const refused = await deliver(server.origin, 'issues', issuesLabeled(), { 'x-github-delivery': guid });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await waiting()).toBe(0);

    inbox = opened.store.inbox;
    expect((await deliver(server.origin, 'issues', issuesLabeled(), { 'x-github-delivery': guid })).status).toBe(202);
    expect(await waiting()).toBe(1);
  });
});

function chunked(chunks: string[], headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const call = request(server.origin, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } }, (answer) => {
      answered = true;
      resolve(answer.statusCode ?? 0);
    });
    // The server hangs up on a sender that does not stop; what counts is its answer.
    call.on('error', (error) => (answered ? undefined : reject(error)));
    for (const chunk of chunks) call.write(chunk);
    call.end();
  });
}
