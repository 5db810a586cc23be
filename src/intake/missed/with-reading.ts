/** Claims the reading of GitHub's delivery list, keeps the claim while it goes on, and moves on only when all was taken in. */
import type { Readings, SeenDelivery } from '../../store/types.ts';
import type { MissedReport } from './read-missed.ts';

export type ReadingOutcome = { kind: 'read'; report: MissedReport } | { kind: 'held' } | { kind: 'fresh'; nextMs: number };

/** A process that died gives the reading back after this long. */
const LEASE_MS = 10_000;

/**
 * @param maxAgeMs nothing is read when a reading that was ended began within this time
 * @throws what `read` throws; the next reading then begins where this one did
 */
export async function withReading(
  readings: Readings,
  maxAgeMs: number,
  signal: AbortSignal,
  read: (seen: SeenDelivery | null, signal: AbortSignal) => Promise<MissedReport>,
): Promise<ReadingOutcome> {
  const begun = await readings.begin(maxAgeMs, LEASE_MS);
  if (begun.kind !== 'begun') return begun;
  const lost = new AbortController();
  const keeper = setInterval(() => {
    readings.renew(begun.token, LEASE_MS).then(
      (kept) => (kept ? undefined : lost.abort()),
      // The store is away: the reading finds out by itself.
      () => undefined,
    );
  }, LEASE_MS / 3);
  try {
    const report = await read(begun.seen, AbortSignal.any([signal, lost.signal]));
    // Whoever took over reads the same again, and every GUID of it is known.
    return (await readings.end(begun.token, report.upTo)) ? { kind: 'read', report } : { kind: 'held' };
  } catch (error) {
    await readings.giveUp(begun.token).catch(() => undefined);
    if (lost.signal.aborted && !signal.aborted) return { kind: 'held' };
    throw error;
  } finally {
    clearInterval(keeper);
  }
}
