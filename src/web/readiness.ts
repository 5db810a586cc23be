/** Whether webhooks are taken and can be stored: asked of the store by a real, durable write, and told in words. */
import { StoreUnavailable } from '../store/errors.ts';
import type { Store } from '../store/types.ts';

export interface ReadinessParts {
  /** Null while it is not open. */
  store(): Pick<Store, 'ping'> | null;
  /** The process is about to end. */
  draining(): boolean;
  /** Told once when it changes; `error` has the whole story, which is not for everyone. */
  onChange(why: string | null, error: unknown): void;
  /** A probe gives up after some seconds; so long the store may take; 3 s. */
  patienceMs?: number;
}

const PATIENCE_MS = 3_000;

/** @returns asks anew each time, but for those who ask while an answer is on its way: null when ready, else why not */
export function createReadiness(parts: ReadinessParts): () => Promise<string | null> {
  let asking: Promise<string | null> | null = null;
  let last: string | null = 'not asked yet';

  async function ask(): Promise<string | null> {
    const store = parts.store();
    if (!store) return 'the store is not open yet';
    try {
      await inTime(store.ping(), parts.patienceMs ?? PATIENCE_MS);
      return tell(null, null);
    } catch (error) {
      return tell(whyOf(error), error);
    }
  }

  function tell(why: string | null, error: unknown): string | null {
    if (why !== last && (why !== null || last !== 'not asked yet')) parts.onChange(why, error);
    last = why;
    return why;
  }

  return async () => {
    if (parts.draining()) return 'shutting down: what still comes is taken, new requests should go elsewhere';
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

/** Short and without places: anybody may ask. */
function whyOf(error: unknown): string {
  if (error instanceof StoreUnavailable) return `the store ${error.reason}`;
  return error instanceof Late ? 'the store does not answer in time' : 'the store cannot be written';
}

class Late extends Error {}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Late(`the store did not answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
