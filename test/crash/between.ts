/** Stands between app and sandbox, both ways: tells of each webhook and each call as it passes, and may let one fall. */
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeOperation, readGraphqlBody } from '../../src/sandbox/graphql-endpoint.ts';

/** `write`: what changes GitHub; `read`: facts; `other`: tokens and who we are. */
export type Traffic = 'webhook' | 'read' | 'write' | 'other';

export interface Passing {
  traffic: Traffic;
  /** `arrived`: nothing is forwarded yet; `answered`: it was done, nobody knows; `passed`: the answer is on its way. */
  at: 'arrived' | 'forwarded' | 'answered' | 'passed';
}

export interface Between {
  /** Where each is reached instead of by its own address. */
  apiHost: string;
  webhookUrl: string;
  /** Told of everything that passes; `fall` cuts the connection there and then. */
  watch(look: (passing: Passing) => 'go' | 'fall'): void;
  close(): Promise<void>;
}

const WEBHOOKS = '/api/github/webhooks';

export async function standBetween(sandboxPort: number, appPort: number): Promise<Between> {
  let look: (passing: Passing) => 'go' | 'fall' = () => 'go';
  const agent = new Agent({ keepAlive: true });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const traffic = trafficOf(incoming, body);
    const falls = (at: Passing['at']): boolean => look({ traffic, at }) === 'fall';
    if (falls('arrived')) return void outgoing.destroy();
    const port = traffic === 'webhook' ? appPort : sandboxPort;
    const answer = forward(agent, port, incoming, body);
    falls('forwarded');
    const { status, headers, text } = await answer;
    if (falls('answered')) return void outgoing.destroy();
    outgoing.writeHead(status, headers).end(text);
    falls('passed');
  }

  const server = createServer((incoming, outgoing) => {
    // Whoever died is not reached: the other sees its connection cut.
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiHost: `127.0.0.1:${port}`,
    webhookUrl: `http://127.0.0.1:${port}${WEBHOOKS}`,
    watch: (next) => {
      look = next;
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
}

function trafficOf({ method, url }: IncomingMessage, body: Buffer): Traffic {
  if (url === WEBHOOKS) return 'webhook';
  if (url === '/api/graphql') return describeOperation(readGraphqlBody(body.toString())).isWrite ? 'write' : 'read';
  if (/\/access_tokens$|^\/api\/v3\/app\b/.test(url ?? '')) return 'other';
  return method === 'GET' ? 'read' : 'write';
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: Buffer;
}

function forward(agent: Agent, port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const length = { 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...length } });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      bodyOf(answer).then((text) => {
        const { 'transfer-encoding': _, ...rest } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers: { ...rest, 'content-length': String(text.length) }, text });
      }, reject);
    });
    sent.end(body);
  });
}
