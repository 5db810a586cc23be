/** The sandbox's server: GitHub's REST and GraphQL, the pages, and the control paths on one port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SandboxClock } from './clock.ts';
import { controlRoutes } from './control.ts';
import { createParts, type Parts } from './engine.ts';
import { SandboxError } from './error.ts';
import { errorResponse, type Incoming, passGate } from './gate.ts';
import { describeOperation, handleGraphql, readGraphqlBody } from './graphql-endpoint.ts';
import { startPretendCi } from './pretend-ci.ts';
import { handleRest } from './rest/handle.ts';
import type { Engine } from './sandbox.ts';
import { readManifest } from './state/manifest.ts';
import type { AppManifest } from './state/start.ts';

export interface SandboxOptions {
  /** 0 takes any free one. */
  port: number;
  /** `127.0.0.1` by default. */
  host?: string;
  /** Address for links, when people reach it by another one. */
  url?: string;
  /** Where the app takes webhooks, the whole URL; none are sent without. */
  webhookUrl: string | null;
  webhookSecret: string;
  appId: number;
  publicKeyOrPrivateKeyPem: string;
  /** What the app may do and which events it gets; the repository's `app.yml` by default. */
  appManifest?: AppManifest;
  /** A check run `ci / test` for each head of a pull request. */
  pretendCi?: boolean;
  /** Requests an hour for each person and installation; 5,000 by default, as GitHub. */
  rateLimit?: number;
  /** The time it begins at; the real one by default. */
  start?: Date;
  /** Epoch milliseconds that stale reads lag by; real time by default. */
  lagClock?: () => number;
}

export interface RunningSandbox {
  url: string;
  sandbox: Engine;
  clock: SandboxClock;
  /** Ends connections, timers and webhooks under way. */
  close(): Promise<void>;
}

type Env = { Bindings: HttpBindings | undefined };

const largestBody = 25 * 1024 * 1024;

function tooLarge(): Response {
  return errorResponse(new SandboxError(413, 'Payload too large'));
}

/** Ends the connection as if the network had gone; the caller never learns whether it was done. */
function cut(c: Context<Env>): Response {
  c.env?.outgoing.destroy();
  return new Response(null, { status: 502 });
}

function createApi(parts: Parts): Hono<Env> {
  const api = new Hono<Env>();
  const pathOf = (c: Context<Env>): string => c.req.raw.url.replace(/^https?:\/\/[^/]+/, '');
  const common = (c: Context<Env>): Pick<Incoming, 'method' | 'path' | 'authorization' | 'isPage' | 'cut'> => ({
    method: c.req.method,
    path: pathOf(c),
    authorization: c.req.header('authorization') ?? null,
    isPage: c.env?.outgoing === undefined,
    cut: () => void c.env?.outgoing.destroy(),
  });

  api.use(bodyLimit({ maxSize: largestBody, onError: tooLarge }));
  api.post('/graphql', async (c) => {
    const body = readGraphqlBody(await c.req.text());
    const { name, isWrite } = describeOperation(body);
    const incoming: Incoming = { ...common(c), resource: 'graphql', operation: name, isWrite };
    const outcome = await passGate(parts, incoming, (actor, view) => handleGraphql(view, body, actor));
    return outcome === 'cut' ? cut(c) : outcome;
  });
  api.all('/v3/*', async (c) => {
    const { method } = c.req;
    const body = method === 'GET' || method === 'HEAD' ? '' : await c.req.text();
    const incoming: Incoming = { ...common(c), resource: 'core', operation: null, isWrite: method !== 'GET' };
    const path = incoming.path.slice('/api/v3'.length);
    const request = { method, path, accept: c.req.header('accept') ?? '', body };
    const outcome = await passGate(parts, incoming, async (actor, view) => handleRest(view, request, actor));
    return outcome === 'cut' ? cut(c) : outcome;
  });
  return api;
}

async function createApp(parts: Parts, appId: number): Promise<Hono<Env>> {
  const app = new Hono<Env>();
  app.route('/api', createApi(parts));
  app.route('/_sandbox', controlRoutes(parts, appId));
  const { pageRoutes } = await import('./page/page.ts');
  app.route(
    '/',
    pageRoutes(async (request) => app.fetch(request)),
  );
  app.notFound(() => errorResponse(new SandboxError(404, 'Not Found')));
  app.onError((error) => {
    if (error instanceof SandboxError) return errorResponse(error);
    console.error('sandbox:', error);
    return errorResponse(new SandboxError(500, 'Server Error'));
  });
  return app;
}

/** Starts listening. @throws when the port is taken or the key is none. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  let listener: ReturnType<typeof getRequestListener> | null = null;
  const server = createServer((request, response) => {
    if (listener) void listener(request, response);
    else response.writeHead(503).end();
  });
  // Clients keep connections; closing one while a request is on its way would look like a fault that nobody asked for.
  server.keepAliveTimeout = 75_000;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = options.url ?? `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
  try {
    const { webhookUrl, webhookSecret, publicKeyOrPrivateKeyPem: keyPem, appId, rateLimit, start, lagClock } = options;
    const manifest = options.appManifest ?? readManifest();
    const webhook = webhookUrl === null ? null : { url: webhookUrl, secret: webhookSecret };
    const parts = createParts({ url, appId, keyPem, webhook, manifest, rateLimit, start, lagClock });
    const app = await createApp(parts, appId);
    const stopCi = options.pretendCi ? startPretendCi(parts.engine) : (): void => undefined;
    listener = getRequestListener((request, env) => app.fetch(request, env));
    const close = async (): Promise<void> => {
      stopCi();
      parts.hooks.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    return { url, sandbox: parts.engine, clock: parts.clock, close };
  } catch (error) {
    server.close();
    throw error;
  }
}
