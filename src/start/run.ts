/** Constructs everything once, runs it until a signal comes, and ends cleanly. */
import { createServer } from 'node:http';
import type { Logger } from 'pino';
import type { App } from '../app.ts';
import { createApp } from '../app.ts';
import type { Environment } from '../config/environment.ts';
import { EnvironmentFault, readEnvironment } from '../config/environment.ts';
import { createGitHub } from '../github/create-github.ts';
import { createRepositoryAccess } from '../github/repository-access.ts';
import { freeBytes } from '../store/disk.ts';
import type { Store } from '../store/types.ts';
import { createMetrics } from '../web/metrics.ts';
import { REPOSITORIES_SHOWN } from '../web/sweep-metrics.ts';
import { checkCredentials, keepChecking } from './check-credentials.ts';
import { createLog } from './create-log.ts';
import { CannotStart } from './errors.ts';
import { listen } from './listen.ts';
import { openStoreWhenThere } from './open-store.ts';
import { release } from './release.ts';
import { scheduleOf } from './schedule-of.ts';
import { secretsOf } from './secrets-of.ts';
import { createShutdown } from './shutdown.ts';

/** Exit codes: 2 for an environment that cannot be used, 1 for a start that failed, 0 after a drain. */
export async function run(env: Record<string, string | undefined>): Promise<void> {
  let environment: Environment;
  try {
    environment = readEnvironment(env);
  } catch (error) {
    if (!(error instanceof EnvironmentFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
    return;
  }
  const log = createLog(environment.logLevel, undefined, secretsOf(environment));
  for (const warning of environment.warnings) log.warn(warning);
  await start(environment, log);
}

async function start(environment: Environment, log: Logger): Promise<void> {
  let store: Store | null = null;
  const metrics = createMetrics({
    figures: () => store?.inbox.figures() ?? null,
    sweeps: () => store?.ledger.newestCycles(REPOSITORIES_SHOWN) ?? null,
    worker: () => app.worker(),
    unready: () => app.unready(),
    freeBytes: async () => (environment.databaseUrl ? null : freeBytes(environment.dataDir)),
    version: release(),
  });
  const github = createGitHub(
    {
      ...environment,
      onCall: ({ api, status, durationMs }) => metrics.githubCall(api, status, durationMs),
      onLimit: metrics.rateLimit,
      sharedBudget: () => store?.pace ?? null,
      onPause: ({ installationId, untilMs }) => metrics.paused(installationId, untilMs),
    },
    log,
  );
  const app: App = createApp({
    environment,
    log,
    github,
    access: createRepositoryAccess({ apiUrl: environment.apiUrl, nowMs: Date.now }),
    metrics,
    store: () => store,
    // Loaded with the first work: configuration, decisions and words are not needed to take webhooks.
    handle: async (trigger, world) => (await import('../handle.ts')).handle(trigger, world),
    scheduleOf,
    now: () => new Date(),
  });
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app.listener);
  const shutdown = createShutdown({ app, server, log, store: () => store });
  try {
    await listen(server, environment.port, environment.host);
    log.info({ address: server.address() }, 'listening');
    store = await openStoreWhenThere({ ...environment, log, signal: shutdown.signal });
    if (!store) return;
    log.info({ engine: environment.databaseUrl ? 'postgresql' : 'sqlite' }, 'ready: webhooks are taken');
    await identify(environment, log, github, app, shutdown);
    if (!shutdown.signal.aborted) app.work(store);
  } catch (error) {
    await shutdown.fail(error);
  }
}

async function identify(
  environment: Environment,
  log: Logger,
  github: ReturnType<typeof createGitHub>,
  app: App,
  shutdown: ReturnType<typeof createShutdown>,
): Promise<void> {
  const check = () => checkCredentials(github, log, environment.appId);
  const identity = await check();
  if (identity) return app.knowBot(identity.login);
  keepChecking(check, shutdown.signal, {
    identity: ({ login }) => app.knowBot(login),
    fault: (error) => {
      if (error instanceof CannotStart) void shutdown.fail(error);
      else log.error({ err: error }, 'the credentials could not be checked');
    },
  });
}
