/** The Octokit: Probot's authentication, our own pacing, errors sorted by what to do about them. */
import type { Logger } from 'pino';
import { createClient } from './client.ts';
import { REQUEST_TIMEOUT_MS, wholeFetch } from './fetch.ts';
import { ALONE, overReplicas } from './over-replicas.ts';
import { Pace, paceLimits, SEATS } from './pace.ts';
import type { AppIdentity, GitHub, GitHubClient, GitHubOptions } from './types.ts';

export type ProbotApp = InstanceType<typeof import('probot')['Probot']>;
export type Octokit = Awaited<ReturnType<ProbotApp['auth']>>;

const realClock = { nowMs: () => Date.now(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

/** Calls nothing by itself; Probot is loaded with the first use, because it is most of the app's start. */
export function createGitHub(options: GitHubOptions, log: Logger, clock = realClock): GitHub {
  let probot: Promise<ProbotApp> | null = null;
  const clients = new Map<number | null, Promise<GitHubClient>>();
  const limits = paceLimits(options.apiUrl !== null, options.writesPerMinute);
  const seats = { free: SEATS };

  /** The app's own calls, by JWT, are no installation's. */
  function paceOf(installationId: number | null): Pace {
    const { sharedBudget: shared } = options;
    if (!shared || installationId === null) return new Pace(limits, clock, ALONE, seats);
    const onFault = (error: unknown) =>
      log.warn({ err: error, installationId }, "the replicas' common pace cannot be asked; this one keeps its own meanwhile");
    return new Pace(limits, clock, overReplicas({ shared, installationId, limits, nowMs: clock.nowMs, onFault }), seats);
  }

  function client(installationId: number | null): Promise<GitHubClient> {
    const known = clients.get(installationId);
    if (known) return known;
    probot ??= startProbot(options, log);
    const made = probot
      .then((app) => (installationId === null ? app.auth() : app.auth(installationId)))
      .then((octokit) => createClient({ octokit, installationId, pace: paceOf(installationId), clock, options }));
    clients.set(installationId, made);
    made.catch(() => clients.delete(installationId));
    return made;
  }

  return {
    forInstallation: (id) => client(id),
    asApp: () => client(null),
    app: async () => readIdentity((await (await client(null)).rest('GET /app')).data),
  };
}

interface OctokitOptions {
  throttle?: object;
  retry?: object;
  auth?: { request?: { defaults(parts: { baseUrl: string }): unknown } };
}

/** Probot's own way to ask for a token anew goes to github.com, also on Enterprise Server: our key's proof has no business there. */
function authenticateAt(baseUrl: string, auth: NonNullable<OctokitOptions['auth']>): object {
  return { ...auth, request: auth.request?.defaults({ baseUrl }) };
}

async function startProbot(options: GitHubOptions, log: Logger): Promise<ProbotApp> {
  const { Probot, ProbotOctokit } = await import('probot');
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    // Probot's own limiter takes one write a second and repeats POSTs: ours is in pace.ts, repeating is the lane's part.
    Octokit: ProbotOctokit.defaults((given: OctokitOptions) => ({
      ...given,
      throttle: { ...given.throttle, enabled: false },
      retry: { ...given.retry, enabled: false },
      ...(options.apiUrl && given.auth ? { auth: authenticateAt(options.apiUrl, given.auth) } : {}),
    })),
    request: { fetch: wholeFetch(options.timeoutMs ?? REQUEST_TIMEOUT_MS) },
    ...(options.apiUrl ? { baseUrl: options.apiUrl } : {}),
    // Below `warn` Probot logs whole request bodies, and with them what people wrote.
    log: log.child({}, { level: log.isLevelEnabled('warn') ? 'warn' : log.level }),
  });
  return probot.ready();
}

function readIdentity(data: unknown): AppIdentity {
  const app =
    typeof data === 'object' && data !== null ? new Map<string, unknown>(Object.entries(data)) : new Map<string, unknown>();
  const slug = String(app.get('slug') ?? '');
  const permissions = app.get('permissions');
  const events = app.get('events');
  return {
    id: Number(app.get('id')),
    slug,
    name: String(app.get('name') ?? slug),
    login: `${slug}[bot]`,
    permissions:
      typeof permissions === 'object' && permissions !== null
        ? Object.fromEntries(Object.entries(permissions).map(([name, level]) => [name, String(level)]))
        : {},
    events: Array.isArray(events) ? events.map(String) : [],
  };
}
