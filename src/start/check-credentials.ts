/** Asks GitHub who we are: wrong credentials end the start, an unreachable GitHub is waited for in the background. */
import type { Logger } from 'pino';
import { Gone, Refused } from '../github/errors.ts';
import type { AppIdentity, GitHub } from '../github/types.ts';
import { CannotStart } from './errors.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Null when GitHub cannot be reached now. @throws {CannotStart} when it does not accept us. */
export async function checkCredentials(github: GitHub, log: Logger, appId: number): Promise<AppIdentity | null> {
  try {
    const identity = await github.app();
    log.info({ app: identity.slug, id: identity.id }, 'GitHub knows this app');
    return identity;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      throw new CannotStart(
        `GitHub does not accept the key for app ${appId} (401). APP_ID and the private key must be of the same app, and the clock must be right.`,
      );
    }
    if (error instanceof Gone) {
      throw new CannotStart(
        `GitHub knows no app with the id ${appId} (${error.status}). Check APP_ID, and GHE_HOST when the app lives on GitHub Enterprise Server.`,
      );
    }
    log.warn(
      { why: error instanceof Error ? error.message : String(error) },
      'GitHub cannot be reached; going on and trying again',
    );
    return null;
  }
}

/** Tries again until GitHub answers or `signal` ends it. `onFault` gets what `checkCredentials` throws. */
export function keepChecking(
  check: () => Promise<AppIdentity | null>,
  signal: AbortSignal,
  on: { identity(identity: AppIdentity): void; fault(error: unknown): void },
): void {
  let waitMs = FIRST_WAIT_MS;
  const again = async () => {
    if (signal.aborted) return;
    try {
      const identity = await check();
      if (identity) return on.identity(identity);
    } catch (error) {
      return on.fault(error);
    }
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    setTimeout(again, waitMs).unref();
  };
  setTimeout(again, waitMs).unref();
}
