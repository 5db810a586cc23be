/** Reads a request's body up to a limit, without trusting its content-length, and never too much of all bodies together. */
import type { IncomingMessage } from 'node:http';

/** `too-large` as soon as that is sure; `cut` when the sender went away; `crowded` when other large bodies fill the room. */
export type Body = { bytes: Buffer } | { fault: 'too-large' | 'cut' | 'crowded' };

/** Bytes that all bodies together may hold beyond their first `free`. Nobody has shown a signature yet. */
export interface Room {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** GitHub's usual payload is 10 to 30 kB: those find room however many large ones somebody sends. */
const FREE = 256 * 1024;

/** @param most bytes of bodies in memory at the same time, the first 256 kB of each aside */
export function createRoom(most: number): Room {
  let used = 0;
  return {
    take(bytes) {
      if (used + bytes > most) return false;
      used += bytes;
      return true;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}

/** Whoever gets the bytes calls `done` when they are no longer needed. */
export function readBody(request: IncomingMessage, limit: number, room: Room): Promise<Body & { done(): void }> {
  let taken = 0;
  const done = () => {
    room.give(taken);
    taken = 0;
  };
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.resolve({ fault: 'too-large', done });
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const end = (body: Body) => {
      request.off('data', onData);
      chunks = [];
      if ('fault' in body) done();
      resolve({ ...body, done });
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      const wanted = Math.max(0, size - FREE) - taken;
      if (size > limit) return end({ fault: 'too-large' });
      if (wanted > 0 && !room.take(wanted)) return end({ fault: 'crowded' });
      taken += Math.max(0, wanted);
      chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => end({ bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }));
    request.once('error', () => end({ fault: 'cut' }));
    request.once('close', () => end({ fault: 'cut' }));
  });
}
