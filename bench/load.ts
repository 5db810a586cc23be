/** A load generator: GitHub's example payloads, signed, over keep-alive connections. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { percentile } from './figure.ts';
import { timedGuid } from './guid.ts';

export interface Payload {
  event: string;
  body: Buffer;
  signature: string;
}

/** Every example of `@octokit/webhooks-examples`, as an installed app gets it. */
export function examplePayloads(secret: string): Payload[] {
  const definitions: { name: string; examples: object[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
  return definitions.flatMap(({ name, examples }) =>
    examples.map((example) => {
      const body = Buffer.from(JSON.stringify({ ...example, installation: { id: 5 } }));
      return { event: name, body, signature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
    }),
  );
}

export const CONNECTIONS = 32;

export interface Load {
  url: string;
  payloads: Payload[];
}

/** As fast as it goes, each connection with one request at a time. Returns requests per second. */
export async function flatOut(load: Load, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const started = performance.now();
  let next = 0;
  const connection = async () => {
    while (next < requests) {
      next += 1;
      await post(load, agent, next);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return requests / ((performance.now() - started) / 1000);
}

/** At a steady rate, whatever the answers take. Returns the 99th percentile in ms, counted from when each was due. */
export async function steady(load: Load, perSecond: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const started = performance.now();
  const times: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = started + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    times.push(post(load, agent, index).then(() => performance.now() - due));
  }
  const all = await Promise.all(times);
  agent.destroy();
  return percentile(all, 0.99);
}

function post({ url, payloads }: Load, agent: Agent, index: number): Promise<void> {
  const payload = payloads[index % payloads.length];
  if (!payload) throw new Error('no payloads');
  const headers = {
    'content-type': 'application/json',
    'content-length': payload.body.length,
    'x-github-event': payload.event,
    'x-github-delivery': timedGuid(),
    'x-hub-signature-256': payload.signature,
  };
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve();
        else reject(new Error(`${payload.event} was answered with ${status}`));
      });
    });
    call.once('error', reject);
    call.end(payload.body);
  });
}
