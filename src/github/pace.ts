/** How fast one installation may call: GitHub's published limits, and whatever its answers say. Waits a little, else says until when. */
import { quotaFrom, RateLimited, waitFromHeaders } from './errors.ts';

/** GitHub docs, "Rate limits for the REST API", section secondary rate limits. Infinity: no limit. */
export interface PaceLimits {
  writesPerMinute: number;
  writesPerHour: number;
  /** One per read, five per writing request. */
  pointsPerMinute: number;
  concurrent: number;
}

export const GITHUB_COM: PaceLimits = { writesPerMinute: 80, writesPerHour: 500, pointsPerMinute: 900, concurrent: 100 };
/** GitHub Enterprise Server sets no secondary limits unless its admin does; its answers then say so. */
export const ENTERPRISE: PaceLimits = {
  writesPerMinute: Infinity,
  writesPerHour: Infinity,
  pointsPerMinute: Infinity,
  concurrent: 100,
};

/** @param writesPerMinute replaces the limits on writes, per minute and per hour. */
export function paceLimits(enterprise: boolean, writesPerMinute: number | null): PaceLimits {
  const base = enterprise ? ENTERPRISE : GITHUB_COM;
  return writesPerMinute === null ? base : { ...base, writesPerMinute, writesPerHour: Infinity };
}

export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

/** What a request will cost. `resource` is GitHub's name of the quota: `core` or `graphql`. */
export interface Cost {
  writes: number;
  resource: string;
  /** So much of the quota is left to others; 0. */
  leaves?: number;
}

/** Longer waits are not sat out: the lane sleeps instead of holding a worker. */
const LONGEST_WAIT_MS = 5_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export class Pace {
  readonly #limits: PaceLimits;
  readonly #clock: Clock;
  readonly #perMinute: Window;
  readonly #perHour: Window;
  readonly #points: Window;
  readonly #blockedUntil = new Map<string, number>();
  /** Per resource, as the last answer told it. */
  readonly #quota = new Map<string, { remaining: number; resetMs: number }>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: PaceLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#perMinute = new Window(limits.writesPerMinute, MINUTE_MS);
    this.#perHour = new Window(limits.writesPerHour, HOUR_MS);
    this.#points = new Window(limits.pointsPerMinute, MINUTE_MS);
  }

  /**
   * Runs the call when its turn comes.
   * @throws {RateLimited} when the turn is further away than five seconds.
   */
  async run<T>(cost: Cost, call: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      await this.#turn(cost);
      return await call();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Learns from an answer's headers; a used-up quota blocks that quota, `retry-after` blocks everything. */
  learn(headers: Record<string, string | undefined>, resource: string): void {
    const quota = quotaFrom(headers);
    if (quota) this.#quota.set(resource, quota);
    const until = waitFromHeaders(headers, this.#clock.nowMs());
    if (until !== null) this.block(headers['retry-after'] === undefined ? resource : 'all', until);
  }

  block(resource: string, untilMs: number): void {
    this.#blockedUntil.set(resource, Math.max(untilMs, this.#blockedUntil.get(resource) ?? 0));
  }

  async #turn(cost: Cost): Promise<void> {
    for (;;) {
      const now = this.#clock.nowMs();
      const points = cost.writes > 0 ? 5 : 1;
      const until = Math.max(
        this.#blockedUntil.get('all') ?? 0,
        this.#blockedUntil.get(cost.resource) ?? 0,
        this.#scarceUntil(cost),
        this.#perMinute.freeAt(cost.writes, now),
        this.#perHour.freeAt(cost.writes, now),
        this.#points.freeAt(points, now),
      );
      if (until <= now) {
        this.#perMinute.take(cost.writes, now);
        this.#perHour.take(cost.writes, now);
        this.#points.take(points, now);
        return;
      }
      if (until - now > LONGEST_WAIT_MS) throw new RateLimited(until, "waiting for GitHub's rate limit");
      await this.#clock.sleep(until - now);
    }
  }

  /** Until when the quota is kept for others. */
  #scarceUntil({ resource, leaves = 0 }: Cost): number {
    const quota = this.#quota.get(resource);
    return quota && quota.remaining < leaves ? quota.resetMs : 0;
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#limits.concurrent) this.#running += 1;
    // Whoever ends hands its place on.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

/** A sliding window: at most `limit` units in any `lengthMs`. */
class Window {
  readonly #limit: number;
  readonly #lengthMs: number;
  #taken: { at: number; units: number }[] = [];
  #sum = 0;

  constructor(limit: number, lengthMs: number) {
    this.#limit = limit;
    this.#lengthMs = lengthMs;
  }

  /** When `units` fit. More units than the limit fit only into an empty window. */
  freeAt(units: number, now: number): number {
    if (units === 0 || this.#limit === Infinity) return 0;
    this.#forget(now);
    let over = this.#sum + units - this.#limit;
    for (const entry of this.#taken) {
      if (over <= 0) return 0;
      over -= entry.units;
      if (over <= 0) return entry.at + this.#lengthMs;
    }
    const last = this.#taken.at(-1);
    return over > 0 && last ? last.at + this.#lengthMs : 0;
  }

  take(units: number, now: number): void {
    if (units === 0 || this.#limit === Infinity) return;
    this.#taken.push({ at: now, units });
    this.#sum += units;
  }

  #forget(now: number): void {
    while (this.#taken[0] && this.#taken[0].at + this.#lengthMs <= now) this.#sum -= this.#taken.shift()?.units ?? 0;
  }
}
