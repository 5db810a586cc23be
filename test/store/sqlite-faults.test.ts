/** The embedded store when its disk, its file or its directory is at fault: said clearly, nothing acknowledged lost. */
import { spawn } from 'node:child_process';
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailable, StoreUnusable } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqliteStore, SQLITE_FILE } from '../../src/store/sqlite.ts';
import { about } from './samples.ts';

describe('faults of the embedded store', () => {
  let parent: string;
  let directory: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'playcaller-faults-'));
    directory = join(parent, 'data');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const refusal = (dataDir: string): Promise<unknown> => openSqliteStore(dataDir).catch((error: unknown) => error);
  const pragma = (name: string): unknown => {
    const db = new DatabaseSync(join(directory, SQLITE_FILE));
    const row = db.prepare(`pragma ${name}`).get();
    db.close();
    return row?.[name];
  };

  test('the directory itself is made', async () => {
    const store = await openStore({ dataDir: directory, databaseUrl: '' });
    await store.ping();
    await store.close();
    await store.close();
    expect((await stat(join(directory, SQLITE_FILE))).isFile()).toBe(true);
    expect(pragma('journal_mode')).toBe('wal');
  });

  test('a missing parent is named, with the variable and the way out', async () => {
    const missing = join(parent, 'no', 'such');
    const error = await refusal(missing);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(String(error)).toContain(missing);
    expect(String(error)).toMatch(/DATA_DIR.*Create it/);
  });

  test('a file in the directory’s place is named', async () => {
    await writeFile(directory, '');
    const error = await refusal(directory);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(String(error)).toContain(directory);
    expect(String(error)).toContain('DATA_DIR');
  });

  test('a file that is no database is refused and left alone', async () => {
    await (await openSqliteStore(directory)).close();
    await writeFile(join(directory, SQLITE_FILE), 'not a database '.repeat(1_000));
    const error = await refusal(directory);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(String(error)).toMatch(/playcaller\.db is not a SQLite database.*backup/);
    expect((await stat(join(directory, SQLITE_FILE))).size).toBe(15_000);
  });

  test('a damaged database is refused', async () => {
    const store = await openSqliteStore(directory);
    await store.inbox.receive(Array.from({ length: 500 }, (_, index) => about(index)));
    await store.close();
    const file = await open(join(directory, SQLITE_FILE), 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size - 100, 0xa5), 0, size - 100, 100);
    await file.close();
    const error = await refusal(directory);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(String(error)).toContain('playcaller.db is damaged');
  });

  test('a second writer that does not let go is an error, not a hang; then work goes on', async () => {
    const store = await openSqliteStore(directory);
    const other = new DatabaseSync(join(directory, SQLITE_FILE));
    other.exec('begin immediate');
    await expect(store.inbox.receive([about(1)])).rejects.toThrow(/locked by another process/);
    other.exec('rollback');
    other.close();
    expect(await store.inbox.receive([about(1)])).toEqual([true]);
    await store.close();
  });

  test('a full disk refuses, the process lives on, and all that was acknowledged is there', async () => {
    const program = join(import.meta.dirname, 'receiver-process.ts');
    // A limit on the size of files stands for the full disk; its signal must be off for the write itself to fail.
    const limited = `trap '' XFSZ; ulimit -f 800; exec "$0" "$@"`;
    const child = spawn('bash', ['-c', limited, process.execPath, program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = new Promise((resolve) => child.on('exit', resolve));
    const lines = (await text(child.stdout)).trim().split('\n');
    expect(await exit).toBe(0);
    expect(lines.pop()).toBe('REFUSED StoreUnavailable');
    expect(lines.length).toBeGreaterThan(50);
    const store = await openSqliteStore(directory);
    expect((await store.inbox.receive(lines.map((guid) => ({ ...about(1), guid })))).filter(Boolean)).toEqual([]);
    await store.close();
  });
});
