/** One reading of GitHub's delivery list: what was never handed over is taken in as if it had come by webhook (A2). */
import type { Inbox } from '../../store/inbox-types.ts';
import type { SeenDelivery } from '../../store/types.ts';
import type { OwnIdentity } from '../events/delivery.ts';
import type { Receiver } from '../receiver.ts';
import { READERS } from '../to-inputs.ts';
import { addPage, type Found, nothingFound, readSince } from './find-missed.ts';
import type { Patience } from './patience.ts';
import { patiently } from './patience.ts';
import { planMissed } from './plan-missed.ts';
import type { MissedSource, Page } from './source.ts';
import { takeIn } from './take-in.ts';

export interface ReadingParts extends Patience {
  source: MissedSource;
  inbox: Pick<Inbox, 'known'>;
  /** The same that webhooks go through. */
  receiver: Receiver;
  own(): OwnIdentity;
  /** A delivery was taken in that nobody had handed over. */
  onRecovered(): void;
  /** So many are fetched one by one; 2,000. */
  mostFetched?: number;
}

export interface MissedReport {
  /** Attempts looked at. */
  listed: number;
  /** Deliveries that failed, concern us and were not known. */
  missed: number;
  /** Of these, taken in. */
  recovered: number;
  /** Repositories whose board looks for the rest. */
  looks: number;
  /** What GitHub no longer has, or whose repository is no longer ours. */
  gone: number;
  /** From where the next reading goes on. */
  upTo: SeenDelivery;
}

/** GitHub offers no list: an old Enterprise Server, or an app without a webhook. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/**
 * @param seen what the last reading saw; null for the first one ever
 * @throws {NotOffered} and the last fault when not all could be taken in (then the rest is); an AbortError
 */
export async function readMissed(parts: ReadingParts, seen: SeenDelivery | null): Promise<MissedReport> {
  const { found, now } = await readList(parts, seen);
  const failed = [...found.failed.values()];
  const known = await parts.inbox.known(failed.map(({ guid }) => guid));
  const unknown = failed.filter(({ guid }) => !known.has(guid));
  const plan = planMissed(unknown, (event) => Object.hasOwn(READERS, event), parts.mostFetched);
  const missed = unknown.filter(({ event }) => Object.hasOwn(READERS, event)).length;
  const taken = await takeIn(parts, plan);
  if (taken.fault) throw taken.fault.error;
  return { listed: found.listed, missed, ...taken.counts, upTo: latest(found.newest, seen, now) };
}

async function readList(parts: ReadingParts, seen: SeenDelivery | null): Promise<{ found: Found; now: string }> {
  const found = nothingFound();
  const asked = new Set<string | null>();
  let since: string | null = null;
  let now = '';
  for (let cursor: string | null = null; !asked.has(cursor); ) {
    asked.add(cursor);
    const here: string | null = cursor;
    const page: Page = await patiently(parts, () => pageAt(parts, here));
    now = page.now;
    since ??= readSince(seen, now);
    const more = addPage(found, page.attempts, since, now);
    if (!more || page.next === null) return { found, now };
    cursor = page.next;
  }
  throw new Error("GitHub's list of deliveries leads back to a page that was read before");
}

/** @throws {NotOffered} when there is not even a first page. */
async function pageAt({ source, sortError }: ReadingParts, cursor: string | null): Promise<Page> {
  try {
    return await source.page(cursor);
  } catch (error) {
    if (cursor === null && sortError(error).kind === 'drop')
      throw new NotOffered('GitHub offers no list of deliveries', { cause: error });
    throw error;
  }
}

/** Never back, but for a time of the future that a clock gone wrong has left. */
function latest(newest: SeenDelivery | null, seen: SeenDelivery | null, now: string): SeenDelivery {
  const before = seen !== null && seen.deliveredAt <= now ? seen : null;
  if (newest && (before === null || before.deliveredAt <= newest.deliveredAt)) return newest;
  return before ?? { id: '0', deliveredAt: now };
}
