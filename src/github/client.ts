/** One installation's client: every request goes through the pace, is counted, and fails as one of our sorted errors. */
import { countWrites } from './count-writes.ts';
import type { Octokit } from './create-github.ts';
import { type GitHubFault, isGitHubFault, RateLimited, sortFailure, sortGraphqlErrors, Unavailable } from './errors.ts';
import type { Clock, Cost, Pace } from './pace.ts';
import type { Answer, Headers } from './read-answer.ts';
import { readFailure, readGraphql, statusOf, toAnswer } from './read-answer.ts';
import { beginCall } from './tally.ts';
import type { GitHubClient, GitHubOptions, RestAnswer } from './types.ts';

interface ClientParts {
  octokit: Octokit;
  installationId: number | null;
  pace: Pace;
  clock: Clock;
  options: GitHubOptions;
}

export function createClient(parts: ClientParts): GitHubClient {
  const { octokit, pace, clock } = parts;
  countTokenRequests(parts);

  function paused(fault: GitHubFault): GitHubFault {
    if (fault instanceof RateLimited) parts.options.onPause?.({ installationId: parts.installationId, untilMs: fault.untilMs });
    return fault;
  }

  async function send(what: string, cost: Cost, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await pace.run(cost, () => observed(parts, what, cost, () => withFreshToken(parts, cost.writes, request)));
    } catch (error) {
      if (isGitHubFault(error)) throw paused(error);
      const failed = readFailure(what, error);
      const fault = sortFailure(failed, clock.nowMs(), error);
      // A used-up quota is that quota's matter; a secondary limit is about everything we do.
      if (fault instanceof RateLimited && failed.headers['x-ratelimit-remaining'] !== '0') pace.block('all', fault.untilMs);
      throw paused(fault);
    }
  }

  return {
    async graphql<T>(operation: string, document: string, variables: Record<string, unknown>, manners?: { leaves: number }) {
      const writes = countWrites(document);
      const what = `${writes > 0 ? 'mutation' : 'query'} ${operation}`;
      const named = new RegExp(`\\b(?:query|mutation)\\s+${operation}\\b`).test(document);
      const body = { query: document, variables, ...(named ? { operationName: operation } : {}) };
      const url = graphqlUrl(parts.options.apiUrl);
      const answer = await send(what, { writes, resource: 'graphql', ...manners }, async () =>
        toAnswer(await octokit.request(`POST ${url}`, body)),
      );
      const { data, errors } = readGraphql(what, answer.data);
      const fault = sortGraphqlErrors(what, errors, answer.headers, clock.nowMs());
      if (fault instanceof RateLimited) pace.block('graphql', fault.untilMs);
      if (fault) throw paused(fault);
      // The document's types are generated from GitHub's schema: this is where they meet the answer.
      return { data: data as T | null, errors };
    },
    async rest<T>(route: string, params: Record<string, unknown> = {}): Promise<RestAnswer<T>> {
      const writes = /^(GET|HEAD) /i.test(route) ? 0 : 1;
      const { status, data, headers } = await send(route, { writes, resource: 'core' }, async () =>
        toAnswer(await octokit.request(route, params)),
      );
      return { status, data: data as T, headers };
    },
  };
}

function graphqlUrl(apiUrl: string | null): string {
  return apiUrl ? apiUrl.replace(/\/api\/v3$/, '/api/graphql') : '/graphql';
}

/** JSON that cannot be read, or nothing where GitHub always says something. */
function brokeOff({ status, data, headers }: Answer): boolean {
  if (typeof data !== 'string' || status === 204) return false;
  return /\bjson\b/.test(headers['content-type'] ?? '') || (data === '' && (status === 200 || status === 201));
}

/** Counts, times and reports one request, and lets the pace learn from the answer, good or bad. */
async function observed(parts: ClientParts, what: string, cost: Cost, request: () => Promise<Answer>): Promise<Answer> {
  const { installationId, pace, clock, options } = parts;
  const started = clock.nowMs();
  beginCall(cost.writes);
  let status = 0;
  let headers: Headers = {};
  try {
    const answer = await request();
    ({ status, headers } = answer);
    if (brokeOff(answer)) throw new Unavailable(`${what}: the answer broke off`);
    return answer;
  } catch (error) {
    if (!isGitHubFault(error)) ({ status, headers } = readFailure(what, error));
    throw error;
  } finally {
    pace.learn(headers, headers['x-ratelimit-resource'] ?? cost.resource);
    options.onCall?.({
      installationId,
      what,
      api: cost.resource === 'graphql' ? 'graphql' : 'rest',
      status,
      durationMs: clock.nowMs() - started,
    });
    const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
    if (Number.isFinite(remaining))
      options.onLimit?.({
        installationId,
        resource: headers['x-ratelimit-resource'] ?? cost.resource,
        remaining,
        limit: Number(headers['x-ratelimit-limit']) || null,
      });
  }
}

/** A token can die before its hour is over (suspended and back, permissions accepted): 401 did nothing, so ask once more. */
async function withFreshToken(parts: ClientParts, writes: number, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    if (parts.installationId === null || statusOf(error) !== 401) throw error;
    await parts.octokit.auth({ type: 'installation', installationId: parts.installationId, refresh: true });
    beginCall(writes);
    return request();
  }
}

/** Tokens are asked for inside other requests: they are counted, not paced. */
function countTokenRequests(parts: ClientParts): void {
  parts.octokit.hook.before('request', (options) => {
    if (/\/access_tokens$/.test(options.url)) beginCall();
  });
}
