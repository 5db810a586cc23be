/** REST: the app itself, its installations and tokens, its webhook and deliveries; rate limit, meta, zen. */
import { covers } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import { appJson, installationJson } from '../payload/account.ts';
import type { Json } from '../payload/json.ts';
import { repositoryJson } from '../payload/repository.ts';
import { repoByName } from '../read.ts';
import type { App, Delivery, Installation } from '../state/types.ts';
import { type Answer, bodyOf, type Call, created, list, numberParam, ok, pageOf, param, route } from './call.ts';

function appOf(call: Call): App {
  const app = call.actor.kind === 'app' ? call.world.apps.get(call.actor.appId) : undefined;
  if (!app) throw notFound();
  return app;
}

function installationsOf(call: Call): Installation[] {
  const app = appOf(call);
  return [...call.world.installations.values()].filter((one) => one.appId === app.id);
}

function installationOf(call: Call): Installation {
  const id = numberParam(call, 'installation_id');
  const found = installationsOf(call).find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** @throws 422 when more is asked for than was granted. */
function createToken(call: Call): Answer {
  const installation = installationOf(call);
  if (installation.suspendedAt) throw new SandboxError(403, 'This installation has been suspended');
  const granted = appOf(call).permissions;
  const body = bodyOf(call, 'apps/create-installation-access-token') ?? {};
  const wanted: Record<string, 'read' | 'write'> = { ...granted };
  if (body.permissions) {
    for (const name of Object.keys(wanted)) delete wanted[name];
    for (const [name, access] of Object.entries(body.permissions)) {
      const has = granted[name];
      if (!has || (access === 'write' && has === 'read')) {
        throw new SandboxError(422, 'The permissions requested are not granted to this installation.');
      }
      wanted[name] = access === 'read' ? 'read' : 'write';
    }
    wanted.metadata = 'read';
  }
  const { token, expiresAt } = call.sandbox.createToken(installation.id, wanted);
  return created({ token, expires_at: expiresAt, permissions: wanted, repository_selection: 'all' });
}

function deliveryJson(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function deliveryOf(call: Call): Delivery {
  const id = numberParam(call, 'delivery_id');
  const { id: appId } = appOf(call);
  const found = call.world.deliveries.find((one) => one.id === id && one.appId === appId);
  if (!found) throw notFound();
  return found;
}

/** Newest first, by cursor. */
function listDeliveries(call: Call): Answer {
  const { id: appId } = appOf(call);
  const size = Math.min(Math.max(Number(call.query.get('per_page') ?? 30) || 30, 1), 100);
  const cursor = call.query.get('cursor');
  const status = call.query.get('status');
  const all = call.world.deliveries
    .filter((one) => one.appId === appId)
    .filter((one) => !status || (status === 'success') === (one.statusCode >= 200 && one.statusCode < 400))
    .reverse();
  const start = cursor ? all.findIndex((one) => `v1_${one.id}` === cursor) : 0;
  if (start < 0) throw new SandboxError(422, 'Invalid cursor');
  const next = all[start + size];
  const query = new URLSearchParams(call.query);
  if (next) query.set('cursor', `v1_${next.id}`);
  const headers: Record<string, string> = next
    ? { link: `<${call.world.url}/api/v3/app/hook/deliveries?${query}>; rel="next"` }
    : {};
  return { status: 200, body: all.slice(start, start + size).map(deliveryJson), headers };
}

function getDelivery(call: Call): Answer {
  const delivery = deliveryOf(call);
  const payload = JSON.parse(delivery.requestBody) as Json;
  return ok({
    ...deliveryJson(delivery),
    url: delivery.url,
    request: { headers: delivery.requestHeaders, payload },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  });
}

function hookConfig(app: App): Json {
  return { content_type: 'json', insecure_ssl: '0', secret: '********', url: app.webhook?.url ?? '' };
}

function updateHook(call: Call): Answer {
  const app = appOf(call);
  const { url, secret } = bodyOf(call, 'apps/update-webhook-config-for-app');
  app.webhook = { url: url ?? app.webhook?.url ?? '', secret: secret ?? app.webhook?.secret ?? '' };
  return ok(hookConfig(app));
}

function repoInstallation(call: Call): Answer {
  const repo = repoByName(call.world, param(call, 'owner'), param(call, 'repo'));
  const found = repo && installationsOf(call).find((one) => one.accountLogin === repo.ownerLogin);
  if (!found) throw notFound();
  return ok(installationJson(call.world, found));
}

function installedRepositories(call: Call): Answer {
  if (call.actor.kind !== 'installation') {
    throw new SandboxError(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    );
  }
  const found = [...call.world.repositories.values()].filter((repo) => covers(call.world, call.actor, repo));
  const { items, headers } = pageOf(call, found);
  const repositories = items.map((repo) => repositoryJson(call.world, repo));
  return { status: 200, body: { total_count: found.length, repository_selection: 'all', repositories }, headers };
}

function rateLimit(call: Call): Answer {
  const [core, graphql] = [call.sandbox.rateOf(call.actor, 'core'), call.sandbox.rateOf(call.actor, 'graphql')];
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return ok({ resources: { core: { ...core }, search, graphql: { ...graphql } }, rate: { ...core } });
}

export const appRoutes = [
  route(
    'GET /app',
    (call) => ok({ ...appJson(call.world, appOf(call)), installations_count: installationsOf(call).length }),
    'jwt',
  ),
  route('GET /app/installations', (call) => list(call, installationsOf(call), (one) => installationJson(call.world, one)), 'jwt'),
  route('GET /app/installations/{installation_id}', (call) => ok(installationJson(call.world, installationOf(call))), 'jwt'),
  route('POST /app/installations/{installation_id}/access_tokens', createToken, 'jwt'),
  route('GET /app/hook/config', (call) => ok(hookConfig(appOf(call))), 'jwt'),
  route('PATCH /app/hook/config', updateHook, 'jwt'),
  route('GET /app/hook/deliveries', listDeliveries, 'jwt'),
  route('GET /app/hook/deliveries/{delivery_id}', getDelivery, 'jwt'),
  route(
    'POST /app/hook/deliveries/{delivery_id}/attempts',
    (call) => {
      call.sandbox.redeliver(deliveryOf(call));
      return { status: 202, body: {} };
    },
    'jwt',
  ),
  route('GET /repos/{owner}/{repo}/installation', repoInstallation, 'jwt'),
  route('GET /installation/repositories', installedRepositories),
  route('GET /rate_limit', rateLimit, 'open'),
  route('GET /meta', () => ok({ verifiable_password_authentication: true }), 'open'),
  route('GET /zen', () => ({ status: 200, text: 'Keep it logically awesome.' }), 'open'),
];
