/** Writes that have no room now → when each is to come back: who comes in vain has read its facts in vain. */
import type { SlidingWindow } from './sliding-window.ts';

export class ComeBacks {
  readonly #windows: readonly SlidingWindow[];
  #promised: { at: number; units: number }[] = [];

  constructor(...windows: SlidingWindow[]) {
    this.#windows = windows;
  }

  /**
   * As many at a time as all windows then let through.
   * @param until no sooner than that; epoch milliseconds
   */
  next(units: number, until: number, now: number): number {
    if (units === 0) return until;
    this.#promised = this.#promised.filter(({ at }) => at > now);
    const ahead = this.#promised.reduce((sum, promised) => sum + promised.units, 0);
    const at = Math.max(until, ...this.#windows.map((window) => window.freeAt(units, now, ahead)));
    this.#promised.push({ at, units });
    return at;
  }
}
