/** The app put together: one HTTP server that takes webhooks and shows pages, and behind it worker and schedule. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Environment } from './config/environment.ts';
import { createDeliveries } from './github/deliveries.ts';
import type { RepositoryAccess } from './github/repository-access.ts';
import { tallied } from './github/tally.ts';
import type { GitHub } from './github/types.ts';
import type { World } from './handle.ts';
import { createDeliveryLog } from './intake/log-delivery.ts';
import type { MissedWatch } from './intake/missed/watch-missed.ts';
import { watchMissed } from './intake/missed/watch-missed.ts';
import { ownChangesMarked } from './intake/own-changes.ts';
import { createReceiver } from './intake/receiver.ts';
import { createRush } from './intake/rush.ts';
import type { SweepSchedule } from './intake/schedule.ts';
import { startSchedule } from './intake/schedule.ts';
import { createWebhookRoute, WEBHOOK_PATH } from './intake/webhook-route.ts';
import type { Worker, WorkerFigures } from './intake/worker.ts';
import { startWorker } from './intake/worker.ts';
import type { RepoName } from './model/repo.ts';
import type { Trigger } from './model/trigger.ts';
import { sortError } from './start/sort-error.ts';
import type { Store } from './store/types.ts';
import { createWeb } from './web/create-web.ts';
import type { Metrics } from './web/metrics.ts';
import { createReadiness } from './web/readiness.ts';

export interface AppParts {
  environment: Pick<Environment, 'appId' | 'webhookSecret'>;
  log: Logger;
  github: GitHub;
  /** What GitHub says to a person's own token about a repository. */
  access(token: string, repo: string): Promise<RepositoryAccess>;
  metrics: Metrics;
  /** The store once it is open; webhooks that concern us get 503 before that. */
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
  /** Why webhooks cannot be taken and stored now, as `/readyz` says; null when they can. */
  unready(): Promise<string | null>;
  /** Null before it works. */
  worker(): WorkerFigures | null;
  /**
   * Not ready from now on, and no more work is taken. Webhooks are, as long as the port is open: GitHub sends none again
   * by itself. `false` when handlers were still running after `graceMs`.
   */
  drain(graceMs: number): Promise<boolean>;
}

/** The worker looks every few seconds; with a store that does not answer, every twelve or so. */
const STUCK_MS = 120_000;

export function createApp(parts: AppParts): App {
  const { log, metrics, environment } = parts;
  let botLogin: string | null = null;
  let draining = false;
  let worker: Worker | null = null;
  let schedule: { stop(): Promise<void> } | null = null;
  let missed: MissedWatch | null = null;

  const rush = createRush();
  const receiver = createReceiver(() => parts.store()?.inbox ?? null);
  const own = () => ({ appId: environment.appId, botLogin });
  const logDelivery = createDeliveryLog(log, () => parts.now().getTime());
  const webhook = createWebhookRoute({
    secret: environment.webhookSecret,
    receiver,
    own,
    onStored: () => worker?.wake(),
    onAnswered(answered) {
      metrics.delivery(answered.outcome);
      // GitHub sends it no second time: once the store is back, it is fetched.
      if (answered.outcome === 'unavailable') missed?.ask();
      metrics.answered(answered.durationMs, answered.refusal);
      logDelivery(answered);
    },
    now: parts.now,
  });

  function takeWebhook(request: IncomingMessage, response: ServerResponse): Promise<void> {
    rush.came();
    return webhook(request, response).finally(rush.answered);
  }

  const unready = createReadiness({
    store: parts.store,
    draining: () => draining,
    onChange: (why, error) =>
      why === null
        ? log.info('ready again: webhooks are stored')
        : log.error({ why, err: error }, 'not ready: webhooks cannot be stored'),
  });
  /** Nobody else would see a worker that hangs: it throws nothing. */
  function stuck(): string | null {
    const agoMs = draining ? 0 : (worker?.figures().lookedAgoMs ?? 0);
    return agoMs > STUCK_MS ? `the worker has not looked for work for ${Math.round(agoMs / 1000)} s` : null;
  }
  const doors = { ledger: () => parts.store()?.ledger ?? null, access: parts.access };
  const pages = getRequestListener(createWeb({ metrics, unready, stuck, verdicts: doors, sweeps: doors }).fetch);

  return {
    unready,
    worker: () => worker?.figures() ?? null,
    listener(request, response) {
      // Whoever keeps the line open opens the next one elsewhere.
      if (draining) response.setHeader('connection', 'close');
      const [path] = (request.url ?? '').split('?');
      const answered = path === WEBHOOK_PATH ? takeWebhook(request, response) : pages(request, response);
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
          parts.handle(ownChangesMarked(trigger, botLogin), {
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
        pressed: rush.isOn,
      });
      schedule = startSchedule({
        store,
        log,
        tickMs: parts.lookMs,
        scheduleOf: (repo) => parts.scheduleOf(store, repo),
        onTaken: worker.wake,
        now: parts.now,
      });
      missed = watchMissed({
        source: createDeliveries(parts.github),
        readings: store.readings,
        inbox: store.inbox,
        receiver,
        own,
        log,
        sortError,
        onRecovered: () => metrics.delivery('recovered'),
        now: parts.now,
      });
    },
    async drain(graceMs) {
      draining = true;
      await Promise.all([schedule?.stop(), missed?.stop()]);
      return (await worker?.stop(graceMs)) ?? true;
    },
  };
}
