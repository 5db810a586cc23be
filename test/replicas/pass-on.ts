/** An HTTP request passed on as it came, and its answer back. */
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface Passed {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
}

/** One for each side that passes on; `destroy()` it at the end. */
export const newAgent = (): Agent => new Agent({ keepAlive: true });

/** @throws when nobody answers there. */
export function passOn(agent: Agent, port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Passed> {
  const length = { 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...length } });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      bodyOf(answer).then((text) => {
        const { 'transfer-encoding': _, ...rest } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers: { ...rest, 'content-length': String(text.length) }, body: text });
      }, reject);
    });
    sent.end(body);
  });
}
