/** Octokit's answers and errors as plain, checked data. */
import type { FailedCall, GraphqlFault } from './errors.ts';
import { Unavailable } from './errors.ts';

export type Headers = Record<string, string | undefined>;

export interface Answer {
  status: number;
  data: unknown;
  headers: Headers;
}

export function toAnswer(response: { status: number; data: unknown; headers: object }): Answer {
  return { status: response.status, data: response.data, headers: readHeaders(response.headers) };
}

function readHeaders(headers: object): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
  );
}

export function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null;
}

export function readFailure(what: string, error: unknown): FailedCall {
  const response = error instanceof Error && 'response' in error ? error.response : undefined;
  const answer = typeof response === 'object' && response !== null ? response : null;
  const status = statusOf(error);
  return {
    what,
    status: answer && status !== null ? status : 0,
    message: shortened(error instanceof Error ? error.message : String(error)),
    headers: answer && 'headers' in answer ? readHeaders({ ...Object(answer.headers) }) : {},
    // Octokit gives a request without an answer the status 500; only an answer has headers. A mistake of ours has neither.
    dropped: answer === null && status !== null,
  };
}

const LONGEST_MESSAGE = 500;

/** GitHub's front servers answer with whole pages. */
function shortened(message: string): string {
  if (/^\s*<(!doctype|html)/i.test(message)) return '(a page of HTML)';
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

export function readGraphql(what: string, body: unknown): { data: unknown; errors: GraphqlFault[] } {
  if (typeof body !== 'object' || body === null) throw new Unavailable(`${what}: the answer is no GraphQL answer`);
  const errors = 'errors' in body && Array.isArray(body.errors) ? body.errors.map(readGraphqlFault) : [];
  return { data: 'data' in body ? (body.data ?? null) : null, errors };
}

function readGraphqlFault(error: unknown): GraphqlFault {
  const fields = typeof error === 'object' && error !== null ? new Map<string, unknown>(Object.entries(error)) : new Map();
  const path = fields.get('path');
  const type = fields.get('type');
  return {
    type: typeof type === 'string' ? type : null,
    path: Array.isArray(path) ? path.join('.') : '',
    message: String(fields.get('message') ?? 'unnamed error'),
  };
}
