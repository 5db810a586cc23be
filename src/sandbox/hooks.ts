/** Webhooks: built when something happens, sent one after another, recorded; never sent again by themselves (GitHub docs). */
import { createHmac, randomUUID } from 'node:crypto';
import { loginOf } from './access.ts';
import { legacyNodeId, organizationJson, userJson } from './payload/account.ts';
import type { Json } from './payload/json.ts';
import { webhookRepository } from './payload/repository.ts';
import type { Happening } from './sandbox.ts';
import type { App, Installation, Webhook } from './state/accounts.ts';
import type { Delivery, World } from './state/world.ts';

/** GitHub's patience. */
const timeoutMs = 10_000;
/** GitHub keeps deliveries for days; the sandbox keeps this many. */
const kept = 10_000;
/** Sent to every app, subscribed or not (GitHub docs). */
const always = new Set(['installation', 'installation_repositories', 'installation_target', 'github_app_authorization', 'ping']);

interface Message {
  app: App;
  guid: string;
  event: string;
  body: string;
  redelivery: boolean;
  installationId: number | null;
  repositoryId: number | null;
  action: string | null;
}

export interface Hooks {
  emit(happening: Happening): void;
  redeliver(delivery: Delivery): void;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
  /** Messages waiting, the one under way included. */
  depth(): number;
  close(): void;
}

/** Fields that every payload has, and the happening's own. */
function payloadFor(world: World, happening: Happening, installation: Installation | null): Json {
  const { repo, action, payload, actor } = happening;
  const owner = happening.account === undefined ? undefined : world.accounts.get(happening.account);
  return {
    ...(action === null ? {} : { action }),
    ...payload,
    ...(repo ? webhookRepository(world, repo) : {}),
    ...(!repo && owner?.type === 'Organization' ? { organization: organizationJson(world, owner) } : {}),
    sender: userJson(world, loginOf(world, actor)),
    ...(installation && !('installation' in payload)
      ? { installation: { id: installation.id, node_id: legacyNodeId('IntegrationInstallation', installation.id) } }
      : {}),
  };
}

/** As a form the JSON is one field of it. */
function bodyFor(message: Message, webhook: Webhook): string {
  return webhook.contentType === 'form' ? `payload=${encodeURIComponent(message.body)}` : message.body;
}

function headersFor(message: Message, webhook: Webhook, body: string): Record<string, string> {
  const sign = (algorithm: string): string => createHmac(algorithm, webhook.secret).update(body).digest('hex');
  return {
    accept: '*/*',
    'content-type': webhook.contentType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
    'user-agent': 'GitHub-Hookshot/5a7d0c1',
    'x-github-delivery': message.guid,
    'x-github-event': message.event,
    'x-github-hook-id': String(message.app.id + 400_000_000),
    'x-github-hook-installation-target-id': String(message.app.id),
    'x-github-hook-installation-target-type': 'integration',
    // Without a secret GitHub signs nothing.
    ...(webhook.secret === ''
      ? {}
      : { 'x-hub-signature': `sha1=${sign('sha1')}`, 'x-hub-signature-256': `sha256=${sign('sha256')}` }),
  };
}

export function createHooks(world: World, nextId: () => number, now: () => string): Hooks {
  const queue: Message[] = [];
  let busy = false;
  let closed = false;
  let waiting: (() => void)[] = [];
  const stopping = new AbortController();

  async function post(url: string, headers: Record<string, string>, body: string): Promise<Partial<Delivery>> {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping.signal]);
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      const responseBody = await response.text();
      const status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`;
      return { status, statusCode: response.status, responseHeaders: Object.fromEntries(response.headers), responseBody };
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { status: late ? 'timed out' : 'failed to connect to host', statusCode: 0, responseHeaders: {}, responseBody: '' };
    }
  }

  async function send(message: Message): Promise<void> {
    const { webhook } = message.app;
    if (!webhook?.url) return;
    const body = bodyFor(message, webhook);
    const requestHeaders = headersFor(message, webhook, body);
    const deliveredAt = now();
    const started = performance.now();
    const result = await post(webhook.url, requestHeaders, body);
    world.deliveries.push({
      id: nextId(),
      appId: message.app.id,
      url: webhook.url,
      guid: message.guid,
      event: message.event,
      action: message.action,
      repositoryId: message.repositoryId,
      installationId: message.installationId,
      deliveredAt,
      redelivery: message.redelivery,
      durationSeconds: Math.round((performance.now() - started) / 10) / 100,
      status: '',
      statusCode: 0,
      requestHeaders,
      requestBody: message.body,
      responseHeaders: {},
      responseBody: '',
      ...result,
    });
    if (world.deliveries.length > kept) world.deliveries.splice(0, world.deliveries.length - kept);
  }

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    // Not within the request that caused it: GitHub answers first.
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = queue.shift(); next && !closed; next = queue.shift()) await send(next);
    busy = false;
    const done = waiting;
    waiting = [];
    for (const tell of done) tell();
  }

  function push(message: Message): void {
    if (closed) return;
    queue.push(message);
    void drain();
  }

  function emit(happening: Happening): void {
    const account = happening.account ?? happening.repo?.ownerLogin;
    for (const installation of world.installations.values()) {
      const app = world.apps.get(installation.appId);
      if (!app?.webhook?.url || installation.accountLogin !== account) continue;
      if (happening.onlyAppId !== undefined && happening.onlyAppId !== app.id) continue;
      if (installation.suspendedAt && happening.event !== 'installation') continue;
      if (!always.has(happening.event) && !installation.events.includes(happening.event)) continue;
      push({
        app,
        guid: randomUUID(),
        event: happening.event,
        action: happening.action,
        body: JSON.stringify(payloadFor(world, happening, installation)),
        redelivery: false,
        installationId: installation.id,
        repositoryId: happening.repo?.id ?? null,
      });
    }
  }

  return {
    emit,
    redeliver(delivery) {
      const app = world.apps.get(delivery.appId);
      if (!app) return;
      const { guid, event, action, installationId, repositoryId } = delivery;
      push({ app, guid, event, action, body: delivery.requestBody, redelivery: true, installationId, repositoryId });
    },
    idle: () => (busy || queue.length > 0 ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    depth: () => queue.length + (busy ? 1 : 0),
    close() {
      closed = true;
      queue.length = 0;
      stopping.abort();
    },
  };
}
