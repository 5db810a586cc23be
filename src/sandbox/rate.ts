/** Hourly budgets: 5,000 requests for a person or an installation, REST and GraphQL each, as GitHub shows them in headers. */
import { SandboxError } from './error.ts';
import type { RateState } from './sandbox.ts';
import type { Actor } from './state/accounts.ts';

export type Resource = 'core' | 'graphql';

/** The hour's budget is spent. */
export class RateLimited extends SandboxError {}

interface Bucket {
  used: number;
  /** Seconds. */
  reset: number;
}

export interface Rates {
  state(actor: Actor | null, resource: Resource): RateState;
  /** Counts one request. @throws 403 when the budget is spent. */
  take(actor: Actor | null, resource: Resource): RateState;
  /** For tests: another limit, or a budget almost spent. */
  set(limit: number, used?: number): void;
}

function keyOf(actor: Actor | null): string {
  if (!actor) return 'anonymous';
  if (actor.kind === 'user') return `user ID ${actor.login}`;
  return actor.kind === 'app' ? `app ID ${actor.appId}` : `installation ID ${actor.installationId}`;
}

export function createRates(now: () => number, hourly = 5000): Rates {
  const buckets = new Map<string, Bucket>();
  let limit = hourly;
  let floor = 0;

  function bucketOf(actor: Actor | null, resource: Resource): Bucket {
    const key = `${keyOf(actor)}/${resource}`;
    const seconds = Math.floor(now() / 1000);
    const known = buckets.get(key);
    if (known && known.reset > seconds) return known;
    const fresh = { used: known ? 0 : floor, reset: seconds + 3600 };
    buckets.set(key, fresh);
    return fresh;
  }

  function state(actor: Actor | null, resource: Resource): RateState {
    const { used, reset } = bucketOf(actor, resource);
    return { limit, used, remaining: Math.max(0, limit - used), reset };
  }

  return {
    state,
    take(actor, resource) {
      const bucket = bucketOf(actor, resource);
      if (bucket.used >= limit) throw new RateLimited(403, `API rate limit exceeded for ${keyOf(actor)}.`);
      bucket.used += 1;
      return state(actor, resource);
    },
    set(newLimit, used = 0) {
      limit = newLimit;
      floor = used;
      buckets.clear();
    },
  };
}

export function rateHeaders(rate: RateState, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(rate.remaining),
    'x-ratelimit-used': String(rate.used),
    'x-ratelimit-reset': String(rate.reset),
    'x-ratelimit-resource': resource,
  };
}
