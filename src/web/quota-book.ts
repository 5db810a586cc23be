/** What is left of GitHub's quota, by installation: remembered for an hour, bounded, the scarcest first. */

export interface Quota {
  /** Null: the app's own calls. */
  installationId: number | null;
  /** GitHub's name of the quota: `core`, `graphql`. */
  resource: string;
  remaining: number;
  /** Per hour; null when GitHub did not say. */
  limit: number | null;
}

/** A quota is whole again after an hour at the latest, so older words are worth nothing. */
const FRESH_MS = 3_600_000;
/** About 2 MB. The scarcest half outlives an overflow: the others are far from a limit. */
const MOST = 10_000;

export class QuotaBook {
  readonly #entries = new Map<string, { quota: Quota; at: number }>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** @param nowMs epoch milliseconds */
  record(quota: Quota, nowMs: number): void {
    this.#entries.set(`${quota.installationId}/${quota.resource}`, { quota, at: nowMs });
    if (this.#entries.size > this.#most) this.#shrink(nowMs);
  }

  /** Of each resource the `most` quotas with the least left, scarcest first. */
  scarcest(most: number, nowMs: number): Quota[] {
    const counts = new Map<string, number>();
    return this.#fresh(nowMs).filter(({ resource }) => {
      const seen = counts.get(resource) ?? 0;
      counts.set(resource, seen + 1);
      return seen < most;
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  #fresh(nowMs: number): Quota[] {
    for (const [key, { at }] of this.#entries) if (at <= nowMs - FRESH_MS) this.#entries.delete(key);
    return [...this.#entries.values()].map(({ quota }) => quota).sort((a, b) => share(a) - share(b));
  }

  #shrink(nowMs: number): void {
    const fresh = this.#fresh(nowMs);
    for (const { installationId, resource } of fresh.slice(Math.ceil(this.#most / 2)))
      this.#entries.delete(`${installationId}/${resource}`);
  }
}

/** Between 0 and 1. GitHub's smallest limit (5,000 an hour) where none was named. */
export function share({ remaining, limit }: Quota): number {
  return remaining / (limit || 5_000);
}
