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

/** Longer than a redelivery is offered (3 days on github.com, 7 on Enterprise Server), so that a GUID is known as long as it can come again. */
const KEEP_DELIVERIES_MS = 8 * 24 * 3_600_000;
/** The store lets go of slots that are further ahead. */
const FAR_MS = 7 * 24 * 3_600_000;
const PRUNE_AT = '17 4 * * *';

/** Repositories that need no look before a time. Only a memory: another process, or a new one, looks for itself. */
export type Looked = Map<RepoName, { at: number; until: number }>;

/** A changed schedule is noticed after so long at most. */
const LOOK_AGAIN_MS = 10 * 60_000;

export function startSchedule(parts: ScheduleParts): { stop(): Promise<void> } {
  const looked: Looked = new Map();
  const stopping = new AbortController();
  let ticking: Promise<void> | null = null;
  const run = () => {
    ticking ??= tick(parts, looked, stopping.signal)
      .catch((error: unknown) => parts.log.warn({ err: error }, 'the schedule could not be looked at; trying again soon'))
      .finally(() => {
        ticking = null;
      });
  };
  run();
  const timer = setInterval(run, parts.tickMs ?? 30_000);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await ticking;
    },
  };
}

/**
 * One look at the clock; `signal` ends it between two repositories. Each repository costs two queries and the reading of
 * its configuration, so one whose next slot is far away is passed over for some minutes.
 * @throws when the store does not answer.
 */
export async function tick(parts: ScheduleParts, looked: Looked = new Map(), signal?: AbortSignal): Promise<void> {
  const now = parts.now();
  for (const { repo, installationId } of await parts.store.ledger.repositories()) {
    if (signal?.aborted) return;
    const known = looked.get(repo);
    if (known && known.at <= now.getTime() && now.getTime() < known.until) continue;
    looked.delete(repo);
    try {
      const next = await sweepIfDue(parts, repo, installationId, now);
      // Spread, so that not all of them are looked at again in one moment.
      const until = now.getTime() + LOOK_AGAIN_MS * (0.5 + Math.random() / 2);
      looked.set(repo, { at: now.getTime(), until: Math.min(until, next?.getTime() ?? until) });
    } catch (error) {
      parts.log.warn({ err: error, repo }, 'a sweep could not be scheduled');
    }
  }
  await pruneIfDue(parts, now);
}

/** @returns the next slot; null when there is none. */
async function sweepIfDue(parts: ScheduleParts, repo: RepoName, installationId: number, now: Date): Promise<Date | null> {
  const schedule = await parts.scheduleOf(repo);
  await takeIfDue(parts, repo, installationId, schedule, now);
  return new Cron(schedule.cron, { timezone: schedule.timezone, paused: true }).nextRun(now);
}

async function takeIfDue(
  parts: ScheduleParts,
  repo: RepoName,
  installationId: number,
  schedule: SweepSchedule,
  now: Date,
): Promise<void> {
  const { cron } = parts.store;
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
