/** Faults on demand: slow answers, errors, answers lost after the work was done, secondary rate limits. */
import { z } from 'zod';

/** What `POST /_sandbox/faults` takes. All given parts must match; a fault without parts but `latencyMs` only delays. */
export const faultSchema = z.strictObject({
  /** Delay before the answer. */
  latencyMs: z.number().int().min(0).max(120_000).optional(),
  /** Share of matching calls that fail, 0 to 1; 1 when only `status` is given. */
  errorRate: z.number().min(0).max(1).optional(),
  /** The status of the failure; 502 by default. Nothing is done for the call. */
  status: z.number().int().min(400).max(599).optional(),
  /** The call is done and then the connection is cut without an answer. Only writes. */
  dropAfterWrite: z.boolean().optional(),
  /** 403 with `retry-after` of so many seconds (60 for `true`). */
  secondaryLimit: z.union([z.boolean(), z.number().int().min(0)]).optional(),
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

export type Harm = { latencyMs: number; refuse: { status: number; retryAfter: number | null } | null; drop: boolean };

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** What happens to this call; counts it. */
  harmOf(call: FaultCall): Harm;
}

/** A small repeatable generator (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function fits(fault: Fault, call: FaultCall): boolean {
  if (fault.actor !== undefined && fault.actor !== call.login) return false;
  if (fault.dropAfterWrite && !call.isWrite) return false;
  if (fault.match === undefined) return true;
  const pattern = new RegExp(fault.match);
  const name = call.operation ? `${call.path}#${call.operation}` : call.path;
  return pattern.test(name) || pattern.test(`${call.method} ${name}`);
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
    harmOf(call) {
      const harm: Harm = { latencyMs: 0, refuse: null, drop: false };
      for (const one of active.filter(({ fault }) => fits(fault, call))) {
        const { fault } = one;
        const share = fault.errorRate ?? 1;
        if (share < 1 && one.random() >= share) continue;
        one.left -= 1;
        harm.latencyMs += fault.latencyMs ?? 0;
        if (fault.dropAfterWrite) harm.drop = true;
        else if (fault.secondaryLimit) {
          harm.refuse ??= { status: fault.status ?? 403, retryAfter: fault.secondaryLimit === true ? 60 : fault.secondaryLimit };
        } else if (fault.status !== undefined || fault.errorRate !== undefined) {
          harm.refuse ??= { status: fault.status ?? 502, retryAfter: null };
        }
      }
      active = active.filter((one) => one.left > 0);
      return harm;
    },
  };
}
