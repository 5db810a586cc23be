/** Webhook deliveries as an app's owner sees them: what was sent, what was not taken, and sending it again. */
import type { Octokit } from 'octokit';
import { until } from './until.ts';

export interface SentDelivery {
  id: number;
  guid: string;
  event: string;
  /** HTTP status of the app's answer; 0 when nobody answered. */
  code: number;
  redelivery: boolean;
}

const AT_ONCE = 8;
const PATIENCE_MS = 60_000;

/** Newest first, every attempt on its own. */
export async function deliveries(app: Octokit): Promise<SentDelivery[]> {
  const all = await app.paginate(app.rest.apps.listWebhookDeliveries, { per_page: 100 });
  return all.map((one) => ({ id: one.id, guid: one.guid, event: one.event, code: one.status_code, redelivery: one.redelivery }));
}

export const taken = (delivery: SentDelivery): boolean => delivery.code >= 200 && delivery.code < 300;

/** GUIDs that no attempt has handed over. */
export async function untaken(app: Octokit): Promise<SentDelivery[]> {
  const all = await deliveries(app);
  const done = new Set(all.filter(taken).map((delivery) => delivery.guid));
  const newest = new Map(all.toReversed().map((delivery) => [delivery.guid, delivery]));
  return [...newest.values()].filter((delivery) => !done.has(delivery.guid));
}

/**
 * Asks for a new attempt of each and waits until all of them are answered.
 * @returns the new attempts.
 */
export async function redeliver(app: Octokit, wanted: readonly SentDelivery[]): Promise<SentDelivery[]> {
  const before = new Set((await deliveries(app)).map((delivery) => delivery.id));
  const queue = [...wanted];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await app.rest.apps.redeliverWebhookDelivery({ delivery_id: next.id });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const guids = new Set(wanted.map((delivery) => delivery.guid));
  const attempts = async () =>
    (await deliveries(app)).filter((one) => !before.has(one.id) && one.redelivery && guids.has(one.guid));
  const { last } = await until(attempts, (seen) => seen.length >= wanted.length, PATIENCE_MS);
  return last ?? [];
}
