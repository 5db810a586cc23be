/** REST: the app's webhook and its deliveries. */
import { notFound, SandboxError } from '../error.ts';
import type { Json } from '../payload/json.ts';
import type { App, Webhook } from '../state/accounts.ts';
import type { Delivery } from '../state/world.ts';
import { appOf } from './app.ts';
import { type Answer, bodyOf, type Call, choice, numberParam, ok, route } from './call.ts';

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

/** GitHub shows, and sends again, what is no older (GitHub docs, "Viewing webhook deliveries", "Redelivering webhooks"). */
const KEPT_MS = 3 * 24 * 3_600_000;

/** Oldest first. */
function deliveriesOf(call: Call): Delivery[] {
  const { id: appId } = appOf(call);
  const from = Date.parse(call.sandbox.now()) - KEPT_MS;
  return call.world.deliveries.filter((one) => one.appId === appId && Date.parse(one.deliveredAt) >= from);
}

/** By GitHub's OpenAPI: what nobody answered, with the code 0, is in neither. */
function hasOutcome(status: string, { statusCode }: Delivery): boolean {
  const [from, to] = status === 'success' ? [200, 399] : [400, 599];
  return statusCode >= from && statusCode <= to;
}

function deliveryOf(call: Call): Delivery {
  const id = numberParam(call, 'delivery_id');
  const found = deliveriesOf(call).find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** Newest first, by cursor. */
function listDeliveries(call: Call): Answer {
  const size = Math.min(Math.max(Number(call.query.get('per_page') ?? 30) || 30, 1), 100);
  const cursor = call.query.get('cursor');
  const status = call.query.get('status') && choice(call, 'status', ['success', 'failure'], 'failure', 'HookDelivery');
  const all = deliveriesOf(call)
    .filter((one) => !status || hasOutcome(status, one))
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

/** As GitHub has it: what was never set is left out, and the secret is only hinted at. */
function hookConfig({ webhook }: App): Json {
  if (!webhook) return {};
  const { url, secret, contentType = 'json', insecureSsl = '0' } = webhook;
  return { content_type: contentType, insecure_ssl: insecureSsl, ...(secret === '' ? {} : { secret: '********' }), url };
}

function updateHook(call: Call): Answer {
  const app = appOf(call);
  const { url, secret, content_type, insecure_ssl } = bodyOf(call, 'apps/update-webhook-config-for-app');
  const now: Webhook = app.webhook ?? { url: '', secret: '' };
  app.webhook = {
    url: url ?? now.url,
    secret: secret ?? now.secret,
    contentType: content_type === undefined ? now.contentType : content_type === 'json' ? 'json' : 'form',
    insecureSsl: insecure_ssl === undefined ? now.insecureSsl : String(insecure_ssl) === '1' ? '1' : '0',
  };
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
