/** The end of the process: by signal with a drain, by a fault with a word why. */
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { App } from '../app.ts';
import type { Store } from '../store/types.ts';
import { CannotStart } from './errors.ts';

export interface Shutdown {
  /** Aborted when the end begins. */
  signal: AbortSignal;
  /** Ends the process with exit code 1. */
  fail(error: unknown): Promise<void>;
}

export interface ShutdownParts {
  app: App;
  server: Server;
  log: Logger;
  store(): Store | null;
}

/** Docker and Kubernetes kill after ten and thirty seconds; handlers get most of the shorter one. */
const GRACE_MS = 8_000;
/** Requests that have come in are stored and answered before the line is closed. */
const LAST_ANSWERS_MS = 1_500;

/** From the signal to the exit, at the most; the store closes in no time. */
export const LONGEST_END_MS = GRACE_MS + LAST_ANSWERS_MS;

export function createShutdown(parts: ShutdownParts): Shutdown {
  const { log } = parts;
  const ending = new AbortController();

  async function end(code: number): Promise<void> {
    ending.abort();
    try {
      // The port stays open while handlers end: what comes meanwhile is stored for the next start, or another replica.
      const ended = await parts.app.drain(GRACE_MS);
      await closeServer(parts.server);
      if (!ended) log.warn('handlers were still running; their work is done again after the next start');
      await parts.store()?.close();
    } catch (error) {
      log.error({ err: error }, 'the end was not clean');
    }
    log.flush();
    process.exit(code);
  }

  function onSignal(name: NodeJS.Signals): void {
    if (ending.signal.aborted) process.exit(1);
    log.info({ signal: name }, 'draining: not ready any more, running work is finished; a second signal ends at once');
    void end(0);
  }
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const onFault = (error: unknown) => {
    log.fatal({ err: error }, 'an error that nobody caught; ending, the queue is safe on disk');
    process.exit(1);
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);

  return {
    signal: ending.signal,
    async fail(error) {
      if (error instanceof CannotStart) process.stderr.write(`${error.message}\n`);
      else log.fatal({ err: error }, 'the start failed');
      if (!ending.signal.aborted) await end(1);
    },
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  await closed;
  clearTimeout(timer);
}
