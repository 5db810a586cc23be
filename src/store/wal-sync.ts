/** Makes commits of the embedded engine durable without stopping the event loop: fdatasync of its WAL on another thread. */
import { type FileHandle, open } from 'node:fs/promises';

/**
 * SQLite's own `synchronous = full` does the same within the commit, and blocks the process for it. With `normal` it
 * writes the commit into the WAL and leaves the sync to us; checkpoints sync by themselves either way
 * (https://sqlite.org/pragma.html#pragma_synchronous). Those who commit while one sync runs share the next.
 */
export interface WalSync {
  /** Resolves when everything that was committed before this call is on the disk. @throws when it is not. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** @param file the database; its WAL stands beside it while the database is open. */
export async function openWalSync(file: string, directory: string): Promise<WalSync> {
  const wal = await open(`${file}-wal`, 'r+');
  await syncDirectory(directory);
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    next = null;
    running = wal.datasync().finally(() => {
      if (next === null) running = null;
    });
    return running;
  };
  return {
    settled() {
      if (running === null) return start();
      // The one under way began before this commit: it may miss it.
      next ??= running.then(start, start);
      return next;
    },
    async close() {
      await running?.catch(() => undefined);
      await wal.close();
    },
  };
}

/** A file that was just made is only there for good once its directory is on the disk. */
async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch {
    // Some systems sync no directories; theirs are durable by themselves.
  } finally {
    await handle?.close();
  }
}
