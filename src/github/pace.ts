/** How fast one installation may call: GitHub's published limits, and whatever its answers say. Waits a little, else says until when. */
import { ComeBacks } from './come-backs.ts';
import { quotaFrom, RateLimited, waitFromHeaders } from './errors.ts';
import { ALONE, type OverReplicas } from './over-replicas.ts';
import { SlidingWindow } from './sliding-window.ts';

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
/** Of 24 workers so many at most wait for GitHub's limits: work that need not wait always finds one. */
export const SEATS = 8;
const SEATS_EACH = 4;

export interface Seats {
  free: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export class Pace {
  readonly #limits: PaceLimits;
  readonly #clock: Clock;
  readonly #replicas: OverReplicas;
  readonly #seats: Seats;
  #sitting = 0;
  readonly #perMinute: SlidingWindow;
  readonly #perHour: SlidingWindow;
  readonly #points: SlidingWindow;
  readonly #blockedUntil = new Map<string, number>();
  /** Per resource, as the last answer told it. */
  readonly #quota = new Map<string, { remaining: number; resetMs: number }>();
  readonly #waiting: (() => void)[] = [];
  readonly #comeBacks: ComeBacks;
  #running = 0;

  /** @param seats for those who sit a short wait out: one bound for all installations of the process */
  constructor(limits: PaceLimits, clock: Clock, replicas: OverReplicas = ALONE, seats: Seats = { free: SEATS }) {
    this.#limits = limits;
    this.#clock = clock;
    this.#replicas = replicas;
    this.#seats = seats;
    this.#perMinute = new SlidingWindow(limits.writesPerMinute, MINUTE_MS);
    this.#perHour = new SlidingWindow(limits.writesPerHour, HOUR_MS);
    this.#points = new SlidingWindow(limits.pointsPerMinute, MINUTE_MS);
    this.#comeBacks = new ComeBacks(this.#perMinute, this.#perHour);
  }

  /**
   * Runs the call when its turn comes.
   * @throws {RateLimited} when the turn is further away than five seconds, or too many wait already.
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
    const known = this.#blockedUntil.get(resource) ?? 0;
    if (untilMs <= known) return;
    this.#blockedUntil.set(resource, untilMs);
    if (resource === 'all') this.#replicas.block(untilMs - this.#clock.nowMs());
  }

  async #turn(cost: Cost): Promise<void> {
    for (;;) {
      const now = this.#clock.nowMs();
      const until = this.#freeAt(cost, now);
      if (until > now) {
        await this.#sitOut(until, now, cost);
        continue;
      }
      const giveBack = this.#take(cost, now);
      const waitMs = await (cost.writes > 0 ? this.#replicas.take(cost.writes) : this.#replicas.blockedFor());
      if (waitMs === 0) return;
      giveBack();
      const asked = this.#clock.nowMs();
      await this.#sitOut(asked + waitMs, asked, cost);
    }
  }

  #freeAt(cost: Cost, now: number): number {
    return Math.max(
      this.#blockedUntil.get('all') ?? 0,
      this.#blockedUntil.get(cost.resource) ?? 0,
      this.#scarceUntil(cost),
      this.#perMinute.freeAt(cost.writes, now),
      this.#perHour.freeAt(cost.writes, now),
      this.#points.freeAt(pointsOf(cost), now),
    );
  }

  #take(cost: Cost, now: number): () => void {
    const undo = [
      this.#perMinute.take(cost.writes, now),
      this.#perHour.take(cost.writes, now),
      this.#points.take(pointsOf(cost), now),
    ];
    return () => {
      for (const one of undo) one();
    };
  }

  /** Whoever waits here holds a worker: a few may, for a short time. @throws {RateLimited} for the others */
  async #sitOut(until: number, now: number, { writes }: Cost): Promise<void> {
    if (until - now > LONGEST_WAIT_MS || this.#sitting >= SEATS_EACH || this.#seats.free <= 0) {
      throw new RateLimited(this.#comeBacks.next(writes, until, now), "waiting for GitHub's rate limit");
    }
    this.#sitting += 1;
    this.#seats.free -= 1;
    try {
      await this.#clock.sleep(until - now);
    } finally {
      this.#sitting -= 1;
      this.#seats.free += 1;
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

/** GitHub docs, "Calculating points for the secondary rate limit". */
function pointsOf({ writes }: Cost): number {
  return writes > 0 ? 5 : 1;
}
