/** PostgreSQL away, mute or back again: refused in time, never a crash, never the password (A4). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailable, StoreUnusable } from '../../src/store/errors.ts';
import { openPostgresStore } from '../../src/store/postgres.ts';
import { about } from './samples.ts';
import { openWire, throughWire, type Wire } from './wire.ts';
import { databaseUrl, freshSchema } from './worlds.ts';

const refusal = (url: string): Promise<unknown> => openPostgresStore(url).catch((error: unknown) => error);

describe('a wrong DATABASE_URL', () => {
  test.each(['localhost', 'mysql://u:hush-hush@localhost/x', 'postgres://u:hush-hush@[bad/x', ''])(
    '%s is refused unread',
    async (url) => {
      const error = await refusal(url);
      expect(error).toBeInstanceOf(StoreUnusable);
      expect(String(error)).toContain('DATABASE_URL');
      expect(String(error)).not.toContain('hush-hush');
    },
  );

  test('a place where nobody answers is named without the password', async () => {
    const error = await refusal('postgres://bob:hush%2Dhush@127.0.0.1:1/shop');
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(String(error)).toMatch(/127\.0\.0\.1:1\/shop .*DATABASE_URL.*ECONNREFUSED/);
    expect(String(error)).not.toMatch(/hush/);
  });
});

describe.each(databaseUrl ? ['PostgreSQL'] : [])('%s behind a wire', () => {
  let wire: Wire;
  let schema: Awaited<ReturnType<typeof freshSchema>>;
  let url: string;
  beforeEach(async () => {
    schema = await freshSchema();
    wire = await openWire(new URL(schema.url));
    url = throughWire(schema.url, wire);
  });
  afterEach(async () => {
    await wire.cut();
    await schema.end();
  });

  test('a database that does not exist yet is worth waiting for', async () => {
    const missing = new URL(databaseUrl);
    missing.pathname = '/no_such_database';
    expect(await refusal(missing.href)).toBeInstanceOf(StoreUnavailable);
  });

  test('away at the start, then there', async () => {
    await wire.cut();
    expect(await refusal(url)).toBeInstanceOf(StoreUnavailable);
    await wire.mend();
    const store = await openPostgresStore(url);
    await store.ping();
    await store.close();
  });

  test('away later: operations are refused, and work again when it is back; listeners hear again', async () => {
    const store = await openPostgresStore(url);
    const direct = await openPostgresStore(schema.url);
    let heard = Promise.withResolvers<void>();
    const stop = store.inbox.onWork(() => heard.resolve());
    await heard.promise;
    await store.inbox.receive([about(1)]);
    const [work] = await store.inbox.lease(1, 60_000);
    if (!work) throw new Error('nothing to lease');

    const under = Array.from({ length: 20 }, () => store.inbox.receive([about(2)]).catch((error: unknown) => error));
    await wire.cut();
    const answers = await Promise.all(under);
    expect(answers.filter((answer) => !(answer instanceof StoreUnavailable || Array.isArray(answer)))).toEqual([]);
    await expect(store.inbox.receive([about(3)])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.ledger.commit(work.lease, [])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);

    heard = Promise.withResolvers<void>();
    await wire.mend();
    await store.ping();
    expect(await store.inbox.receive([about(3)])).toEqual([true]);
    expect(await store.ledger.commit(work.lease, [])).toBe('done');
    await heard.promise;
    heard = Promise.withResolvers<void>();
    await direct.inbox.receive([about(4)]);
    await heard.promise;
    stop();
    await Promise.all([store.close(), direct.close()]);
  });

  test('a database that falls silent is given up after a while, and its connections with it', async () => {
    const store = await openPostgresStore(url);
    await store.ping();
    wire.silence(true);
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    wire.silence(false);
    await store.ping();
    await store.close();
  });
});
