/** Reads missed deliveries at the start, every hour, and soon after some were turned away: once over all replicas (A2). */
import type { Readings } from '../../store/types.ts';
import { createAlarm } from '../alarm.ts';
import { backoffMs } from '../backoff.ts';
import type { MissedReport, ReadingParts } from './read-missed.ts';
import { NotOffered, readMissed } from './read-missed.ts';
import { withReading } from './with-reading.ts';

export interface WatchParts extends Omit<ReadingParts, 'signal'> {
  readings: Readings;
  timing?: Partial<Timing>;
}

export interface Timing {
  /** From a wish to the look: GitHub has listed the attempt by then, and replicas that start together read once. */
  settleMs: number;
  everyMs: number;
  /** As long as something was missed, the next look comes so soon: some attempts are listed late. */
  soonMs: number;
  /** Between two readings, however many wishes come. */
  gapMs: number;
  /** While another process reads. */
  heldMs: number;
}

export interface MissedWatch {
  /** Deliveries were just turned away: look as soon as they are listed. */
  ask(): void;
  stop(): Promise<void>;
}

const TIMING: Timing = { settleMs: 1_000, everyMs: 3_600_000, soonMs: 120_000, gapMs: 10_000, heldMs: 2_000 };
/** After so many faults in a row it tries once an hour, as ever. */
const MANY_FAULTS = 10;

/** What comes after a look; idle: a wish ends the sleep. */
interface Sleep {
  ms: number;
  idle: boolean;
  /** Afterwards only a new reading will do. */
  wish?: boolean;
}

export function watchMissed(parts: WatchParts): MissedWatch {
  const { log, readings } = parts;
  const timing = { ...TIMING, ...parts.timing };
  const alarm = createAlarm();
  const stopping = new AbortController();
  const { signal } = stopping;
  /** Only a reading that began after this moment will do; milliseconds of `performance.now()`. */
  let wanted: number | null = performance.now();
  let idle = false;
  let faults = 0;

  async function look(): Promise<Sleep> {
    const wish = wanted;
    const maxAgeMs = wish === null ? timing.everyMs : Math.min(timing.everyMs, performance.now() - wish);
    const outcome = await withReading(readings, maxAgeMs, signal, (seen, reading) =>
      readMissed({ ...parts, signal: reading }, seen),
    );
    if (outcome.kind === 'held') return { ms: timing.heldMs, idle: false };
    faults = 0;
    const missed = outcome.kind === 'read' && outcome.report.missed > 0;
    if (outcome.kind === 'read') tell(outcome.report);
    // Wished again meanwhile.
    if (wanted !== wish) return { ms: timing.gapMs, idle: false };
    wanted = null;
    if (missed) return { ms: timing.soonMs, idle: true, wish: true };
    return { ms: timing.everyMs - (outcome.kind === 'fresh' ? maxAgeMs - outcome.nextMs : 0), idle: true };
  }

  function tell({ upTo, ...counts }: MissedReport): void {
    const told = { ...counts, upTo: upTo.deliveredAt };
    if (counts.missed > 0) log.info(told, 'deliveries that GitHub could not hand over were read back');
    else log.debug(told, 'no delivery was missed');
  }

  /** @returns null for no further looks. */
  async function lookOrTell(): Promise<Sleep | null> {
    try {
      return await look();
    } catch (error) {
      if (signal.aborted) return null;
      if (error instanceof NotOffered) {
        log.warn(NOT_OFFERED);
        return null;
      }
      if (faults === 0) log.warn({ err: error }, "GitHub's list of deliveries could not be read back whole; trying until it can");
      faults += 1;
      return { ms: faults > MANY_FAULTS ? timing.everyMs : backoffMs(faults - 1, Math.random()), idle: false };
    }
  }

  async function loop(): Promise<void> {
    await alarm.sleep(timing.settleMs);
    while (!signal.aborted) {
      const next = await lookOrTell();
      if (next === null) return;
      idle = next.idle;
      if (!signal.aborted) await alarm.sleep(next.ms);
      if (next.wish) wanted ??= performance.now();
    }
  }

  const looping = loop();
  return {
    ask() {
      wanted = performance.now();
      if (!idle) return;
      idle = false;
      setTimeout(alarm.ring, timing.settleMs).unref();
    },
    async stop() {
      stopping.abort();
      alarm.ring();
      await looping;
    },
  };
}

const NOT_OFFERED =
  'GitHub offers no list of deliveries here (404), so missed ones cannot be fetched. The next sweep heals what they ' +
  'were about; commands written while Playcaller was away have to be written again.';
