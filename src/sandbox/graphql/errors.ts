/** Errors as GitHub's GraphQL API gives them: `type`, `path`, `locations`, `message`. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type FieldError, SandboxError } from '../error.ts';

export type ErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNPROCESSABLE'
  | 'STALE_DATA'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'MAX_NODE_LIMIT_EXCEEDED'
  | 'ARGUMENT_LIMIT'
  | 'INTERNAL';

/** What a response's `errors` holds. */
export interface ResponseError {
  type?: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
  locations?: readonly { line: number; column: number }[];
  message: string;
}

export function apiError(type: ErrorType, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** What an installation gets for what its permissions do not cover. */
export function forbidden(message = 'Resource not accessible by integration'): GraphQLError {
  return apiError('FORBIDDEN', message);
}

export function notFound(message: string): GraphQLError {
  return apiError('NOT_FOUND', message);
}

/** `Could not resolve to a node with the global id of '…'`, as GitHub says it for every id it does not know. */
export function unknownId(id: string): GraphQLError {
  return notFound(`Could not resolve to a node with the global id of '${id}'.`);
}

export function unprocessable(message: string): GraphQLError {
  return apiError('UNPROCESSABLE', message);
}

function describe(detail: FieldError | string): string {
  if (typeof detail === 'string') return detail;
  if (detail.message) return detail.message;
  const field = detail.field
    ? detail.field.charAt(0).toUpperCase() + detail.field.slice(1).replaceAll('_', ' ')
    : detail.resource;
  if (detail.code === 'already_exists') return `${field} has already been taken`;
  if (detail.code === 'missing' || detail.code === 'missing_field') return `${field} can't be blank`;
  return `${field} is invalid`;
}

/** A refusal of an action, in GraphQL's words. */
function fromSandboxError(error: SandboxError): GraphQLError {
  if (error.status === 404) return notFound(error.message);
  if (error.status === 401 || error.status === 403) return forbidden(error.message);
  return unprocessable(error.errors?.length ? error.errors.map(describe).join(', ') : error.message);
}

/** Turns whatever a resolver threw into one of GitHub's errors; a fault of ours is thrown on unchanged. */
export function toApiError(error: unknown): unknown {
  return error instanceof SandboxError ? fromSandboxError(error) : error;
}

/** GitHub's shape and order of an error. A resolver's own crash is told apart from a refusal. */
export function formatError(error: GraphQLError): ResponseError {
  const plain: GraphQLFormattedError = error.toJSON();
  const { type, ...extensions } = { ...plain.extensions };
  const shaped: ResponseError = { message: plain.message };
  const kind = typeof type === 'string' ? type : error.originalError ? 'INTERNAL' : undefined;
  const result: ResponseError = kind ? { type: kind, message: '' } : { message: '' };
  if (plain.path) result.path = plain.path;
  if (Object.keys(extensions).length > 0) result.extensions = extensions;
  if (plain.locations) result.locations = plain.locations;
  result.message = shaped.message;
  return result;
}
