/** What strangers can send to the running app: it lives, its memory stays bounded, and GitHub's webhooks are answered all the while. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deliver, deliveryHeaders, issuesLabeled, sign } from '../intake/deliver.ts';
import { type AppProcess, type SmallGitHub, smallGitHub, startApp } from '../start/app-process.ts';
import { length } from '../suite.ts';

const MB = 1024 * 1024;
let folder: string;
let github: SmallGitHub;
let app: AppProcess;
let origin: string;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'playcaller-hostile-'));
  github = await smallGitHub();
  app = startApp({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'trace', ...github.env });
  origin = await app.origin();
  url = `${origin}/api/github/webhooks`;
  await app.logged('GitHub knows');
});

afterAll(async () => {
  app.child.kill('SIGKILL');
  await app.exit;
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

/** After each attack GitHub's own delivery is taken, and the process is the same one. */
afterEach(async () => {
  expect((await deliver(url, 'issues', issuesLabeled(1))).status).toBe(202);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect(app.child.exitCode).toBeNull();
  expect(app.lines().filter(({ level }) => level === 'fatal' || level === 'error')).toEqual([]);
});

/** Resident memory of the app in MB. */
function memory(): number {
  const [, pages = '0'] = readFileSync(`/proc/${app.child.pid}/statm`, 'utf8').split(' ');
  return (Number(pages) * 4096) / MB;
}

type Sent = { headers?: Record<string, string | string[]>; chunks?: (string | Buffer)[]; end?: boolean };

/** The status, or 0 where the line was cut without one. */
function send({ headers = {}, chunks = [], end = true }: Sent, path = '/api/github/webhooks'): Promise<number> {
  return new Promise((resolve) => {
    const call = request(`${origin}${path}`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on('error', () => resolve(0));
    call.flushHeaders();
    for (const chunk of chunks) call.write(chunk);
    if (end) call.end();
  });
}

function signed(body: string | Buffer, more: Record<string, string> = {}): Promise<number> {
  return send({ headers: { ...deliveryHeaders('issues', body), ...more }, chunks: [body] });
}

/** As a stranger makes them: the form is right. */
const FORGED = { ...deliveryHeaders('issues', 'x'), 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };

test('a content-length that lies: too large, too small, negative, no number', async () => {
  expect(await send({ headers: { ...FORGED, 'content-length': String(26 * MB) }, end: false })).toBe(413);
  for (const size of ['-1', 'x', '1e9', '99999999999999999999', '0x10'])
    expect(await raw(`POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\nhello`)).toMatch(
      /^HTTP\/1.1 4\d\d|^$/,
    );
});

test('two lengths, a length with chunks: smuggling is refused', async () => {
  const head = 'POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\n';
  expect(await raw(`${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
  expect(await raw(`${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`)).toMatch(/^HTTP\/1.1 400/);
});

test('a body of chunks that goes on: cut at 25 MB', async () => {
  const chunk = Buffer.alloc(MB, 0x20);
  expect(await send({ headers: { ...FORGED, 'transfer-encoding': 'chunked' }, chunks: Array(26).fill(chunk), end: false })).toBe(
    413,
  );
});

test('many large bodies at once, none of them signed: memory is bounded, small deliveries pass meanwhile', async () => {
  const before = memory();
  const chunk = Buffer.alloc(2 * MB, 0x20);
  const count = length({ short: 9, long: 40 });
  const statuses: number[] = [];
  for (let at = 0; at < count; at++)
    void send({ headers: { ...FORGED, 'transfer-encoding': 'chunked' }, chunks: Array(11).fill(chunk), end: false }).then(
      (status) => statuses.push(status),
    );
  // While they lie there, half sent: four of 22 MB find room, the others are told to come back.
  while (statuses.length < count - 4) expect((await deliver(url, 'issues', issuesLabeled(2))).status).toBe(202);
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect(memory() - before).toBeLessThan(350);
  origin = await again();
});

/** The half-sent bodies hold their room until the server gives up on them: a new process for what follows. */
async function again(): Promise<string> {
  app.child.kill('SIGKILL');
  await app.exit;
  app = startApp({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'trace', ...github.env });
  const next = await app.origin();
  await app.logged('GitHub knows');
  url = `${next}/api/github/webhooks`;
  return next;
}

test('slow senders by the hundred hold nobody up', async () => {
  const slow = Array.from({ length: 300 }, () => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nX-A');
    return socket;
  });
  for (let at = 0; at < 20; at++) expect((await deliver(url, 'issues', issuesLabeled(at + 2))).status).toBe(202);
  for (const socket of slow) socket.destroy();
});

test('10,000 headers, a header of a megabyte, a path of a megabyte', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `X-H${at}: 1`).join('\r\n');
  expect(await raw(`POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\n${many}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431|^$/);
  expect(await raw(`POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(MB)}\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431|^$/,
  );
  expect(await raw(`GET /${'a'.repeat(MB)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1.1 4\d\d|^$/);
});

test('what is no HTTP', async () => {
  for (const bytes of [
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'hello\r\n\r\n',
    '\0'.repeat(1000),
    'GET / HTTP/9.9\r\n\r\n',
  ])
    expect(await raw(bytes)).toMatch(/^HTTP\/1.1 4\d\d|^$/);
});

test('signed JSON that is strange: deep, doubled, with NULs, half letters and names of prototypes', async () => {
  const wrap = (inner: string) => `{"action":"opened","repository":{"full_name":"acme/shop"},"installation":{"id":5},${inner}}`;
  const deep = (open: string, close: string) => `${open.repeat(100_000)}${close.repeat(100_000)}`;
  const bodies = [
    wrap(`"issue":${deep('[', ']')}`),
    wrap(`"issue":${deep('{"a":', '}').replace('{"a":}', '{"a":1}')}`),
    wrap('"issue":{"number":3,"number":4,"labels":[]},"issue":{"number":5}'),
    wrap('"issue":{"number":6,"labels":[{"name":"\\u0000x\\ud800"}]},"sender":{"login":"\\udfff\\u0000"}'),
    wrap('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"issue":{"__proto__":{"number":7}}'),
    wrap('"issue":{"number":1e400,"labels":"x"}'),
    wrap('"issue":{"number":-1}'),
    wrap(`"issue":{"number":8,"labels":[${'{"name":"x"},'.repeat(100_000)}{"name":"y"}]}`),
    `{"action":${JSON.stringify('a'.repeat(5 * MB))}}`,
    `{"action":"opened","repository":{"full_name":"../../etc"},"installation":{"id":5},"issue":{"number":9}}`,
  ];
  for (const body of bodies) expect([202, 400]).toContain(await signed(body));
});

test('what is packed is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(50 * MB));
  expect(await signed(bomb, { 'content-encoding': 'gzip' })).toBe(401);
  const zipped = gzipSync(JSON.stringify(issuesLabeled()));
  expect(await signed(zipped, { 'content-encoding': 'gzip' })).toBe(401);
});

test('other encodings, other types', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/jsonp', 'multipart/form-data; boundary=x'])
    expect(await signed('{}', { 'content-type': type })).toBe(415);
  const utf16 = Buffer.from(JSON.stringify(issuesLabeled()), 'utf16le');
  expect([400, 401]).toContain(await signed(utf16, { 'content-type': 'application/json; charset=utf-16' }));
  expect(await signed(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{}')]))).toBe(400);
});

test('headers that would forge a line of the log, or a name in the store', async () => {
  const headers = { ...deliveryHeaders('issues', '{}'), 'x-github-event': 'issues"}{"level":"fatal"' };
  expect(await send({ headers, chunks: ['{}'] })).toBe(400);
  expect(await send({ headers: { ...headers, 'x-github-event': '__proto__' }, chunks: ['{}'] })).toBe(202);
  expect(await send({ headers: { ...deliveryHeaders('issues', '{}', '../../x y') }, chunks: ['{}'] })).toBe(400);
});

test('an action with line breaks and escapes is one line of JSON in the log', async () => {
  const action = 'x\n{"level":"fatal","msg":"forged"}\u001b[31m\u2028';
  expect((await deliver(url, 'issues', { ...issuesLabeled(77), action })).status).toBe(202);
  for (const { msg } of app.lines()) expect(msg).not.toBe('forged');
});

test('a redelivery does nothing twice; the same body under another GUID needs the secret again', async () => {
  const guid = randomUUID();
  const body = JSON.stringify(issuesLabeled(42));
  const once = deliveryHeaders('issues', body, guid);
  expect(await send({ headers: once, chunks: [body] })).toBe(202);
  expect(await send({ headers: once, chunks: [body] })).toBe(202);
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toMatch(/playcaller_deliveries_total\{[^}]*outcome="duplicate"[^}]*\} 1\n/);
  // GitHub signs the body alone, so whoever has seen one delivery can send it under a new name: it says only what to look at.
  expect(await send({ headers: { ...once, 'x-github-delivery': randomUUID() }, chunks: [body] })).toBe(202);
  const other = JSON.stringify(issuesLabeled(43));
  expect(await send({ headers: { ...once, 'x-github-delivery': randomUUID() }, chunks: [other] })).toBe(401);
});

test.each([
  ['none', null],
  ['empty', ''],
  ['cut', sign('{}').slice(0, -1)],
  ['longer', `${sign('{}')}0`],
  ['of another body', sign('{"a":1}')],
  ['of another secret', sign('{}', 'another secret of theirs')],
  ['of an empty secret', sign('{}', ' ')],
  ['in capitals', sign('{}').toUpperCase()],
  ['without its algorithm', sign('{}').slice(7)],
  ['of SHA-1', sign('{}').replace('sha256', 'sha1')],
  ['of SHA-512', `sha512=${'0'.repeat(128)}`],
  ['of no algorithm', `none=${'0'.repeat(64)}`],
  ['twice', `${sign('{}')},${sign('{}')}`],
  ['with blanks', ` ${sign('{"a":1}')} `],
])('a signature %s: 401, and nothing is kept', async (_, signature) => {
  const { 'x-hub-signature-256': right, ...rest } = deliveryHeaders('ping', '{}');
  const sha1 = { 'x-hub-signature': 'sha1=0000' };
  expect(
    await send({
      headers: { ...rest, ...sha1, ...(signature === null ? {} : { 'x-hub-signature-256': signature }) },
      chunks: ['{}'],
    }),
  ).toBe(401);
  expect(right).toMatch(/^sha256=/);
});

/** The first bytes of the answer to bytes of any kind; empty where the line was cut. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    let answer = '';
    const done = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (chunk) => {
      answer += chunk;
      done();
    });
    socket.on('error', done);
    socket.on('close', done);
    socket.write(bytes, 'latin1');
    socket.end();
  });
}
