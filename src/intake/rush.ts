/** Whether webhooks are coming in thick and fast: then storing them goes before work, so that no answer is late (A1). */

/** Being taken at the same moment: answers begin to be late. */
const AT_ONCE = 4;
/** So many within so long, be they answered as fast as they come: about a thousand a second. */
const MANY = 8;
const WITHIN_MS = 8;

export interface Rush {
  /** A webhook has come. */
  came(): void;
  /** One that had come is answered. */
  answered(): void;
  isOn(): boolean;
}

export function createRush(nowMs: () => number = () => performance.now()): Rush {
  /** When the last ones came; a ring. */
  const times = new Float64Array(MANY).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let open = 0;
  return {
    came() {
      open += 1;
      times[next] = nowMs();
      next = (next + 1) % MANY;
    },
    answered() {
      open -= 1;
    },
    // The next to be overwritten is the oldest.
    isOn: () => open >= AT_ONCE || nowMs() - (times[next] ?? 0) <= WITHIN_MS,
  };
}
