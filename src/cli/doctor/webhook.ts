/** How GitHub is told to send webhooks, and whether the app answers at that address. */
import { z } from 'zod';
import { WEBHOOK_PATH } from '../../intake/webhook-route.ts';
import { reasonOf } from './api.ts';
import { type Finding, fault, ok, warning } from './finding.ts';
import { PATIENCE_MS, type Patient } from './patient.ts';

const schema = z.object({
  url: z.string().nullish(),
  content_type: z.string().nullish(),
  insecure_ssl: z.union([z.string(), z.number()]).nullish(),
  secret: z.string().nullish(),
});

export type HookSeen = z.infer<typeof schema>;

export async function checkWebhook(patient: Patient): Promise<Finding[]> {
  const { app, client, environment } = patient;
  if (!app) return [];
  const hook = schema.parse((await client.rest('GET /app/hook/config')).data);
  const findings = judgeWebhook(hook, app.settings, environment.apiUrl !== null);
  const base = baseOf(hook);
  return base === null ? findings : [...findings, ...(await reach(patient, base))];
}

/** @param settings page of the app. @param inside GitHub Enterprise Server or the sandbox: HTTP may do there */
export function judgeWebhook(hook: HookSeen, settings: string, inside: boolean): Finding[] {
  const url = hook.url && URL.canParse(hook.url) ? new URL(hook.url) : null;
  const wanted = `https://<your host>${WEBHOOK_PATH}`;
  if (!url) {
    return [
      fault(
        'webhook',
        'GitHub has no address to send webhooks to.',
        `Set "Webhook URL" to ${wanted} on ${settings}, and tick "Active".`,
      ),
    ];
  }
  const shown = withoutSecrets(url);
  const findings: Finding[] = [];
  if (!url.pathname.endsWith(WEBHOOK_PATH)) {
    findings.push(
      fault(
        'webhook',
        `GitHub sends webhooks to ${shown}, where nobody takes them.`,
        `Set "Webhook URL" to ${url.origin}${WEBHOOK_PATH} on ${settings}.`,
      ),
    );
  }
  if (url.protocol !== 'https:' && !inside) {
    findings.push(
      fault('webhook', `Webhooks travel unencrypted, to ${shown}.`, `Set "Webhook URL" to an https:// address on ${settings}.`),
    );
  }
  if (hook.content_type !== 'json') {
    findings.push(
      fault(
        'webhook',
        `GitHub sends webhooks as ${hook.content_type ?? 'form'}, which is answered 415.`,
        `Make a new webhook secret and content type in one step: PATCH /app/hook/config with content_type json (GitHub docs, "Update a webhook configuration for an app").`,
      ),
    );
  }
  if (String(hook.insecure_ssl ?? '0') !== '0') {
    findings.push(
      warning(
        'webhook',
        'GitHub does not check the certificate of your address.',
        `Choose "Enable SSL verification" on ${settings}.`,
      ),
    );
  }
  if (!hook.secret) {
    findings.push(
      fault(
        'webhook',
        'No webhook secret is set at GitHub, so every delivery is refused.',
        `Set "Webhook secret" to the value of WEBHOOK_SECRET on ${settings}.`,
      ),
    );
  }
  return findings.length > 0 ? findings : [ok('webhook', `GitHub sends signed webhooks to ${shown}.`)];
}

function withoutSecrets(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** The address under which the app's pages are: the webhook's without its path. Null where that cannot be told. */
function baseOf({ url }: HookSeen): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return pathname.endsWith(WEBHOOK_PATH) ? `${origin}${pathname.slice(0, -WEBHOOK_PATH.length)}` : null;
}

async function reach({ fetch }: Patient, base: string): Promise<Finding[]> {
  const ask = async (path: string): Promise<Response> =>
    fetch(`${base}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' });
  try {
    const health = await ask('/healthz');
    await health.arrayBuffer();
    if (health.status !== 200) return [unhealthy(base, health.status)];
    const ready = await ask('/readyz');
    const said = z.object({ why: z.string() }).safeParse(await ready.json().catch(() => null));
    if (ready.status === 200) return [ok('reach', `The app answers at ${base}, and takes webhooks.`)];
    return [
      fault(
        'reach',
        `The app answers at ${base}, but takes no webhooks: ${said.success ? said.data.why : `/readyz says ${ready.status}`}.`,
        'Its log has the whole story ("not ready"); see "store" below.',
      ),
    ];
  } catch (error) {
    return [
      fault(
        'reach',
        `Nobody answers at ${base}, asked from here: ${reasonOf(error)}.`,
        'Start the app, and look at the DNS, the proxy and the firewall in front of it. GitHub may see more than this machine does: "deliveries" tells what it saw.',
      ),
    ];
  }
}

function unhealthy(base: string, status: number): Finding {
  if (status === 503)
    return fault('reach', `The app at ${base} says that it is stuck (503).`, 'Start it anew; its log tells since when.');
  return fault(
    'reach',
    `${base}/healthz answers ${status}: that is not the app, or something in front of it turns us away.`,
    'Let the proxy hand /api/github/webhooks, /healthz and /readyz on to the app.',
  );
}
