/** What GitHub saw of the newest webhooks that it sent: whether they arrived, and what was wrong with those that did not. */
import { z } from 'zod';
import { Gone, isGitHubFault } from '../../github/errors.ts';
import { count, type Finding, fault, ok, warning } from './finding.ts';
import type { Patient } from './patient.ts';

const schema = z.array(
  z.object({ guid: z.string(), delivered_at: z.string(), status: z.string().catch(''), status_code: z.number().catch(0) }),
);

export type Attempts = z.infer<typeof schema>;

const LOOKED_AT = 100;

export async function checkDeliveries({ app, client, now }: Patient): Promise<Finding[]> {
  if (!app) return [];
  try {
    const { data } = await client.rest('GET /app/hook/deliveries', { per_page: LOOKED_AT });
    return judgeDeliveries(schema.parse(data), app.settings, now());
  } catch (error) {
    if (isGitHubFault(error) && error instanceof Gone)
      return [warning('deliveries', 'This GitHub shows no list of deliveries.', 'Missed deliveries cannot be made up there.')];
    throw error;
  }
}

const took = ({ status_code: code }: Attempts[number]): boolean => code >= 200 && code < 400;

/** @param attempts newest first */
export function judgeDeliveries(attempts: Attempts, settings: string, now: Date): Finding[] {
  const [newest] = attempts;
  if (!newest) {
    return [
      warning(
        'deliveries',
        'GitHub has sent no webhook in the last three days.',
        `Label an issue to try. If nothing comes: is "Active" ticked on ${settings}, and the app installed?`,
      ),
    ];
  }
  const arrived = new Set(attempts.filter(took).map(({ guid }) => guid));
  const failed = attempts.filter((one) => !took(one));
  const number = `${failed.length} of the last ${count(attempts.length, 'delivery', 'deliveries')}`;
  if (failed.length === 0) {
    return [
      ok(
        'deliveries',
        `The last ${count(attempts.length, 'delivery', 'deliveries')} arrived, the newest ${ago(newest.delivered_at, now)}.`,
      ),
    ];
  }
  const kinds = kindsOf(failed);
  const [worst] = took(newest) ? kinds : [kindOf(newest)];
  const text = `${number} failed (${Math.round((100 * failed.length) / attempts.length)} %): ${kinds.map(({ words, times }) => `${words}${kinds.length > 1 ? `, ${times} ×` : ''}`).join('; ')}.`;
  const mend = `${worst?.mend(settings) ?? ''} GitHub shows each one at ${settings}/advanced.`.trim();
  if (!took(newest)) return [fault('deliveries', `${text} The newest, ${ago(newest.delivered_at, now)}, was one of them.`, mend)];
  const lost = new Set(failed.map(({ guid }) => guid).filter((guid) => !arrived.has(guid))).size;
  const since = lost === 0 ? 'All were taken in later.' : 'The newest arrived; what is missing is read from this list each hour.';
  return [warning('deliveries', `${text} ${since}`, mend)];
}

interface Kind {
  words: string;
  mend(settings: string): string;
}

/** By status, the app's own and those of whatever stands in front of it. */
function kindOf({ status_code: code, status }: Attempts[number]): Kind {
  switch (code) {
    case 401:
      return {
        words: 'the signature was not accepted (401)',
        mend: (settings) => `Give WEBHOOK_SECRET the same value as "Webhook secret" on ${settings}.`,
      };
    case 404:
    case 405:
      return {
        words: `nobody takes webhooks at that address (${code})`,
        mend: (settings) => `Put the path /api/github/webhooks behind your host in "Webhook URL" on ${settings}.`,
      };
    case 413:
      return { words: 'the payload was too large (413)', mend: () => 'Let the proxy in front of the app take bodies of 25 MB.' };
    case 415:
      return {
        words: 'they were not sent as JSON (415)',
        mend: (settings) => `Set the content type to application/json on ${settings}.`,
      };
    case 502:
    case 504:
      return {
        words: `the proxy did not reach the app (${code})`,
        mend: () => 'Start the app, and look at what stands in front of it.',
      };
    case 503:
      return {
        words: 'the app could not store them, or was not there (503)',
        mend: () => 'Look at "store" below, and at the log ("a webhook could not be stored").',
      };
    default:
      return code > 0
        ? { words: `the answer was ${code}`, mend: () => 'Look at the log of the app and of what stands in front of it.' }
        : {
            words: `GitHub could not reach the address (${status.replace(/[^\w ,.-]/g, '').slice(0, 60) || 'no answer'})`,
            mend: () => 'Start the app, and look at DNS, certificate, proxy and firewall.',
          };
  }
}

function kindsOf(failed: Attempts): (Kind & { times: number })[] {
  const kinds = new Map<string, Kind & { times: number }>();
  for (const attempt of failed) {
    const kind = kindOf(attempt);
    kinds.set(kind.words, { ...kind, times: (kinds.get(kind.words)?.times ?? 0) + 1 });
  }
  return [...kinds.values()].sort((a, b) => b.times - a.times);
}

function ago(at: string, now: Date): string {
  const minutes = Math.round((now.getTime() - Date.parse(at)) / 60_000);
  if (!(minutes > 0)) return 'just now';
  if (minutes < 120) return `${count(minutes, 'minute')} ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${count(hours, 'hour')} ago` : `${count(Math.round(hours / 24), 'day')} ago`;
}
