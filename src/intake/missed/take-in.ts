/** Carries out the plan: fetches payloads, and gives them to the inbox as if they had come by webhook. */
import type { NewDelivery } from '../../store/inbox-types.ts';
import { toDelivery } from '../to-delivery.ts';
import { patiently } from './patience.ts';
import type { MissedPlan, RepositoryLook } from './plan-missed.ts';
import type { MissedReport, ReadingParts } from './read-missed.ts';
import type { Attempt } from './source.ts';

export interface TakenIn {
  counts: Pick<MissedReport, 'recovered' | 'looks' | 'gone'>;
  /** The last fault: what it struck is still to be taken in. */
  fault: { error: unknown } | null;
}

/** Asked at once: quick, and far below what GitHub allows (100). */
const AT_ONCE = 8;
/** So many failures in a row are no single delivery's fault. */
const MOST_FAULTS = 8;

/** One that cannot be had does not keep the others waiting. @throws an AbortError, and what the store throws. */
export async function takeIn(parts: ReadingParts, plan: MissedPlan): Promise<TakenIn> {
  const taken: TakenIn = { counts: { recovered: 0, looks: 0, gone: 0 }, fault: null };
  let faultsInARow = 0;
  const struck = (error: unknown): void => {
    parts.signal.throwIfAborted();
    taken.fault = { error };
    faultsInARow += 1;
    if (faultsInARow >= MOST_FAULTS) throw error;
  };
  for (let from = 0; from < plan.fetch.length; from += AT_ONCE) {
    const chunk = plan.fetch.slice(from, from + AT_ONCE);
    const fetched = await Promise.allSettled(chunk.map((attempt) => fetchOne(parts, attempt)));
    const deliveries: NewDelivery[] = [];
    for (const one of fetched) {
      if (one.status === 'rejected') {
        struck(one.reason);
        continue;
      }
      faultsInARow = 0;
      if (one.value) deliveries.push(one.value);
      else taken.counts.gone += 1;
    }
    // Given in the order of the list: what came first is handled first.
    const fresh = await Promise.all(deliveries.map((delivery) => parts.receiver.receive(delivery)));
    for (const isNew of fresh) {
      if (!isNew) continue;
      taken.counts.recovered += 1;
      parts.onRecovered();
    }
  }
  for (const [installationId, looks] of byInstallation(plan.looks)) {
    try {
      const names = await patiently(parts, () => parts.source.repositories(installationId));
      faultsInARow = 0;
      await lookAt(parts, looks, names, taken);
    } catch (error) {
      struck(error);
    }
  }
  return taken;
}

async function fetchOne(parts: ReadingParts, { id, guid, event }: Attempt): Promise<NewDelivery | null> {
  const payload = await patiently(parts, () => parts.source.payload(id));
  return payload && toDelivery({ guid, event, payload }, parts.own(), parts.now());
}

async function lookAt(parts: ReadingParts, looks: RepositoryLook[], names: Map<number, string>, { counts }: TakenIn) {
  for (const { repositoryId, installationId, guid, reason } of looks) {
    const repo = names.get(repositoryId);
    if (repo === undefined) {
      counts.gone += 1;
      continue;
    }
    await parts.receiver.receive({
      guid,
      event: 'playcaller.missed',
      receivedAt: parts.now().toISOString(),
      inputs: [{ repo, installationId, address: { to: 'board' }, input: { kind: 'board', reason, sender: null } }],
    });
    counts.looks += 1;
  }
}

function byInstallation(looks: readonly RepositoryLook[]): Map<number, RepositoryLook[]> {
  return Map.groupBy(looks, ({ installationId }) => installationId);
}
