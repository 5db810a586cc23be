/** The app put together: one HTTP server that takes webhooks and shows pages, and behind it worker and schedule. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Environment } from './config/environment.ts';
import type { RepositoryAccess } from './github/repository-access.ts';
import { tallied } from './github/tally.ts';
import type { GitHub } from './github/types.ts';
import type { World } from './handle.ts';
import { createReceiver } from './intake/receiver.ts';
import type { SweepSchedule } from './intake/schedule.ts';
import { startSchedule } from './intake/schedule.ts';
import { createWebhookRoute, WEBHOOK_PATH } from './intake/webhook-route.ts';
import type { Worker } from './intake/worker.ts';
import { startWorker } from './intake/worker.ts';
import type { RepoName } from './model/repo.ts';
import type { Trigger } from './model/trigger.ts';
import { sortError } from './start/sort-error.ts';
import type { Store } from './store/types.ts';
import { createWeb } from './web/create-web.ts';
import type { Metrics } from './web/metrics.ts';

export interface AppParts {
  environment: Pick<Environment, 'appId' | 'webhookSecret'>;
  log: Logger;
  github: GitHub;
  /** What GitHub says to a person's own token about a repository. */
  access(token: string, repo: string): Promise<RepositoryAccess>;
  metrics: Metrics;
  /** The store once it is open; webhooks get 503 before that. */
  store(): Store | null;
  /** What a trigger leads to. */
  handle(trigger: Trigger, world: World): Promise<void>;
  scheduleOf(store: Store, repo: RepoName): Promise<SweepSchedule>;
  /** What is dated and what is due goes by it. */
  now(): Date;
  /** The longest sleep of worker and schedule between two looks; each has its own by default. */
  lookMs?: number;
}

export interface App {
  /** The HTTP server's request listener. */
  listener(request: IncomingMessage, response: ServerResponse): void;
  /** GitHub has told us who we are: from now on our own writes are known by their sender. */
  knowBot(login: string): void;
  /** Starts worker and schedule on the open store. */
  work(store: Store): void;
  /** Takes no more webhooks and no more work; `false` when handlers were still running after `graceMs`. */
  drain(graceMs: number): Promise<boolean>;
}

/** Webhooks being taken at the same moment, from which on they go before work. */
const THICK_AND_FAST = 4;

export function createApp(parts: AppParts): App {
  const { log, metrics, environment } = parts;
  let botLogin: string | null = null;
  let draining = false;
  let worker: Worker | null = null;
  let schedule: { stop(): Promise<void> } | null = null;
  let incoming = 0;

  const webhook = createWebhookRoute({
    secret: environment.webhookSecret,
    receiver: createReceiver(() => parts.store()?.inbox ?? null),
    own: () => ({ appId: environment.appId, botLogin }),
    taking: () => !draining,
    onStored: () => worker?.wake(),
    onOutcome: (outcome) => metrics.delivery(outcome),
    onStoreFault: (error, guid) => log.warn({ err: error, guid }, 'a delivery could not be stored; answered 503'),
    now: parts.now,
  });

  function counted(webhookTaken: Promise<void>): Promise<void> {
    incoming += 1;
    return webhookTaken.finally(() => {
      incoming -= 1;
    });
  }

  async function unready(): Promise<string | null> {
    if (draining) return 'shutting down';
    const store = parts.store();
    if (!store) return 'the store is not open yet';
    return store.ping().then(
      () => null,
      () => 'the store cannot be written',
    );
  }
  const doors = { ledger: () => parts.store()?.ledger ?? null, access: parts.access };
  const pages = getRequestListener(createWeb({ metrics, unready, verdicts: doors, sweeps: doors }).fetch);

  return {
    listener(request, response) {
      const [path] = (request.url ?? '').split('?');
      const answered = path === WEBHOOK_PATH ? counted(webhook(request, response)) : pages(request, response);
      Promise.resolve(answered).catch((error: unknown) => {
        log.error({ err: error, path }, 'a request could not be answered');
        if (!response.headersSent) response.writeHead(500).end();
        else response.destroy();
      });
    },
    knowBot(login) {
      botLogin = login;
    },
    work(store) {
      worker = startWorker({
        inbox: store.inbox,
        log,
        pollMs: parts.lookMs,
        handle: (trigger, lease) =>
          parts.handle(trigger, {
            github: parts.github,
            store,
            lease,
            log: log.child({ guid: trigger.guid, key: lease.lane }),
            appId: environment.appId,
            now: parts.now,
          }),
        sortError,
        tallied,
        onHandled: ({ trigger, outcome, durationMs, calls }) => metrics.handled(trigger.kind, outcome, durationMs, calls),
        now: parts.now,
        pressed: () => incoming >= THICK_AND_FAST,
      });
      schedule = startSchedule({
        store,
        log,
        tickMs: parts.lookMs,
        scheduleOf: (repo) => parts.scheduleOf(store, repo),
        onTaken: worker.wake,
        now: parts.now,
      });
    },
    async drain(graceMs) {
      draining = true;
      await schedule?.stop();
      return (await worker?.stop(graceMs)) ?? true;
    },
  };
}
