/** Hears from other processes that there is work (LISTEN/NOTIFY); connects again by itself. */
import pg from 'pg';
import { connectionConfig } from './postgres-pool.ts';

export const CHANNEL = 'playcaller_work';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

export interface Listener {
  add(callback: () => void): () => void;
  close(): Promise<void>;
}

/** Connects with the first callback, lets go with the last one. */
export function openListener(url: string): Listener {
  const callbacks = new Set<() => void>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let wait = FIRST_WAIT_MS;

  const call = (): void => {
    for (const callback of callbacks) callback();
  };
  const drop = async (gone: pg.Client): Promise<void> => {
    if (client !== gone) return;
    client = null;
    await gone.end().catch(() => {});
    if (callbacks.size === 0 || timer) return;
    timer = setTimeout(connect, wait);
    timer.unref();
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  };
  const connect = async (): Promise<void> => {
    timer = null;
    if (client || callbacks.size === 0) return;
    const fresh = new pg.Client(connectionConfig(url));
    client = fresh;
    fresh.on('error', () => void drop(fresh));
    fresh.on('end', () => void drop(fresh));
    fresh.on('notification', call);
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      wait = FIRST_WAIT_MS;
      // Whatever was added while nobody listened.
      call();
    } catch {
      await drop(fresh);
    }
  };
  const stop = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const old = client;
    client = null;
    await old?.end().catch(() => {});
  };
  return {
    add: (callback) => {
      const entry = (): void => callback();
      callbacks.add(entry);
      if (!client && !timer) void connect();
      return () => {
        callbacks.delete(entry);
        if (callbacks.size === 0) void stop();
      };
    },
    close: async () => {
      callbacks.clear();
      await stop();
    },
  };
}
