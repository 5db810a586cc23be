/**
 * Two clocks. The people's stands but for what the history moves, so that both performances date everything alike.
 * The app's is that one and what it has waited: where it would wait for a back-off or a limit, time jumps.
 */
import type { SandboxClock } from '../../src/sandbox/clock.ts';

export interface Times {
  now(): Date;
  /** Waits until the app's clock shows so much more. */
  sleep(ms: number): Promise<void>;
  /** How many wait in `sleep`. */
  sleeping(): number;
  /** Something will be due by itself after so long. */
  willBeDue(ms: number): void;
  /** Milliseconds until the first of all that waits; null when nothing does. */
  nextMs(): number | null;
  jump(ms: number): void;
  /** To a new day: what was waited before is over by then. */
  goTo(time: string): void;
  /** People take their time. */
  tick(): void;
}

const TICK_MS = 5_000;

export function createTimes(clock: SandboxClock): Times {
  let aheadMs = 0;
  let dues: number[] = [];
  let sleepers: { until: number; wake: () => void }[] = [];
  const nowMs = () => clock.now().getTime() + aheadMs;

  function wakeWhoIsDue(): void {
    const now = nowMs();
    const due = sleepers.filter(({ until }) => until <= now);
    sleepers = sleepers.filter(({ until }) => until > now);
    dues = dues.filter((at) => at > now);
    for (const { wake } of due) wake();
  }

  function move(by: () => void): void {
    by();
    wakeWhoIsDue();
  }

  return {
    now: () => new Date(nowMs()),
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: nowMs() + ms, wake: () => wake() })),
    sleeping: () => sleepers.length,
    willBeDue: (ms) => void dues.push(nowMs() + ms),
    nextMs() {
      const next = Math.min(...dues, ...sleepers.map(({ until }) => until));
      return Number.isFinite(next) ? Math.max(0, Math.ceil(next - nowMs())) : null;
    },
    jump: (ms) => move(() => (aheadMs += ms)),
    goTo: (time) =>
      move(() => {
        const to = Date.parse(time);
        if (to <= nowMs()) throw new Error(`${time} is over already: it is ${new Date(nowMs()).toISOString()}`);
        clock.set(new Date(to));
        aheadMs = 0;
      }),
    tick: () => move(() => clock.set(new Date(clock.now().getTime() + TICK_MS))),
  };
}
