/** A reading on a real store with a list of our own. */
import { pino } from 'pino';
import { Gone, RateLimited, Unavailable } from '../../../src/github/errors.ts';
import { readMissed } from '../../../src/intake/missed/read-missed.ts';
import type { WatchParts } from '../../../src/intake/missed/watch-missed.ts';
import { watchMissed } from '../../../src/intake/missed/watch-missed.ts';
import { createReceiver } from '../../../src/intake/receiver.ts';
import { sortError } from '../../../src/start/sort-error.ts';
import type { SeenDelivery, Store } from '../../../src/store/types.ts';
import type { FakeList } from './fake-list.ts';

export const fault = {
  away: () => new Unavailable('GET: 502'),
  gone: () => new Gone(404, 'GET: 404'),
  limited: (ms: number) => new RateLimited(Date.now() + ms, 'GET: 429'),
};

export interface LogLine {
  level: string;
  msg: string;
}

/** @param lines gets what is logged at `info` and above */
export function partsOf(store: Store, list: FakeList, lines: LogLine[] = []): WatchParts & { recovered: { count: number } } {
  const recovered = { count: 0 };
  const levels: Record<number, string> = { 30: 'info', 40: 'warn', 50: 'error' };
  const stream = {
    write(line: string) {
      const { level, msg }: { level: number; msg: string } = JSON.parse(line);
      lines.push({ level: levels[level] ?? String(level), msg });
    },
  };
  return {
    source: list,
    readings: store.readings,
    inbox: store.inbox,
    receiver: createReceiver(() => store.inbox),
    own: () => ({ appId: 4711, botLogin: 'playcaller[bot]' }),
    log: pino({ level: 'info' }, stream),
    sortError,
    onRecovered: () => {
      recovered.count += 1;
    },
    now: () => new Date(),
    recovered,
  };
}

export function read(store: Store, list: FakeList, seen: SeenDelivery | null, mostFetched?: number) {
  return readMissed({ ...partsOf(store, list), mostFetched, signal: new AbortController().signal }, seen);
}

export function watch(store: Store, list: FakeList, lines: LogLine[] = [], timing: WatchParts['timing'] = {}) {
  const parts = partsOf(store, list, lines);
  return { ...watchMissed({ ...parts, timing: { settleMs: 20, gapMs: 20, heldMs: 10, ...timing } }), recovered: parts.recovered };
}

/** What waits, by lane: the bodies of commands, else the events. */
export async function waiting(store: Store): Promise<Record<string, string[]>> {
  const works = await store.inbox.lease(100, 60_000);
  return Object.fromEntries(
    works.map(({ lease, inputs }) => [
      lease.lane,
      inputs.map(({ input }) => {
        if (input.kind === 'command') return input.body;
        return input.kind === 'board' ? input.reason : input.kind === 'change' ? input.event : input.kind;
      }),
    ]),
  );
}
