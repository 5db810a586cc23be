/** Sweeps by the clock: each repository's last due slot, once over all replicas, made up once after downtime (W1). */
import { Cron } from 'croner';
import type { Logger } from 'pino';
import type { RepoName } from '../model/repo.ts';
import { boardLane } from '../model/repo.ts';
import type { Store } from '../store/types.ts';

/** A repository's own words for when it wants to be swept. */
export interface SweepSchedule {
  /** Five fields, as in crontab. */
  cron: string;
  /** IANA name. */
  timezone: string;
  enabled: boolean;
}

export interface ScheduleParts {
  store: Pick<Store, 'ledger' | 'cron' | 'inbox'>;
  log: Logger;
  scheduleOf(repo: RepoName): Promise<SweepSchedule>;
  /** A slot was taken by this process: work waits. */
  onTaken(): void;
  now(): Date;
  /** 30 s. */
  tickMs?: number;
}

/** Longer than GitHub offers a redelivery (3 days), so that a GUID is known as long as it can come again. */
const KEEP_DELIVERIES_MS = 4 * 24 * 3_600_000;
/** The store lets go of slots that are further ahead. */
const FAR_MS = 7 * 24 * 3_600_000;
const PRUNE_AT = '17 4 * * *';

export function startSchedule(parts: ScheduleParts): { stop(): Promise<void> } {
  let ticking: Promise<void> = Promise.resolve();
  const run = () => {
    ticking = ticking
      .then(() => tick(parts))
      .catch((error: unknown) => parts.log.warn({ err: error }, 'the schedule could not be looked at; trying again soon'));
  };
  run();
  const timer = setInterval(run, parts.tickMs ?? 30_000);
  return {
    stop() {
      clearInterval(timer);
      return ticking;
    },
  };
}

/** One look at the clock. @throws when the store does not answer. */
export async function tick(parts: ScheduleParts): Promise<void> {
  const now = parts.now();
  for (const { repo, installationId } of await parts.store.ledger.repositories()) {
    try {
      await sweepIfDue(parts, repo, installationId, now);
    } catch (error) {
      parts.log.warn({ err: error, repo }, 'a sweep could not be scheduled');
    }
  }
  await pruneIfDue(parts, now);
}

async function sweepIfDue(parts: ScheduleParts, repo: RepoName, installationId: number, now: Date): Promise<void> {
  const { cron } = parts.store;
  const schedule = await parts.scheduleOf(repo);
  const name = `sweep:${repo}`;
  const last = await cron.lastSlot(name);
  if (last === null) {
    // Slots before we knew the repository are not made up: remember from when on they count.
    await cron.take(name, now.toISOString(), {
      guid: `${name}:${now.toISOString()}`,
      event: 'playcaller.schedule',
      receivedAt: now.toISOString(),
      inputs: [],
    });
    return;
  }
  const slot = lastDue(schedule.cron, schedule.timezone, now);
  if (slot === null || (slot.toISOString() <= last && !isFarAhead(last, now))) return;
  const at = slot.toISOString();
  const taken = await cron.take(name, at, {
    guid: `${name}:${at}`,
    event: 'playcaller.schedule',
    receivedAt: now.toISOString(),
    // Switched off, the slot passes by: it is not made up when the schedule is on again.
    inputs: schedule.enabled
      ? [{ repo, installationId, address: { to: 'board' }, input: { kind: 'board', reason: 'schedule', sender: null } }]
      : [],
  });
  if (!taken || !schedule.enabled) return;
  parts.log.info({ key: boardLane(repo), slot: at }, 'a sweep is due');
  parts.onTaken();
}

/** Taken by a clock gone wrong: a small step back is waited out, this one is not. */
function isFarAhead(slot: string, now: Date): boolean {
  return Date.parse(slot) > now.getTime() + FAR_MS;
}

/** The newest slot at or before `now`; null for a schedule that never was due. @throws for a schedule that croner cannot read. */
export function lastDue(cron: string, timezone: string, now: Date): Date | null {
  // One second ahead: a slot that begins this very second is due.
  return new Cron(cron, { timezone, paused: true }).previousRuns(1, new Date(now.getTime() + 1000))[0] ?? null;
}

async function pruneIfDue(parts: ScheduleParts, now: Date): Promise<void> {
  const slot = lastDue(PRUNE_AT, 'UTC', now);
  const last = await parts.store.cron.lastSlot('prune');
  if (slot === null || (last !== null && slot.toISOString() <= last && !isFarAhead(last, now))) return;
  const at = slot.toISOString();
  const taken = await parts.store.cron.take('prune', at, {
    guid: `prune:${at}`,
    event: 'playcaller.prune',
    receivedAt: now.toISOString(),
    inputs: [],
  });
  if (!taken) return;
  const removed = await parts.store.inbox.prune(new Date(now.getTime() - KEEP_DELIVERIES_MS).toISOString());
  parts.log.info({ removed }, 'old deliveries were removed');
}
