/** A fetch that gives up in time and hands on only whole answers. */

/** GitHub itself ends a request after ten seconds; a little more for the way. */
export const REQUEST_TIMEOUT_MS = 15_000;

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/** Octokit takes a body that broke off for an empty one; read here, a broken one rejects as any dropped connection does. */
export function wholeFetch(timeoutMs: number): typeof fetch {
  return async (input, init) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const response = await fetch(input, { ...init, signal });
    if (WITHOUT_BODY.has(response.status)) return response;
    const body = await response.arrayBuffer();
    // Octokit would keep it for an hour, and every call would fail with it.
    if (response.ok && /\/access_tokens$/.test(response.url) && !holdsToken(body)) throw new TypeError('the token broke off');
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}

function holdsToken(body: ArrayBuffer): boolean {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof answer === 'object' && answer !== null && 'token' in answer && typeof answer.token === 'string';
  } catch {
    return false;
  }
}
