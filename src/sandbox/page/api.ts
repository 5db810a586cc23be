/** The sandbox as its pages see it: through its own REST and GraphQL API, as the person who is chosen. */
import { Octokit } from 'octokit';

export type SandboxFetch = (request: Request) => Promise<Response>;
export type Api = Octokit;

/** What the pages ask of the person's browser and address. */
export interface Repo {
  owner: string;
  repo: string;
}

/** `login` acts with the sandbox's token for it. Nothing is throttled or tried again: a person sees what came. */
export function apiAs(login: string, sandboxFetch: SandboxFetch): Api {
  return new Octokit({
    auth: `sandbox-${login}`,
    baseUrl: 'http://sandbox/api/v3',
    throttle: { enabled: false },
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: { fetch: (url: string, init?: RequestInit) => answered(sandboxFetch, new Request(url, init)) },
  });
}

/** Octokit's pagination wants to know the answer's address, which only a network fetch would set. */
async function answered(sandboxFetch: SandboxFetch, request: Request): Promise<Response> {
  const response = await sandboxFetch(request);
  return Object.defineProperty(response, 'url', { value: request.url });
}

/** The HTTP status of an API error, or null for anything else. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null;
}

/** `fallback` where the API says 404 or 403: the page shows what it can. */
export async function orElse<T, F>(wanted: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await wanted;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 403) return fallback;
    throw error;
  }
}
