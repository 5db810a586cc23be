/** GUIDs as GitHub gives them: of version 1, so that those of one moment begin alike and stand together in an index. */
import { randomBytes } from 'node:crypto';

/** 100 ns steps from 15 October 1582 to 1 January 1970 (RFC 9562, 5.1). */
const EPOCH = 0x01b21dd213814000n;
const NODE = randomBytes(6).toString('hex');
let last = 0n;

/** `72d3162e-cc78-11e3-81ab-4c9367dc0958` is the example of GitHub's documentation. */
export function timedGuid(): string {
  const now = BigInt(Math.round((performance.timeOrigin + performance.now()) * 10_000)) + EPOCH;
  last = now > last ? now : last + 1n;
  const hex = last.toString(16).padStart(15, '0');
  return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-81ab-${NODE}`;
}
