/** `POST /api/graphql`: reads the request, hands it to the executor, answers 200 as GitHub does. */
import { SandboxError } from './error.ts';
import type { View } from './gate.ts';
import type { Actor } from './state/accounts.ts';

export interface GraphqlBody {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** The body as far as it can be read; null when it is no GraphQL request. */
export function readGraphqlBody(text: string): GraphqlBody | null {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string') return null;
    return body as GraphqlBody;
  } catch {
    return null;
  }
}

/** The operation's name for the log of calls, and whether it writes. */
export function describeOperation(body: GraphqlBody | null): { name: string; isWrite: boolean } {
  const plain = (body?.query ?? '').replace(/#[^\n]*/g, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const found = /(?:^|[}\s])(query|mutation)\b\s*(\w+)?/.exec(plain);
  return { name: body?.operationName ?? found?.[2] ?? 'anonymous', isWrite: found?.[1] === 'mutation' };
}

/** @throws 401 without a person's or an installation's token, 400 for what is no GraphQL request. */
export async function handleGraphql(view: View, body: GraphqlBody | null, actor: Actor | null): Promise<Response> {
  if (!actor || actor.kind === 'app') throw new SandboxError(401, 'This endpoint requires you to be authenticated.');
  if (!body) throw new SandboxError(400, 'A query attribute must be specified and must be a string.');
  // The schema takes a moment to build: only when somebody asks.
  const { executeGraphql } = await import('./graphql/execute.ts');
  const result = await executeGraphql(view.engine, actor, body, view.partial);
  return new Response(JSON.stringify(result), { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } });
}
