/** One installation's budget over all replicas, asked of what they share; where that does not answer, each keeps its own pace. */

/** Kept where all replicas see it. Times are durations: clocks of machines differ. */
export interface SharedBudget {
  /** Takes `units` writes from the limits, all or nothing. @returns 0 when they were taken, else in how many ms they fit */
  take(installationId: number, units: number, limits: SharedLimits): Promise<number>;
  /** GitHub wants this installation left alone for so long. */
  block(installationId: number, ms: number): Promise<void>;
  /** For how long it is to be left alone still; 0 when it is not. */
  blockedFor(installationId: number): Promise<number>;
}

/** Infinity: no limit. */
export interface SharedLimits {
  writesPerMinute: number;
  writesPerHour: number;
}

/** What a pace asks before it lets a call go. Never throws, never takes long. */
export interface OverReplicas {
  /** Before each writing call. @returns 0, or the milliseconds to wait */
  take(units: number): Promise<number>;
  /** Before each reading call; asked at most every few seconds. @returns 0, or the milliseconds to wait */
  blockedFor(): Promise<number>;
  block(ms: number): void;
}

export const ALONE: OverReplicas = { take: async () => 0, blockedFor: async () => 0, block: () => undefined };

/** A database that is slower than this is not waited for: GitHub's own answer then tells when it was too much. */
const PATIENCE_MS = 500;
/** Another replica's block is known here after so long at most, at the cost of one call that GitHub refuses. */
const LOOK_EVERY_MS = 5_000;
/** After it did not answer. */
const LEFT_ALONE_MS = 5_000;

export interface OverReplicasParts {
  /** Null while the store is not open, and where there is but one process. */
  shared(): SharedBudget | null;
  installationId: number;
  limits: SharedLimits;
  nowMs(): number;
  onFault?(error: unknown): void;
}

export function overReplicas({ shared, installationId, limits, nowMs, onFault }: OverReplicasParts): OverReplicas {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let silentUntil = 0;

  async function ask(question: (budget: SharedBudget) => Promise<number>): Promise<number> {
    const budget = shared();
    if (!budget || nowMs() < silentUntil) return 0;
    try {
      return await inTime(question(budget));
    } catch (error) {
      silentUntil = nowMs() + LEFT_ALONE_MS;
      onFault?.(error);
      return 0;
    }
  }

  return {
    take(units) {
      lookedAt = nowMs();
      return ask((budget) => budget.take(installationId, units, limits));
    },
    async blockedFor() {
      if (nowMs() - lookedAt < LOOK_EVERY_MS) return 0;
      lookedAt = nowMs();
      return ask((budget) => budget.blockedFor(installationId));
    },
    block(ms) {
      void ask((budget) => budget.block(installationId, ms).then(() => 0));
    },
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
