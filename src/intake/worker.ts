/** Leases lanes, hands each lane's next run to the handler, and settles it: done, later, or put aside (A1). */
import type { Logger } from 'pino';
import type { Trigger } from '../model/trigger.ts';
import type { Inbox, LaneWork, Lease } from '../store/inbox-types.ts';
import { createAlarm } from './alarm.ts';
import type { Verdict } from './backoff.ts';
import { handleLane } from './handle-lane.ts';
import { createQuarantine } from './quarantine.ts';
import { createRests } from './rest.ts';

export interface HandledRun {
  trigger: Trigger;
  outcome: 'done' | 'dropped' | 'later' | 'retry' | 'parked' | 'lease-lost';
  durationMs: number;
  calls: number;
}

export interface WorkerParts {
  inbox: Inbox;
  log: Logger;
  handle(trigger: Trigger, lease: Lease): Promise<void>;
  sortError(error: unknown): Verdict;
  /** Runs `work`, counts into `tally` the API calls that it makes, and lets none of them write once `mayWrite` is false. */
  tallied(tally: { calls: number; mayWrite(): boolean }, work: () => Promise<void>): Promise<void>;
  onHandled?(run: HandledRun): void;
  now(): Date;
  /** Webhooks are coming in thick and fast: then storing them goes first, and what waits grows together meanwhile. */
  pressed?(): boolean;
  /** Lanes handled at the same time; 24. */
  concurrency?: number;
  /** A worker that died gives its lanes back after this long; 10 s. */
  leaseMs?: number;
  /** The longest sleep between two looks at the store; 5 s. */
  pollMs?: number;
}

/** How the worker is, at this moment. */
export interface WorkerFigures {
  /** Lanes that may be handled at the same time, and those that are. */
  slots: number;
  busy: number;
  /** Milliseconds since it last looked for work: much more than its longest sleep means that it hangs. */
  lookedAgoMs: number;
}

export interface Worker {
  figures(): WorkerFigures;
  /** Work may be waiting. */
  wake(): void;
  /** Takes no more work; resolves when the running handlers have ended, or after `graceMs` (`false`). */
  stop(graceMs: number): Promise<boolean>;
}

const STORE_AWAY_MS = 1_000;
const BREATH_MS = 10;
/** The longest that work waits for a burst of webhooks to end; then it has its turn for as long. */
const LONGEST_YIELD_MS = 500;
const YIELD_STEP_MS = 4;

export function startWorker(parts: WorkerParts): Worker {
  const { inbox, log, concurrency = 24, leaseMs = 10_000, pollMs = 5_000 } = parts;
  const running = new Set<Promise<void>>();
  const alarm = createAlarm();
  const notFreed = (error: unknown) => log.warn({ err: error }, 'could not free a lane; its lease will run out');
  const rests = createRests(alarm.ring, notFreed, pollMs);
  const quarantine = createQuarantine(inbox, leaseMs);
  const unsubscribe = inbox.onWork(alarm.ring);
  let stopping = false;
  let storeAway = false;
  let lookedAt = performance.now();
  /** The burst goes on, but work has waited long enough. */
  let itsTurnUntil = 0;

  async function takeWork(): Promise<number> {
    const free = concurrency - running.size;
    if (free === 0) return pollMs;
    // One look costs a tenth of a lease, and mostly there is nothing: each lane that ends asks.
    const dueMs = await inbox.nextDueMs();
    if (dueMs !== 0) return Math.min(Math.max(dueMs ?? pollMs, BREATH_MS), pollMs);
    const next = await quarantine.next(running.size);
    if (next === 'nothing') return pollMs;
    if (next !== 'others') {
      start(next, quarantine.over);
      return 0;
    }
    const works = await inbox.lease(free, leaseMs);
    for (const work of works) start(work);
    if (works.length > 0) return 0;
    quarantine.idle();
    // Another worker may be about to take what is due.
    return BREATH_MS;
  }

  function start(work: LaneWork, onEnd?: () => void): void {
    const one = handleLane(parts, work, leaseMs, rests)
      // The lease runs out by itself and the work is done again.
      .catch((error: unknown) => log.warn({ err: error, key: work.lease.lane }, 'could not settle a lane'))
      .finally(() => {
        running.delete(one);
        onEnd?.();
        alarm.ring();
      });
    running.add(one);
  }

  async function letWebhooksPass(): Promise<void> {
    if (performance.now() < itsTurnUntil) return;
    const until = performance.now() + LONGEST_YIELD_MS;
    while (parts.pressed?.() && !stopping) {
      if (performance.now() >= until) {
        itsTurnUntil = performance.now() + LONGEST_YIELD_MS;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, YIELD_STEP_MS));
    }
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      await letWebhooksPass();
      if (stopping) return;
      lookedAt = performance.now();
      let sleepMs: number;
      try {
        sleepMs = await takeWork();
        if (storeAway) log.info('the store is back');
        storeAway = false;
      } catch (error) {
        if (!storeAway) log.warn({ err: error }, 'the store does not answer; trying until it does');
        storeAway = true;
        sleepMs = STORE_AWAY_MS;
      }
      if (!stopping) await alarm.sleep(sleepMs);
    }
  }

  const looping = loop();
  return {
    wake: alarm.ring,
    figures: () => ({ slots: concurrency, busy: running.size, lookedAgoMs: performance.now() - lookedAt }),
    async stop(graceMs) {
      stopping = true;
      unsubscribe();
      alarm.ring();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), graceMs);
      });
      // A store that hangs must not hold the end up either.
      const all = looping.then(() => Promise.allSettled(running)).then(() => true);
      const ended = await Promise.race([all, late]);
      clearTimeout(timer);
      await rests.end();
      return ended;
    },
  };
}
