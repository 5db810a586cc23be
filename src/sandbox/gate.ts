/** What every API call passes, REST or GraphQL: token, faults, budget, log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loginOf } from './access.ts';
import type { Parts } from './engine.ts';
import { SandboxError } from './error.ts';
import { RateLimited, type Resource, rateHeaders } from './rate.ts';
import type { Actor } from './state/types.ts';

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

function secondary(status: number, retryAfter: number): Response {
  const text = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return errorResponse(new SandboxError(status, text), { 'retry-after': String(retryAfter) });
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

/** Runs `work` for the caller and dresses its answer. */
export async function passGate(
  parts: Parts,
  incoming: Incoming,
  work: (actor: Actor | null) => Promise<Response>,
): Promise<Outcome> {
  const { faults, rates, tokens, calls, engine } = parts;
  let actor: Actor | null = null;
  let drop = false;
  const answer = async (): Promise<Response> => {
    actor = tokens.actorOf(incoming.authorization);
    if (incoming.isPage) return work(actor);
    const path = incoming.path.split('?')[0] ?? '';
    const harm = faults.harmOf({ ...incoming, path, login: actorName(parts, actor) });
    if (harm.latencyMs > 0) await sleep(harm.latencyMs);
    if (harm.refuse?.retryAfter != null) return secondary(harm.refuse.status, harm.refuse.retryAfter);
    if (harm.refuse) return errorResponse(new SandboxError(harm.refuse.status, 'Server Error'));
    drop = harm.drop;
    if (incoming.path !== '/api/v3/rate_limit') rates.take(actor, incoming.resource);
    return work(actor);
  };
  const response = await answer().catch((error: unknown) => toResponse(error, incoming.resource));
  if (!incoming.isPage) {
    const { method, path, operation } = incoming;
    calls.add({ at: engine.now(), actor: actorName(parts, actor), method, path, operation, status: drop ? 0 : response.status });
  }
  if (drop) return 'cut';
  for (const [name, value] of Object.entries(commonHeaders())) if (!response.headers.has(name)) response.headers.set(name, value);
  if (response.status !== 401) {
    for (const [name, value] of Object.entries(rateHeaders(rates.state(actor, incoming.resource), incoming.resource))) {
      response.headers.set(name, value);
    }
  }
  return response;
}
