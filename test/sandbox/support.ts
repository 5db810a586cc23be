/** A running sandbox for tests: people with octokit, an app with its key, a receiver of webhooks; every answer and payload is checked. */
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { Octokit } from 'octokit';
import { expect } from 'vitest';
import { faultsOfAnswer, operationOf } from '../../src/sandbox/openapi/validate.ts';
import { allRoutes } from '../../src/sandbox/rest/index.ts';
import { createMatcher } from '../../src/sandbox/rest/match.ts';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';

export interface Received {
  event: string;
  action: string | null;
  guid: string;
  headers: Record<string, string>;
  payload: Record<string, unknown>;
}

export interface Bench {
  running: RunningSandbox;
  url: string;
  received: Received[];
  /** Answers that did not fit GitHub's OpenAPI. */
  faults: string[];
  as(login: string): Octokit;
  /** The app by its JWT. */
  app: Octokit;
  jwt(claims?: Record<string, unknown>): string;
  /** An installation token's Octokit. */
  installed(permissions?: Record<string, 'read' | 'write'>): Promise<Octokit>;
  /** Waits for all webhooks; gives those since the last time, as `event.action`. */
  heard(): Promise<string[]>;
  /** What the receiver answers. */
  answer: { status: number; delayMs: number };
  control(method: string, path: string, body?: unknown, login?: string): Promise<Response>;
  close(): Promise<void>;
}

export const appId = 4711;

export const allPermissions = {
  administration: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  merge_queues: 'read',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
  members: 'read',
} as const;

export const allEvents = [
  'check_run',
  'check_suite',
  'create',
  'delete',
  'fork',
  'issue_comment',
  'issue_dependencies',
  'issues',
  'label',
  'member',
  'merge_group',
  'milestone',
  'pull_request',
  'pull_request_review',
  'push',
  'repository',
  'status',
  'sub_issues',
];

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const match = createMatcher(allRoutes);
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export function encodeJwt(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), keys.privateKey).toString('base64url')}`;
}

/** Checks payloads against `@octokit/openapi-webhooks`. */
function createPayloadCheck(): (event: string, action: string | null, payload: unknown) => string[] {
  const file = createRequire(import.meta.url)
    .resolve('@octokit/openapi-webhooks')
    .replace('index.js', 'generated/api.github.com.json');
  const api = JSON.parse(readFileSync(file, 'utf8')) as { webhooks: Record<string, unknown>; components: unknown };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const name of ['repo.nwo', 'timestamp', 'ssh-key']) ajv.addFormat(name, true);
  ajv.addSchema({ $id: 'webhooks', components: api.components, webhooks: api.webhooks });
  return (event, action, payload) => {
    const name = [event, action].filter(Boolean).join('-').replaceAll('_', '-');
    if (!(name in api.webhooks)) return [`GitHub has no webhook ${name}`];
    const pointer = `webhooks#/webhooks/${name}/post/requestBody/content/application~1json/schema`;
    const validate = ajv.getSchema(pointer);
    if (!validate) return [`no schema for ${name}`];
    if (validate(payload)) return [];
    // The list of event names in a suite's app is older than `sub_issues` and `issue_dependencies`.
    // And GitHub sends `null` for a head whose fork is gone, though the schema of some actions forgets it.
    const known = /\/app\/events\/\d+$|^\/pull_request\/head\/repo$/;
    const errors = (validate.errors ?? []).filter((error) => !known.test(error.instancePath));
    return errors.map((error) => `${name}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  };
}

let payloadCheck: ReturnType<typeof createPayloadCheck> | null = null;

/** Payloads that do not fit GitHub's OpenAPI. */
export function payloadFaults(received: Received[]): string[] {
  payloadCheck ??= createPayloadCheck();
  const check = payloadCheck;
  return received.flatMap(({ event, action, payload }) => check(event, action, payload));
}

export async function startBench(options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const received: Received[] = [];
  const faults: string[] = [];
  const secret = randomBytes(16).toString('hex');
  const answer = { status: 202, delayMs: 0 };
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      if (request.headers['x-hub-signature-256'] !== expected) faults.push('wrong signature');
      const payload = JSON.parse(body.toString()) as Record<string, unknown>;
      const headers = request.headers as Record<string, string>;
      received.push({
        event: headers['x-github-event'] ?? '',
        action: typeof payload.action === 'string' ? payload.action : null,
        guid: headers['x-github-delivery'] ?? '',
        headers,
        payload,
      });
      setTimeout(() => response.writeHead(answer.status).end('noted'), answer.delayMs);
    });
  });
  const running = await startSandbox({
    port: 0,
    webhookUrl: `${await listen(receiver)}/hook`,
    webhookSecret: secret,
    appId,
    publicKeyOrPrivateKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    appManifest: { name: 'Playcaller', default_permissions: { ...allPermissions }, default_events: allEvents },
    ...options,
  });
  const { url } = running;

  function client(auth: string): Octokit {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const octokit = new Octokit({ auth, baseUrl: `${url}/api/v3`, throttle: { enabled: false }, retry: { enabled: false }, log });
    octokit.hook.after('request', (response, request) => {
      // Pagination asks by whole addresses.
      const found = request.url.startsWith('http')
        ? match(request.method, new URL(request.url).pathname.slice('/api/v3'.length))
        : null;
      const key = `${request.method} ${found?.route.path ?? request.url}`;
      if (operationOf(key))
        faults.push(...faultsOfAnswer(key, response.status, response.data).map((fault) => `${key}: ${fault}`));
      else if (!request.url.includes('/graphql')) faults.push(`not checked: ${key}`);
    });
    return octokit;
  }

  const now = (): number => Math.floor(Date.now() / 1000);
  const jwt = (claims: Record<string, unknown> = {}): string =>
    encodeJwt({ iss: appId, iat: now() - 30, exp: now() + 300, ...claims });
  const app = client(jwt());
  let seen = 0;
  return {
    running,
    url,
    received,
    faults,
    as: (login) => client(`sandbox-${login}`),
    app,
    jwt,
    answer,
    async installed(permissions) {
      const { data } = await app.rest.apps.getRepoInstallation({ owner: 'acme', repo: 'shop' });
      const token = await app.rest.apps.createInstallationAccessToken({ installation_id: data.id, permissions });
      return client(token.data.token);
    },
    async heard() {
      await fetch(`${url}/_sandbox/idle`);
      const fresh = received.slice(seen);
      seen = received.length;
      return fresh.map(({ event, action }) => [event, action].filter(Boolean).join('.'));
    },
    control: (method, path, body, login = 'alice') =>
      fetch(`${url}/_sandbox${path}`, {
        method,
        headers: { authorization: `token sandbox-${login}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    async close() {
      await running.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
}

/** Status and message of the refusal that `call` must meet. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'status' in error) return { status: Number(error.status), message: error.message };
    throw error;
  }
  expect.fail('it was not refused');
}

export const shop = { owner: 'acme', repo: 'shop' };

/** Commits a file onto a new branch. */
export async function commitFile(octokit: Octokit, branch: string, path: string, text: string, place = shop): Promise<string> {
  const main = await octokit.rest.git.getRef({ ...place, ref: 'heads/main' });
  try {
    await octokit.rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: main.data.object.sha });
  } catch {
    // The branch is there already.
  }
  const content = Buffer.from(text).toString('base64');
  const { data } = await octokit.rest.repos.createOrUpdateFileContents({
    ...place,
    path,
    branch,
    content,
    message: `Add ${path}`,
  });
  return data.commit.sha ?? '';
}
