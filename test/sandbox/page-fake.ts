/** A very small GitHub for the pages' tests: fixed answers by method and path, and a list of what was asked. */
import type { SandboxFetch } from '../../src/sandbox/page/api.ts';

export interface Asked {
  method: string;
  path: string;
  token: string | null;
  body: string;
}

export interface Fake {
  fetch: SandboxFetch;
  asked: Asked[];
}

/** `answers` by `GET /repos/acme/shop`; a function gets the request's body. Whatever is not there is 404. */
export function fakeSandbox(answers: Record<string, unknown | ((body: string) => unknown)>): Fake {
  const asked: Asked[] = [];
  const fetch: SandboxFetch = async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname).replace('/api/v3', '');
    const body = await request.text();
    asked.push({ method: request.method, path, token: request.headers.get('authorization'), body });
    const answer = answers[`${request.method} ${path}`];
    if (answer === undefined) return Response.json({ message: 'Not Found' }, { status: 404 });
    return Response.json(typeof answer === 'function' ? answer(body) : answer);
  };
  return { fetch, asked };
}
