/** A GitHub that breaks off, hangs or hangs up, over a real connection: each is an outage, and nothing waits for ever. */
import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { Unavailable } from '../../src/github/errors.ts';
import { serve } from '../intake/deliver.ts';
import { faultOf, fixture, TOKEN } from './fake.ts';

let server: Awaited<ReturnType<typeof serve>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function callWith(answer: RequestListener): Promise<unknown> {
  server = await serve((request, response) => {
    if (!request.url?.endsWith('/access_tokens')) return answer(request, response);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token: TOKEN, expires_at: '2100-01-01T00:00:00Z', permissions: {} }));
  });
  const { github } = fixture({ apiUrl: `${server.origin}/api/v3`, timeoutMs: 200 });
  return faultOf((await github.forInstallation(5)).rest('GET /x'));
}

test('it never answers', async () => {
  expect(await callWith(() => undefined)).toBeInstanceOf(Unavailable);
});

test('it begins to answer and never ends', async () => {
  const fault = await callWith((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":');
  });
  expect(fault).toBeInstanceOf(Unavailable);
});

test('it answers drop by drop', async () => {
  let dripping: NodeJS.Timeout | undefined;
  const fault = await callWith((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    dripping = setInterval(() => response.write(' '), 20);
  });
  clearInterval(dripping);
  expect(fault).toBeInstanceOf(Unavailable);
});

test('it hangs up', async () => {
  expect(await callWith((request) => request.socket.destroy())).toBeInstanceOf(Unavailable);
});

test('it hangs up in the middle of the body', async () => {
  const fault = await callWith((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"id":1}');
    setImmediate(() => request.socket.destroy());
  });
  expect(fault).toBeInstanceOf(Unavailable);
});

test('nobody is there', async () => {
  const { github } = fixture({ apiUrl: 'http://127.0.0.1:9/api/v3' });
  expect(await faultOf(github.app())).toBeInstanceOf(Unavailable);
});
