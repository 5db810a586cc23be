/** Keeps a text below GitHub's limit by leaving out whole parts, never half ones. */
import { sizeOf } from '../markdown.ts';

/** GitHub takes 65,536 characters; the rest is room for what we miscount. In UTF-8 bytes. */
export const MAX_BODY = 65_000;

/** The leading parts that fit into `room` bytes, one byte between two; `dropped` counts the others. */
export function keepWhole(parts: string[], room: number): { kept: string[]; dropped: number; room: number } {
  const kept: string[] = [];
  let left = room;
  for (const part of parts) {
    const size = sizeOf(part) + 1;
    if (size > left) break;
    left -= size;
    kept.push(part);
  }
  return { kept, dropped: parts.length - kept.length, room: left };
}
