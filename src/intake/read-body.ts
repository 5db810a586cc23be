/** Reads a request's body up to a limit, without trusting its content-length. */
import type { IncomingMessage } from 'node:http';

/** `too-large` as soon as that is sure; `cut` when the sender went away. */
export type Body = { bytes: Buffer } | { fault: 'too-large' | 'cut' };

export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.resolve({ fault: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.off('data', onData);
        resolve({ fault: 'too-large' });
      } else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => resolve({ bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }));
    request.once('error', () => resolve({ fault: 'cut' }));
    request.once('close', () => resolve({ fault: 'cut' }));
  });
}
