/** GitHub's list of the webhook deliveries that it tried to hand to the app, and what they carried (A2). */
import { z } from 'zod';
import { Broken, Gone, Refused, Unavailable } from './errors.ts';
import type { GitHub, GitHubClient } from './types.ts';

/** One attempt to hand over a delivery. */
export interface DeliveryAttempt {
  /** A whole number; since 2026 longer than a JavaScript number can hold, therefore text. */
  id: string;
  guid: string;
  /** `issues` */
  event: string;
  /** `labeled`; null for events without actions. */
  action: string | null;
  /** ISO 8601, UTC, by GitHub's clock. */
  deliveredAt: string;
  /** The app answered with a 2xx. */
  taken: boolean;
  redelivery: boolean;
  installationId: number | null;
  repositoryId: number | null;
}

export interface DeliveryPage {
  /** Newest first. */
  attempts: DeliveryAttempt[];
  /** Asks for the older ones; null at the end of the list. */
  next: string | null;
  /** The time at GitHub, ISO 8601; ours where its answer does not tell. */
  now: string;
}

/** Every method throws a `GitHubFault`. */
export interface Deliveries {
  /** @param cursor null for the newest. @throws {Gone} where GitHub offers no such list. */
  page(cursor: string | null): Promise<DeliveryPage>;
  /** What the delivery carried, an object as the webhook's body; null when GitHub no longer has it. */
  payload(id: string): Promise<object | null>;
  /** Names of the installation's repositories by their id; empty when it is gone or suspended. */
  repositories(installationId: number): Promise<Map<number, string>>;
}

/** GitHub's own most. */
const PAGE_SIZE = 100;

const wholeNumber = z.union([z.int(), z.bigint()]);
/** Ids of repositories and installations are small still; one that is not is as good as none. */
const smallId = z.int().nullish().catch(null);

/** As GitHub's OpenAPI has `hook-delivery-item`; an odd field that is not needed spoils nothing. */
const attemptSchema = z.object({
  id: wholeNumber,
  guid: z.string().regex(/^[\w.:-]{1,100}$/),
  delivered_at: z.coerce.date(),
  redelivery: z.boolean().catch(false),
  status_code: z.number().catch(0),
  event: z.string().regex(/^\w{1,100}$/),
  action: z.string().nullish().catch(null),
  installation_id: smallId,
  repository_id: smallId,
});
const payloadSchema = z.object({ request: z.object({ payload: z.record(z.string(), z.unknown()) }) });
const repositoriesSchema = z.object({ repositories: z.array(z.object({ id: z.int(), full_name: z.string() })) });

/** Asks nothing by itself. */
export function createDeliveries(github: Pick<GitHub, 'asApp' | 'forInstallation'>): Deliveries {
  return {
    async page(cursor) {
      const app = await github.asApp();
      const asked = { per_page: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
      const { data, headers } = await app.rest('GET /app/hook/deliveries', asked);
      if (!Array.isArray(data)) throw new Unavailable('GET /app/hook/deliveries: the answer is no list');
      const date = Date.parse(headers.date ?? '');
      const attempts = data.flatMap(readAttempt);
      if (attempts.length === 0 && data.length > 0) throw new Broken('GET /app/hook/deliveries: no item can be read');
      return {
        attempts,
        next: nextCursor(headers.link),
        now: new Date(Number.isNaN(date) ? Date.now() : date).toISOString(),
      };
    },
    async payload(id) {
      const app = await github.asApp();
      const answer = await orGone(app.rest('GET /app/hook/deliveries/{delivery_id}', { delivery_id: id }));
      const read = payloadSchema.safeParse(answer?.data);
      return read.success ? read.data.request.payload : null;
    },
    async repositories(installationId) {
      const names = new Map<number, string>();
      const client = await github.forInstallation(installationId);
      for (let page = 1; await addRepositories(client, page, names); page += 1);
      return names;
    },
  };
}

/** One that cannot be read is left out: the others are not to wait for it. */
function readAttempt(item: unknown): DeliveryAttempt[] {
  const read = attemptSchema.safeParse(item);
  if (!read.success) return [];
  const { id, guid, event, action, delivered_at, status_code, redelivery, installation_id, repository_id } = read.data;
  return [
    {
      id: String(id),
      guid,
      event,
      action: action ?? null,
      deliveredAt: delivered_at.toISOString(),
      taken: status_code >= 200 && status_code < 300,
      redelivery,
      installationId: installation_id ?? null,
      repositoryId: repository_id ?? null,
    },
  ];
}

/** Of `<https://…?cursor=v1_123&per_page=100>; rel="next"`. */
function nextCursor(link: string | undefined): string | null {
  const address = /<([^<>]*)>\s*;[^<]*\brel="?next\b/.exec(link ?? '')?.[1];
  return address === undefined ? null : new URLSearchParams(address.split('?')[1] ?? '').get('cursor');
}

/** @returns whether there may be more. */
async function addRepositories(client: GitHubClient, page: number, names: Map<number, string>): Promise<boolean> {
  const answer = await orGone(client.rest('GET /installation/repositories', { per_page: PAGE_SIZE, page }), Refused);
  const read = repositoriesSchema.safeParse(answer?.data);
  if (!read.success) return false;
  for (const { id, full_name } of read.data.repositories) names.set(id, full_name);
  return read.data.repositories.length === PAGE_SIZE;
}

/** @param or another fault that means the same here */
async function orGone<T>(call: Promise<T>, or: typeof Gone | typeof Refused = Gone): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Gone || error instanceof or) return null;
    throw error;
  }
}
