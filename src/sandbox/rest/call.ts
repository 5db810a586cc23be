/** One REST call as the handlers see it, and what they answer. */
import type { operations } from '@octokit/openapi-types';
import { loginOf, mustRead, type Scope } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import type { Json, JsonValue } from '../payload/json.ts';
import { issueByNumber, type PullIssue, pullByNumber, repoByName } from '../read.ts';
import type { Engine } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';

export interface Call {
  sandbox: Engine;
  world: World;
  actor: Actor;
  /** Path parameters, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Checked against GitHub's OpenAPI; `{}` when there was none. */
  body: unknown;
  accept: string;
  /** Path under the API, with its query; for Link headers. */
  path: string;
}

export interface Answer {
  status: number;
  body?: JsonValue;
  /** Instead of JSON. */
  text?: string;
  headers?: Record<string, string>;
}

/** Who may call it: anyone with a token (people and installations), an app with its JWT, both, or also nobody in particular. */
export type Audience = 'token' | 'jwt' | 'any' | 'open';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As GitHub's OpenAPI has it. */
  path: string;
  audience: Audience;
  run: (call: Call) => Answer;
}

type BodyOf<Id extends keyof operations> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : operations[Id] extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? NonNullable<Body>
    : never;

/** The body as the type that the schema has promised. */
export function bodyOf<Id extends keyof operations>(call: Call, _operation: Id): BodyOf<Id> {
  return call.body as BodyOf<Id>;
}

export function route(
  operation: `${Route['method']} /${string}`,
  run: (call: Call) => Answer,
  audience: Audience = 'token',
): Route {
  const [method, path = ''] = operation.split(' ');
  return { method: method as Route['method'], path, audience, run };
}

export function ok(body: JsonValue): Answer {
  return { status: 200, body };
}

export function created(body: JsonValue): Answer {
  return { status: 201, body };
}

export const noContent: Answer = { status: 204 };

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw notFound();
  return value;
}

/** A whole number from the path. @throws 404 for anything else, as GitHub's router. */
export function numberParam(call: Call, name: string): number {
  const value = param(call, name);
  if (!/^\d{1,15}$/.test(value)) throw notFound();
  return Number(value);
}

/** The repository of the path, when the actor may read `scope` there. */
export function repoOf(call: Call, scope: Scope = 'metadata'): Repository {
  const repo = repoByName(call.world, param(call, 'owner'), param(call, 'repo'));
  if (!repo) throw notFound();
  mustRead(call.world, call.actor, repo, scope);
  return repo;
}

const both = ['issues', 'pull_requests'];

/** Repository and issue or pull request of the path. @throws 410 for an issue where issues are off. */
export function issueOf(call: Call): { repo: Repository; issue: Issue } {
  const repo = repoOf(call, both);
  const issue = issueByNumber(repo, numberParam(call, 'issue_number'));
  mustRead(call.world, call.actor, repo, issue.pull ? both : 'issues');
  if (!issue.pull && !repo.hasIssues) throw new SandboxError(410, 'Issues has been disabled in this repository.');
  return { repo, issue };
}

export function pullOf(call: Call): { repo: Repository; issue: PullIssue } {
  const repo = repoOf(call, 'pull_requests');
  return { repo, issue: pullByNumber(repo, numberParam(call, 'pull_number')) };
}

export function login(call: Call): string {
  return loginOf(call.world, call.actor);
}

export interface PageOf<T> {
  items: T[];
  headers: Record<string, string>;
}

/** The wanted page: 30 by default, 100 at most, with GitHub's Link header. */
export function pageOf<T>(call: Call, all: T[]): PageOf<T> {
  const whole = (name: string, fallback: number): number => {
    const value = Number(call.query.get(name) ?? fallback);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  const size = Math.min(whole('per_page', 30), 100);
  const page = whole('page', 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(to));
    return `<${call.world.url}/api/v3${call.path.split('?')[0]}?${query}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(link(Math.min(page - 1, last), 'prev'));
  if (page < last) links.push(link(page + 1, 'next'), link(last, 'last'));
  if (page > 1) links.push(link(1, 'first'));
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return { items: all.slice((page - 1) * size, page * size), headers };
}

export function list<T>(call: Call, all: T[], render: (item: T) => Json): Answer {
  const { items, headers } = pageOf(call, all);
  return { status: 200, body: items.map(render), headers };
}

/** A query value that must be one of these. @throws 422 otherwise. */
export function choice<T extends string>(call: Call, name: string, allowed: readonly T[], fallback: T, resource: string): T {
  const value = call.query.get(name);
  if (value === null || value === '') return fallback;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new SandboxError(422, 'Validation Failed', [{ resource, field: name, code: 'invalid', value }]);
  return found;
}
