/** Signs and posts deliveries as GitHub does, and opens stores to take them. */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/types.ts';

export const SECRET = ['it', 'is', 'a', 'secret', 'of', 'tests'].join('-');

export function sign(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export function deliveryHeaders(event: string, body: string | Buffer, guid: string = randomUUID()): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-hub-signature-256': sign(body),
  };
}

export async function deliver(
  url: string,
  event: string,
  payload: unknown,
  more: Record<string, string> = {},
): Promise<Response> {
  const body = JSON.stringify(payload);
  return fetch(url, { method: 'POST', body, headers: { ...deliveryHeaders(event, body), ...more } });
}

export async function temporaryStore(): Promise<{ store: Store; dataDir: string; remove(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-'));
  const store = await openStore({ dataDir, databaseUrl: null });
  return {
    store,
    dataDir,
    async remove() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function serve(listener: RequestListener): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function issuesLabeled(number = 12, label = 'session:bug-fix') {
  return {
    action: 'labeled',
    issue: { number, node_id: `I_${number}`, labels: [{ name: label }] },
    label: { name: label },
    repository: { id: 1, full_name: 'acme/shop', default_branch: 'main' },
    sender: { login: 'alice', type: 'User' },
    installation: { id: 5 },
  };
}
