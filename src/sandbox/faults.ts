/** Faults on demand: slow, wrong, cut, stale and lost answers, and GitHub's many ways to say "not now". */
import { z } from 'zod';
import { type Breakage, breakageOf, type Refusal } from './harm.ts';
import { randomFrom } from './random.ts';

/** What `POST /_sandbox/faults` takes. All given parts must match; a fault without parts but `latencyMs` only delays. */
export const faultSchema = z.strictObject({
  /** Delay before the answer. */
  latencyMs: z.number().int().min(0).max(120_000).optional(),
  /** Share of matching calls that fail, 0 to 1; 1 when only `status` is given. */
  errorRate: z.number().min(0).max(1).optional(),
  /** The status of the failure; 502 by default. Nothing is done for the call. */
  status: z.number().int().min(400).max(599).optional(),
  /** `retry-after` of the failure, in seconds; its status is 429 then, unless given. */
  retryAfter: z.number().int().min(0).optional(),
  /** The failure is a page of HTML, as from GitHub's front servers. */
  html: z.boolean().optional(),
  /** The call is done and then the connection is cut without an answer. Only writes. */
  dropAfterWrite: z.boolean().optional(),
  /** 403 in GitHub's words, with `retry-after` of so many seconds (60 for `true`), or without it (`unnamed`). */
  secondaryLimit: z.union([z.boolean(), z.number().int().min(0), z.literal('unnamed')]).optional(),
  /** The call is done and half of its body arrives: then the connection ends (`cut`), or the answer does as if it were whole (`short`). */
  truncate: z.enum(['cut', 'short']).optional(),
  /** The call is done; status and headers come, and no body. */
  emptyBody: z.boolean().optional(),
  /** The call is done; half of its body comes at once, the rest after so long. */
  slowBodyMs: z.number().int().min(0).max(120_000).optional(),
  /** A read shows all as it was so long ago, as GitHub's replicas do for some seconds after a write. Only reads. */
  staleMs: z.number().int().min(0).max(600_000).optional(),
  /**
   * GitHub's 200 for what went wrong: nothing done (`went-wrong`), done all the same (`timed-out`), all but one field
   * done (`partial`), or the points used up (`rate-limited`). Only GraphQL.
   */
  graphql: z.enum(['went-wrong', 'timed-out', 'partial', 'rate-limited']).optional(),
  /** Regular expression for `METHOD /path`, with `#Operation` at the end for GraphQL; a bare path pattern fits as well. */
  match: z.string().optional(),
  /** Only calls of this login, e.g. `playcaller[bot]`. */
  actor: z.string().optional(),
  /** How many calls it hits before it goes; without end by default. */
  times: z.number().int().min(1).optional(),
  /** Makes `errorRate` repeatable. */
  seed: z.number().int().optional(),
});

export type Fault = z.infer<typeof faultSchema>;

export interface FaultCall {
  method: string;
  /** With `/api/…`, without query. */
  path: string;
  operation: string | null;
  login: string | null;
  isWrite: boolean;
}

/** Everything that happens to one call. */
export interface Harm {
  latencyMs: number;
  /** The answer in place of the work. */
  refuse: Refusal | null;
  /** What the work's answer suffers. */
  breakage: Breakage | null;
  /** 0: the newest state is read. */
  staleMs: number;
  /** Picks the GraphQL field that fails, 0 ≤ n < 1; null: all work. */
  partial: number | null;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** The longest that a read may lag, in milliseconds; 0 while none does. */
  lagMs(): number;
  /** What happens to this call; counts it. */
  harmOf(call: FaultCall): Harm;
}

function fits(fault: Fault, call: FaultCall): boolean {
  if (fault.actor !== undefined && fault.actor !== call.login) return false;
  if (fault.dropAfterWrite && !call.isWrite) return false;
  if (fault.staleMs !== undefined && call.isWrite) return false;
  if (fault.graphql !== undefined && call.operation === null) return false;
  if (fault.match === undefined) return true;
  const pattern = new RegExp(fault.match);
  const name = call.operation ? `${call.path}#${call.operation}` : call.path;
  return pattern.test(name) || pattern.test(`${call.method} ${name}`);
}

/** The answer instead of the work; null for faults that let the work be done. */
function refusalOf(fault: Fault): Refusal | null {
  const { status, retryAfter = null, secondaryLimit, html } = fault;
  if (secondaryLimit) {
    const seconds = secondaryLimit === true ? 60 : secondaryLimit;
    return { kind: 'secondary', status: status ?? 403, retryAfter: seconds === 'unnamed' ? null : seconds };
  }
  if (fault.graphql === 'went-wrong' || fault.graphql === 'rate-limited') return { kind: fault.graphql, retryAfter };
  if (retryAfter !== null) return { kind: 'error', status: status ?? 429, retryAfter, html: html ?? false };
  const only = breakageOf(fault) === null && fault.staleMs === undefined && fault.graphql === undefined;
  const fails = status !== undefined || html === true || fault.errorRate !== undefined;
  // A share of slow answers is no share of failures.
  const delays = fault.latencyMs !== undefined && status === undefined && !html;
  return only && fails && !delays ? { kind: 'error', status: status ?? 502, retryAfter: null, html: html ?? false } : null;
}

export function createFaults(): Faults {
  let active: { fault: Fault; left: number; random: () => number }[] = [];
  return {
    add(fault) {
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY, random: randomFrom(fault.seed ?? 1) });
    },
    clear() {
      active = [];
    },
    list: () => active.map((one) => one.fault),
    lagMs: () => Math.max(0, ...active.map(({ fault }) => fault.staleMs ?? 0)),
    harmOf(call) {
      const harm: Harm = { latencyMs: 0, refuse: null, breakage: null, staleMs: 0, partial: null };
      for (const one of active.filter(({ fault }) => fits(fault, call))) {
        const { fault } = one;
        const share = fault.errorRate ?? 1;
        if (share < 1 && one.random() >= share) continue;
        one.left -= 1;
        harm.latencyMs += fault.latencyMs ?? 0;
        harm.staleMs = Math.max(harm.staleMs, fault.staleMs ?? 0);
        if (fault.graphql === 'partial') harm.partial ??= one.random();
        harm.breakage ??= breakageOf(fault);
        harm.refuse ??= refusalOf(fault);
      }
      active = active.filter((one) => one.left > 0);
      return harm;
    },
  };
}
