/** The sandbox's time: real until it is moved, or held still. What the sandbox dates goes by it; tokens and budgets do not. */

export interface SandboxClock {
  now(): Date;
  /** Sets the time; from there it goes on, or stands. */
  set(to: Date): void;
  /** Held still it moves only when it is told to. */
  hold(held: boolean): void;
  held(): boolean;
}

/** @param real epoch milliseconds. @param start the time to begin at, going on from there; the real one without. */
export function createClock(real: () => number, start?: Date): SandboxClock {
  let aheadMs = start ? start.getTime() - real() : 0;
  let stands: number | null = null;
  const nowMs = (): number => stands ?? real() + aheadMs;
  return {
    now: () => new Date(nowMs()),
    set(to) {
      if (stands === null) aheadMs = to.getTime() - real();
      else stands = to.getTime();
    },
    hold(held) {
      const at = nowMs();
      aheadMs = at - real();
      stands = held ? at : null;
    },
    held: () => stands !== null,
  };
}
