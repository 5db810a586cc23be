/** At most so many units in any stretch of time: how GitHub counts its secondary limits. */

export class SlidingWindow {
  readonly #limit: number;
  readonly #lengthMs: number;
  #taken: { at: number; units: number }[] = [];

  /** @param limit Infinity: none */
  constructor(limit: number, lengthMs: number) {
    this.#limit = limit;
    this.#lengthMs = lengthMs;
  }

  /**
   * When `units` fit (epoch milliseconds, in the past when now). More units than the limit fit only into an empty window.
   * @param ahead units of others who come back before that
   */
  freeAt(units: number, now: number, ahead = 0): number {
    if (units === 0 || this.#limit === Infinity) return 0;
    const windows = Math.floor(ahead / this.#limit);
    if (windows > 0) return Math.max(now, this.freeAt(units, now, ahead % this.#limit)) + windows * this.#lengthMs;
    while (this.#taken[0] && this.#taken[0].at + this.#lengthMs <= now) this.#taken.shift();
    let over = this.#taken.reduce((sum, entry) => sum + entry.units, 0) + ahead + units - this.#limit;
    for (const entry of this.#taken) {
      if (over <= 0) return 0;
      over -= entry.units;
      if (over <= 0) return entry.at + this.#lengthMs;
    }
    const last = this.#taken.at(-1);
    return over > 0 && last ? last.at + this.#lengthMs : 0;
  }

  /** @returns what gives them back */
  take(units: number, now: number): () => void {
    if (units === 0 || this.#limit === Infinity) return () => undefined;
    const entry = { at: now, units };
    this.#taken.push(entry);
    return () => {
      this.#taken = this.#taken.filter((one) => one !== entry);
    };
  }
}
