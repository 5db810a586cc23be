/** Lets a lane rest before it is freed, so that a burst of pushes becomes one more look and not ten. */
import type { Trigger } from '../model/trigger.ts';

/** GitHub shows a verdict a second later than it could; a burst of ten pushes costs two evaluations. */
const REST_MS = 1_000;

/** What moves in bursts: pushes, checks and statuses of a pull request. People's edits are answered at once. */
const BURSTS = /^(pull_request\.synchronize|check_run\.|check_suite\.|status)/;

/** Milliseconds that the lane of this run should rest. */
export function restAfter(trigger: Trigger): number {
  return trigger.kind === 'subject' && trigger.changes.some((change) => BURSTS.test(change.event)) ? REST_MS : 0;
}

export interface Rests {
  /** Calls `free` after `ms`, or as soon as the worker stops; then `onFreed`. */
  add(ms: number, free: () => Promise<unknown>): void;
  /** Ends all rests now. */
  end(): Promise<void>;
}

/** @param longestMs no rest is longer, whatever is asked for. */
export function createRests(onFreed: () => void, onFault: (error: unknown) => void, longestMs = REST_MS): Rests {
  const waiting = new Map<NodeJS.Timeout, () => Promise<unknown>>();
  return {
    add(ms, free) {
      const timer = setTimeout(
        () => {
          waiting.delete(timer);
          free().then(onFreed, onFault);
        },
        Math.min(ms, longestMs),
      );
      waiting.set(timer, free);
    },
    async end() {
      const all = [...waiting];
      waiting.clear();
      for (const [timer] of all) clearTimeout(timer);
      await Promise.all(all.map(([, free]) => free().catch(onFault)));
    },
  };
}
