/** What a fault makes of an answer: refusals in GitHub's words, and good answers that break on their way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxError } from './error.ts';
import type { Fault } from './faults.ts';

/** Said instead of doing the work. */
export type Refusal =
  | { kind: 'error'; status: number; retryAfter: number | null; html: boolean }
  | { kind: 'secondary'; status: number; retryAfter: number | null }
  | { kind: 'went-wrong' | 'rate-limited'; retryAfter: number | null };

/** Suffered by the answer of work that was done. */
export type Breakage =
  | { kind: 'cut' | 'cut-body' | 'short-body' | 'empty-body' | 'went-wrong' }
  | { kind: 'slow-body'; ms: number };

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** The page that GitHub's front servers show while nobody behind them answers. */
const UNICORN = `<!DOCTYPE html>
<html>
  <head><title>Unicorn! &middot; GitHub</title></head>
  <body><p><strong>We had issues producing the response to your request.</strong></p><p>Sorry about that.</p></body>
</html>
`;

/** GitHub's words, for the whole answer and for a single field. */
export const WENT_WRONG =
  'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `5A00:0001` when reporting this issue.';

export function breakageOf(fault: Fault): Breakage | null {
  if (fault.dropAfterWrite) return { kind: 'cut' };
  if (fault.truncate) return { kind: fault.truncate === 'cut' ? 'cut-body' : 'short-body' };
  if (fault.emptyBody) return { kind: 'empty-body' };
  if (fault.graphql === 'timed-out') return { kind: 'went-wrong' };
  return fault.slowBodyMs === undefined ? null : { kind: 'slow-body', ms: fault.slowBodyMs };
}

/** @param toError makes GitHub's JSON of an error. */
export function refuse(refusal: Refusal, toError: (error: SandboxError) => Response): Response {
  const response = answerOf(refusal, toError);
  if (refusal.retryAfter !== null) response.headers.set('retry-after', String(refusal.retryAfter));
  return response;
}

function answerOf(refusal: Refusal, toError: (error: SandboxError) => Response): Response {
  switch (refusal.kind) {
    case 'went-wrong':
      return wentWrong();
    case 'rate-limited':
      return graphqlErrors({ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 1.' });
    case 'secondary': {
      const words = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      return toError(new SandboxError(refusal.status, words));
    }
    case 'error': {
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      if (refusal.html) return new Response(UNICORN, { status: refusal.status, headers });
      return toError(new SandboxError(refusal.status, refusal.status === 429 ? 'Too Many Requests' : 'Server Error'));
    }
  }
}

function wentWrong(): Response {
  return graphqlErrors({ message: WENT_WRONG });
}

function graphqlErrors(error: { type?: string; message: string }): Response {
  return new Response(JSON.stringify({ data: null, errors: [error] }), { headers: JSON_HEADERS });
}

/** The answer as it arrives; one that never does is the server's to cut. @param cut ends the connection. */
export async function broken(response: Response, breakage: Breakage, cut: () => void): Promise<Response> {
  if (breakage.kind === 'cut') return response;
  if (breakage.kind === 'went-wrong') return wentWrong();
  const body = new Uint8Array(await response.arrayBuffer());
  // An answer without a body has none to lose.
  if (body.length === 0) return new Response(null, response);
  const half = body.subarray(0, Math.floor(body.length / 2));
  const rest = body.subarray(half.length);
  const dressed = (arrives: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null) =>
    new Response(arrives, { status: response.status, headers: response.headers });
  if (breakage.kind === 'short-body') return dressed(half);
  if (breakage.kind === 'empty-body') return dressed(null);
  return dressed(
    inTwo(half, async () => {
      if (breakage.kind === 'slow-body') await sleep(breakage.ms);
      else cut();
      return rest;
    }),
  );
}

function inTwo(first: Uint8Array, second: () => Promise<Uint8Array>): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) {
        sent = true;
        controller.enqueue(first);
        return;
      }
      // Gone out first: what is cut in the same moment never leaves.
      await sleep(5);
      controller.enqueue(await second());
      controller.close();
    },
  });
}
