/** One REST request: route, audience, body check, handler, answer. */
import { notFound, SandboxError } from '../error.ts';
import { faultOfBody, operationOf } from '../openapi/validate.ts';
import { fullName, repoByName } from '../read.ts';
import type { Engine } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Answer, Audience, Route } from './call.ts';
import { allRoutes } from './index.ts';
import { createMatcher } from './match.ts';

const json = 'application/json; charset=utf-8';
const match = createMatcher(allRoutes);

export interface RestRequest {
  method: string;
  /** Under `/api/v3`, raw, with query. */
  path: string;
  accept: string;
  /** Text of the body, empty for none. */
  body: string;
}

/** @throws 401 when the kind of token does not fit. */
function checkAudience(audience: Audience, actor: Actor | null): Actor {
  if (audience === 'open') return actor ?? { kind: 'user', login: 'ghost' };
  if (!actor) throw new SandboxError(401, 'Requires authentication');
  if (audience === 'jwt' && actor.kind !== 'app') throw new SandboxError(401, 'A JSON web token could not be decoded');
  if (audience === 'token' && actor.kind === 'app') {
    throw new SandboxError(403, 'Resource not accessible by integration');
  }
  return actor;
}

function parseBody(route: Route, text: string): unknown {
  const key = `${route.method} ${route.path}`;
  const operation = operationOf(key);
  let body: unknown = {};
  if (text.trim() !== '') {
    try {
      body = JSON.parse(text);
    } catch {
      throw new SandboxError(400, 'Problems parsing JSON');
    }
  }
  if (typeof body !== 'object' || body === null) throw new SandboxError(400, 'Body should be a JSON object');
  if (!operation?.body || (text.trim() === '' && !operation.bodyRequired)) return body;
  const fault = faultOfBody(key, body);
  if (fault) throw new SandboxError(422, `Invalid request.\n\n${fault}`);
  return body;
}

function respond(answer: Answer): Response {
  const { status, headers = {} } = answer;
  if (answer.text !== undefined) {
    return new Response(answer.text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });
  }
  if (answer.body === undefined) return new Response(null, { status, headers });
  return new Response(JSON.stringify(answer.body), { status, headers: { 'content-type': json, ...headers } });
}

/** A renamed repository's old name leads to its id, as on GitHub. */
function redirect({ world }: Engine, request: RestRequest): Response | null {
  const [, owner = '', name = '', rest = ''] = /^\/repos\/([^/]+)\/([^/?]+)(.*)$/s.exec(request.path) ?? [];
  if (!name || repoByName(world, owner, name)) return null;
  const moved = [...world.repositories.values()].find((repo) => repo.ownerLogin === owner && repo.formerNames.includes(name));
  if (!moved) return null;
  const url = `${world.url}/api/v3/repositories/${moved.id}${rest}`;
  const status = request.method === 'GET' ? 301 : 307;
  return new Response(JSON.stringify({ message: 'Moved Permanently', url }), {
    status,
    headers: { location: url, 'content-type': json },
  });
}

/** `/repositories/{id}/…` is another name of `/repos/{owner}/{repo}/…`. */
function byId({ world }: Engine, path: string): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(.*)$/s.exec(path) ?? [];
  const repo = id ? world.repositories.get(Number(id)) : undefined;
  return repo ? `/repos/${fullName(repo)}${rest}` : path;
}

/** @throws SandboxError for all that GitHub would refuse. */
export function handleRest({ engine }: { engine: Engine }, request: RestRequest, actor: Actor | null): Response {
  const elsewhere = redirect(engine, request);
  if (elsewhere) return elsewhere;
  const path = byId(engine, request.path);
  const [bare = '', query = ''] = path.split('?');
  const found = match(request.method, bare);
  if (!found) throw notFound();
  const { route, params } = found;
  const caller = checkAudience(route.audience, actor);
  const body = request.method === 'GET' ? {} : parseBody(route, request.body);
  return respond(
    route.run({
      sandbox: engine,
      world: engine.world,
      actor: caller,
      params,
      query: new URLSearchParams(query),
      body,
      accept: request.accept,
      path,
    }),
  );
}
