/** Who asks for a repository's figures, by a GitHub token of their own, and may read that repository (G8, W12). */
import type { Context } from 'hono';

export type Access =
  | { kind: 'readable'; name: string }
  | { kind: 'unreadable' }
  | { kind: 'bad-token' }
  | { kind: 'unknown'; retryAfterSeconds: number };

export interface Doors<Ledger> {
  /** Null while the store is not open. */
  ledger(): Ledger | null;
  /** What GitHub says to this token about this repository. Never throws. */
  access(token: string, repo: string): Promise<Access>;
}

/** GitHub's rules for names (GitHub docs, "Creating a new repository"; "Username considerations"), and room for `_` of enterprises. */
const OWNER = /^[a-z\d](?:[a-z\d_-]{0,99})$/i;
const NAME = /^(?!\.{1,2}$)[\w.-]{1,100}$/;
const TOKEN = /^(?:bearer|token) +([\x21-\x7e]{1,1024})$/i;
const STORE_RETRY_SECONDS = 5;

const WORDS = {
  token: "Send a GitHub token that may read the repository, as 'Authorization: Bearer <token>'.",
  badToken: 'GitHub does not accept this token; it may have expired. Send another one.',
  github: 'GitHub could not be asked whether this token may read the repository. Try again in a moment.',
  store: 'The store does not answer now. Try again in a moment.',
};

export function isRepoName(owner: string, repo: string): boolean {
  return OWNER.test(owner) && NAME.test(repo);
}

/**
 * Answers with what `read` finds under the repository's true name, if the token may read it; with 404 and the same words if it
 * may not or there is nothing.
 */
export async function ifPermitted<Ledger>(
  context: Context,
  doors: Doors<Ledger>,
  repo: string,
  nothing: string,
  read: (ledger: Ledger, repo: string) => Promise<object | null>,
): Promise<Response> {
  const token = TOKEN.exec(context.req.header('authorization') ?? '')?.[1];
  if (token === undefined) return unauthorized(context, 'Bearer realm="GitHub token"', WORDS.token);
  const ledger = doors.ledger();
  if (!ledger) return later(context, STORE_RETRY_SECONDS, WORDS.store);
  const access = await doors.access(token, repo);
  if (access.kind === 'unknown') return later(context, access.retryAfterSeconds, WORDS.github);
  if (access.kind === 'bad-token')
    return unauthorized(context, 'Bearer realm="GitHub token", error="invalid_token"', WORDS.badToken);
  if (access.kind === 'unreadable') return refuse(context, 404, nothing);
  const found = await read(ledger, access.name).catch(() => 'away' as const);
  if (found === 'away') return later(context, STORE_RETRY_SECONDS, WORDS.store);
  return found ? context.json(found) : refuse(context, 404, nothing);
}

/** Nobody between us and the asker keeps it. */
export function keepPrivate(context: Context): void {
  context.header('cache-control', 'private, no-cache');
  context.header('vary', 'Authorization');
}

export function refuse(context: Context, status: 400 | 401 | 404 | 503, message: string): Response {
  return context.json({ message }, status);
}

function unauthorized(context: Context, challenge: string, message: string): Response {
  context.header('www-authenticate', challenge);
  return refuse(context, 401, message);
}

function later(context: Context, seconds: number, message: string): Response {
  context.header('retry-after', String(Math.max(1, seconds)));
  return refuse(context, 503, message);
}
