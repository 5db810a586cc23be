/** What every API call passes, REST or GraphQL: token, faults, budget, log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loginOf } from './access.ts';
import type { Parts } from './engine.ts';
import { SandboxError } from './error.ts';
import type { Harm } from './faults.ts';
import { broken, refuse } from './harm.ts';
import { RateLimited, type Resource, rateHeaders } from './rate.ts';
import type { Engine } from './sandbox.ts';
import type { Actor } from './state/accounts.ts';

export interface Incoming {
  method: string;
  /** With `/api/…` and query. */
  path: string;
  authorization: string | null;
  resource: Resource;
  operation: string | null;
  isWrite: boolean;
  /** The sandbox's own pages: no budget, no faults, not logged. */
  isPage: boolean;
  /** Ends the connection at once. */
  cut(): void;
}

/** An answer, or the order to cut the connection. */
export type Outcome = Response | 'cut';

let requests = 0;

function commonHeaders(): Record<string, string> {
  requests += 1;
  return {
    'content-type': 'application/json; charset=utf-8',
    server: 'github.com',
    'x-github-api-version-selected': '2022-11-28',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `5A${requests.toString(16).toUpperCase().padStart(6, '0')}:0001`,
  };
}

/** GitHub's error body. */
export function errorResponse(error: SandboxError, headers: Record<string, string> = {}): Response {
  const { status, message, errors } = error;
  const body = {
    message,
    ...(errors ? { errors } : {}),
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  };
  return new Response(JSON.stringify(body), { status, headers: { ...commonHeaders(), ...headers } });
}

function actorName(parts: Parts, actor: Actor | null): string | null {
  if (!actor) return null;
  return actor.kind === 'app' ? `app:${actor.appId}` : loginOf(parts.engine.world, actor);
}

/** A spent budget is 200 with an error in GraphQL (GitHub docs). What nobody threw on purpose is ours: 500, told on standard error. */
function toResponse(error: unknown, resource: Resource): Response {
  if (error instanceof RateLimited && resource === 'graphql') {
    return new Response(JSON.stringify({ errors: [{ type: 'RATE_LIMITED', message: error.message }] }), {
      headers: commonHeaders(),
    });
  }
  if (error instanceof SandboxError) return errorResponse(error);
  console.error('sandbox:', error);
  return errorResponse(new SandboxError(500, 'Server Error'));
}

/** What the work sees, and what is to go wrong within it. */
export interface View {
  /** Of a while ago for a stale read. */
  engine: Engine;
  /** Picks the GraphQL field that fails, 0 ≤ n < 1. */
  partial: number | null;
}

const UNHARMED: Harm = { latencyMs: 0, refuse: null, breakage: null, staleMs: 0, partial: null };

/** Runs `work` for the caller and dresses its answer. */
export async function passGate(
  parts: Parts,
  incoming: Incoming,
  work: (actor: Actor | null, view: View) => Promise<Response>,
): Promise<Outcome> {
  const { faults, past, rates, tokens, calls, engine } = parts;
  let actor: Actor | null = null;
  let harm = UNHARMED;
  const run = (): Promise<Response> => {
    if (incoming.isWrite) past.keep(faults.lagMs());
    return work(actor, { engine: harm.staleMs > 0 ? past.asOf(harm.staleMs) : engine, partial: harm.partial });
  };
  const answer = async (): Promise<Response> => {
    actor = tokens.actorOf(incoming.authorization);
    if (incoming.isPage) return run();
    const path = incoming.path.split('?')[0] ?? '';
    harm = faults.harmOf({ ...incoming, path, login: actorName(parts, actor) });
    if (harm.latencyMs > 0) await sleep(harm.latencyMs);
    if (harm.refuse) return refuse(harm.refuse, errorResponse);
    if (incoming.path !== '/api/v3/rate_limit') rates.take(actor, incoming.resource);
    return run();
  };
  const whole = await answer().catch((error: unknown) => toResponse(error, incoming.resource));
  const { breakage } = harm;
  const drop = breakage?.kind === 'cut' && !harm.refuse;
  if (!incoming.isPage) {
    const { method, path, operation } = incoming;
    calls.add({ at: engine.now(), actor: actorName(parts, actor), method, path, operation, status: drop ? 0 : whole.status });
  }
  if (drop) return 'cut';
  for (const [name, value] of Object.entries(commonHeaders())) if (!whole.headers.has(name)) whole.headers.set(name, value);
  if (whole.status !== 401) {
    for (const [name, value] of Object.entries(rateHeaders(rates.state(actor, incoming.resource), incoming.resource))) {
      whole.headers.set(name, value);
    }
  }
  return breakage && !harm.refuse ? broken(whole, breakage, incoming.cut) : whole;
}
