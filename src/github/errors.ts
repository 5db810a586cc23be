/** Everything that can go wrong with GitHub, sorted by what to do about it: wait, try again, let go, tell, or look into it. */

/** GitHub wants us to wait; the work is not at fault. */
export class RateLimited extends Error {
  readonly kind = 'rate-limited';
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
  constructor(untilMs: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.untilMs = untilMs;
  }
}

/** 5xx, time-out, dropped connection, truncated answer: the same call may work later. Its effect may have happened. */
export class Unavailable extends Error {
  readonly kind = 'unavailable';
  /** Milliseconds until a look surely shows what was written all the same; 0 where nothing was. */
  readonly settlesMs: number;
  constructor(message: string, { settlesMs = 0, ...options }: ErrorOptions & { settlesMs?: number } = {}) {
    super(message, options);
    this.settlesMs = settlesMs;
  }
}

/** Deleted, transferred away, uninstalled, suspended or blocked: there is nothing left to do here. */
export class Gone extends Error {
  readonly kind = 'gone';
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** GitHub understood and said no: a permission is missing (401, 403), or the content is not accepted (409, 422). */
export class Refused extends Error {
  readonly kind = 'refused';
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Anything else: our mistake until shown otherwise. */
export class Broken extends Error {
  readonly kind = 'broken';
}

export type GitHubFault = RateLimited | Unavailable | Gone | Refused | Broken;

/** One entry of a GraphQL answer's `errors`. */
export interface GraphqlFault {
  /** `NOT_FOUND`, `FORBIDDEN`, …; null for faults of the query itself. */
  type: string | null;
  /** `repository.issue`; empty for the whole answer. */
  path: string;
  message: string;
}

/** An answer that came with a status of 400 or more, or that never came. */
export interface FailedCall {
  /** `POST /repos/{owner}/{repo}/issues` or `mutation Apply`: what was tried, without values. */
  what: string;
  status: number;
  message: string;
  headers: Record<string, string | undefined>;
  /** The answer never came, or not whole. */
  dropped: boolean;
}

/** How long to stay away when GitHub names no time (GitHub docs, "Rate limits": "wait at least one minute"). */
const UNNAMED_WAIT_MS = 60_000;
/** GitHub's words for secondary limits and abuse detection, in REST bodies and GraphQL errors. */
const SECONDARY_LIMIT =
  /secondary rate limit|abuse detection|exceeded a rate limit|API rate limit exceeded|submitted too quickly/i;
const SUSPENDED =
  /installation has been suspended|repository (was|is) (archived|disabled|unavailable)|repository access blocked/i;

export function isGitHubFault(error: unknown): error is GitHubFault {
  return (
    error instanceof RateLimited ||
    error instanceof Unavailable ||
    error instanceof Gone ||
    error instanceof Refused ||
    error instanceof Broken
  );
}

/** Sorts a failed REST or GraphQL call (S: GitHub docs "Best practices for using the REST API", "Troubleshooting"). */
export function sortFailure(call: FailedCall, nowMs: number, cause?: unknown): GitHubFault {
  const { status } = call;
  const message = `${call.what}: ${call.dropped ? 'no answer' : status}${call.message ? ` ${call.message}` : ''}`;
  if (call.dropped) return new Unavailable(message, { cause });
  const untilMs = limitedUntil(call, nowMs);
  if (untilMs !== null) return new RateLimited(untilMs, message, { cause });
  if (status >= 500 || status === 408) return new Unavailable(message, { cause });
  if (status === 404 || status === 410 || status === 451) return new Gone(status, message, { cause });
  if (status === 403 && SUSPENDED.test(call.message)) return new Gone(status, message, { cause });
  if (status === 401 || status === 403 || status === 409 || status === 422) return new Refused(status, message, { cause });
  return new Broken(message, { cause });
}

/** GraphQL answers 200 even when it did not do the work; null when the errors are the caller's to read. */
export function sortGraphqlErrors(
  what: string,
  errors: GraphqlFault[],
  headers: Record<string, string | undefined>,
  nowMs: number,
): GitHubFault | null {
  for (const error of errors) {
    if (error.type === 'RATE_LIMITED' || SECONDARY_LIMIT.test(error.message)) {
      return new RateLimited(waitFromHeaders(headers, nowMs) ?? nowMs + UNNAMED_WAIT_MS, `${what}: ${error.message}`);
    }
    if (isOutage(error)) return new Unavailable(`${what}: ${error.message}`);
  }
  return null;
}

/** GitHub names its own failures by words more than by types; of one field they say as little as of the whole. */
function isOutage({ type, message }: GraphqlFault): boolean {
  if (/^something went wrong while executing your query/i.test(message)) return true;
  return type === null ? /timed? ?out/i.test(message) : OUTAGES.has(type);
}

const OUTAGES = new Set(['INTERNAL', 'SERVICE_UNAVAILABLE', 'TIMEOUT', 'RESOURCE_LIMITS_EXCEEDED']);

function limitedUntil(call: FailedCall, nowMs: number): number | null {
  if (call.status !== 403 && call.status !== 429) return null;
  const named = waitFromHeaders(call.headers, nowMs);
  if (named !== null) return named;
  return call.status === 429 || SECONDARY_LIMIT.test(call.message) ? nowMs + UNNAMED_WAIT_MS : null;
}

/** When the headers say to come back: `retry-after` first, else the reset of a used-up quota. Milliseconds since the epoch. */
export function waitFromHeaders(headers: Record<string, string | undefined>, nowMs: number): number | null {
  const after = headers['retry-after'];
  if (after !== undefined) {
    const seconds = Number(after);
    if (Number.isFinite(seconds)) return nowMs + Math.max(seconds, 1) * 1000;
    const at = Date.parse(after);
    if (!Number.isNaN(at)) return Math.max(at, nowMs + 1000);
  }
  if (headers['x-ratelimit-remaining'] === '0') {
    const quota = quotaFrom(headers);
    if (quota) return Math.max(quota.resetMs, nowMs + 1000);
  }
  return null;
}

/** What is left of the hour's quota, and when it is whole again (milliseconds since the epoch). */
export function quotaFrom(headers: Record<string, string | undefined>): { remaining: number; resetMs: number } | null {
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset']);
  // One second on top: the reset is given in whole seconds.
  return Number.isFinite(remaining) && Number.isFinite(reset) && reset > 0 ? { remaining, resetMs: reset * 1000 + 1000 } : null;
}
