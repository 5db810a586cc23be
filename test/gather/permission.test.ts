/** What a commander may do: from the query where it could be read along, else asked for by itself. */
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { permissionOf } from '../../src/gather/permission.ts';
import type { Reading } from '../../src/gather/reading.ts';
import { fixture, grantToken, HOST } from '../github/fake.ts';
import { temporaryStore } from '../intake/deliver.ts';

let temporary: Awaited<ReturnType<typeof temporaryStore>>;
beforeEach(async () => {
  nock.disableNetConnect();
  temporary = await temporaryStore();
});
afterEach(async () => {
  nock.cleanAll();
  nock.enableNetConnect();
  await temporary.remove();
});

async function reading(): Promise<Reading> {
  grantToken();
  return { client: await fixture().github.forInstallation(5), ledger: temporary.store.ledger, appId: 7 };
}

const edge = (login: string, permission: 'ADMIN' | 'MAINTAIN' | 'WRITE' | 'TRIAGE' | 'READ') => ({ permission, node: { login } });

describe('from the query', () => {
  it.each([
    ['ADMIN', 'admin'],
    ['MAINTAIN', 'maintain'],
    ['WRITE', 'write'],
    ['TRIAGE', 'triage'],
    ['READ', 'read'],
  ] as const)('%s', async (permission, level) => {
    const home = { collaborators: { edges: [edge('Alice', permission)] } };
    expect(await permissionOf(home, 'alice', 'acme/shop', await reading())).toBe(level);
  });

  it('nobody, and nobody of a similar name', async () => {
    const home = { collaborators: { edges: [edge('alice-2', 'ADMIN'), null] } };
    expect(await permissionOf(home, 'alice', 'acme/shop', await reading())).toBe('none');
    expect(await permissionOf({ collaborators: { edges: [] } }, 'alice', 'acme/shop', await reading())).toBe('none');
  });
});

describe('where the list may not be read', () => {
  it.each([
    [{ permission: 'admin', role_name: 'admin' }, 'admin'],
    [{ permission: 'write', role_name: 'maintain' }, 'maintain'],
    [{ permission: 'read', role_name: 'triage' }, 'triage'],
    [{ permission: 'write', role_name: 'Release captain' }, 'write'],
    [{ permission: 'write' }, 'write'],
    [{ permission: 'none', role_name: '' }, 'none'],
    [{ permission: 'something new' }, 'none'],
  ])('%j → %s', async (answer, level) => {
    const asked = nock(HOST).get('/repos/acme/shop/collaborators/alice/permission').reply(200, answer);
    expect(await permissionOf({ collaborators: null }, 'alice', 'acme/shop', await reading())).toBe(level);
    expect(asked.isDone()).toBe(true);
  });
});
