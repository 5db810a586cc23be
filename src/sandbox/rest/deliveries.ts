/** REST: the app's webhook and its deliveries. */
import { notFound, SandboxError } from '../error.ts';
import type { Json } from '../payload/json.ts';
import type { App, Delivery } from '../state/types.ts';
import { appOf } from './app.ts';
import { type Answer, bodyOf, type Call, numberParam, ok, route } from './call.ts';

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

export const deliveryRoutes = [
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
];
