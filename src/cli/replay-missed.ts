/** `playcaller replay --missed`: GitHub's list of deliveries read now, as the app does each hour (A2). */
import { pino } from 'pino';
import type { Environment } from '../config/environment.ts';
import { createGitHub } from '../github/create-github.ts';
import { createDeliveries } from '../github/deliveries.ts';
import type { Verdict } from '../intake/backoff.ts';
import { type MissedReport, NotOffered, readMissed } from '../intake/missed/read-missed.ts';
import { withReading } from '../intake/missed/with-reading.ts';
import { createReceiver } from '../intake/receiver.ts';
import { createLog } from '../start/create-log.ts';
import { sortError } from '../start/sort-error.ts';
import { openStore } from '../store/open.ts';
import { safeJson } from './safe-json.ts';

/** The list could not be read, said for whoever typed the command. */
export class Unread extends Error {
  override readonly name = 'Unread';
}

/** A person waits so long for a rate limit, or for another process that reads. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 500;

/** @returns the exit code. @throws {Unread}, a `GitHubFault`, and the store's faults. */
export async function replayMissed(environment: Environment, json: boolean): Promise<number> {
  const log = createLog('warn', pino.destination({ dest: 2, sync: true }));
  const github = createGitHub(environment, log);
  const { login } = await github.app();
  const store = await openStore(environment);
  const never = new AbortController().signal;
  const parts = {
    source: createDeliveries(github),
    inbox: store.inbox,
    receiver: createReceiver(() => store.inbox),
    own: () => ({ appId: environment.appId, botLogin: login }),
    log,
    sortError: impatient,
    onRecovered: () => undefined,
    now: () => new Date(),
  };
  try {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const outcome = await withReading(store.readings, 0, never, (seen, signal) => readMissed({ ...parts, signal }, seen));
      if (outcome.kind === 'read') {
        process.stdout.write(json ? safeJson(outcome.report) : said(outcome.report));
        return 0;
      }
      if (performance.now() > end) throw new Unread('the running app is reading the list just now; its log tells what it finds.');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } catch (error) {
    if (!(error instanceof NotOffered)) throw error;
    throw new Unread('GitHub offers no list of deliveries here (404): an old Enterprise Server, or an app without a webhook.');
  } finally {
    await store.close();
  }
}

function impatient(error: unknown): Verdict {
  const verdict = sortError(error);
  if (verdict.kind !== 'wait' || verdict.untilMs <= Date.now() + PATIENCE_MS) return verdict;
  const until = new Date(verdict.untilMs).toISOString().slice(11, 16);
  throw new Unread(
    `GitHub's rate limit is used up until ${until} UTC. What was read by then is taken in; the app goes on by itself.`,
  );
}

function said({ listed, missed, recovered, looks, gone, upTo }: MissedReport): string {
  if (missed === 0) return `${listed} attempts looked at, up to ${upTo.deliveredAt}: nothing was missed.\n`;
  return [
    `${listed} attempts looked at, up to ${upTo.deliveredAt}: ${missed} deliveries had not been handed over.`,
    `taken in: ${recovered}`,
    ...(looks > 0 ? [`for the rest, ${looks} repositories look at their boards`] : []),
    ...(gone > 0 ? [`let go, because GitHub no longer has them or the repository is no longer ours: ${gone}`] : []),
    '',
  ].join('\n');
}
