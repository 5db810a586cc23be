/** GitHub as Prometheus sees it: calls, what is left of the quota, and how long GitHub made us wait. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type Quota, QuotaBook, share } from './quota-book.ts';

/** So many installations have a quota of their own at `/metrics`, for each resource: those with the least left. */
export const INSTALLATIONS_SHOWN = 20;

export interface GitHubMetrics {
  githubCall(api: string, status: number, durationMs: number): void;
  rateLimit(quota: Quota): void;
  /** GitHub, or our own pace, lets this installation's calls wait until then (epoch milliseconds). */
  paused(installationId: number | null, untilMs: number): void;
  /** Before each scrape. */
  refresh(): void;
}

export function githubMetrics(registers: Registry[], nowMs: () => number): GitHubMetrics {
  const calls = new Histogram({
    name: 'playcaller_github_call_seconds',
    help: 'GitHub API calls by API and status; status 0 is no answer.',
    labelNames: ['api', 'status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const remaining = new Gauge({
    name: 'playcaller_github_ratelimit_remaining',
    help: `What is left of GitHub's hourly quota, by resource: of the ${INSTALLATIONS_SHOWN} installations with the least left.`,
    labelNames: ['installation', 'resource'],
    registers,
  });
  const lowest = new Gauge({
    name: 'playcaller_github_ratelimit_lowest_ratio',
    help: "The smallest share of an hourly quota that any installation has left, 0 to 1, by resource; of the last hour's calls.",
    labelNames: ['resource'],
    registers,
  });
  const waited = new Counter({
    name: 'playcaller_github_wait_seconds_total',
    help: 'Seconds that installations had to wait for a rate limit, summed over them.',
    registers,
  });
  const waiting = new Gauge({
    name: 'playcaller_github_paused_installations',
    help: 'Installations whose calls wait for a rate limit now.',
    registers,
  });
  const book = new QuotaBook();
  const pausedUntil = new Map<number | null, number>();

  return {
    githubCall: (api, status, durationMs) => calls.observe({ api, status: String(status) }, durationMs / 1000),
    rateLimit: (quota) => book.record(quota, nowMs()),
    paused(installationId, untilMs) {
      const from = Math.max(nowMs(), pausedUntil.get(installationId) ?? 0);
      if (untilMs <= from) return;
      waited.inc((untilMs - from) / 1000);
      pausedUntil.set(installationId, untilMs);
    },
    refresh() {
      const now = nowMs();
      remaining.reset();
      lowest.reset();
      const seen = new Set<string>();
      for (const quota of book.scarcest(INSTALLATIONS_SHOWN, now)) {
        const { installationId, resource } = quota;
        remaining.set({ installation: String(installationId ?? 'app'), resource }, quota.remaining);
        if (!seen.has(resource)) lowest.set({ resource }, share(quota));
        seen.add(resource);
      }
      for (const [id, until] of pausedUntil) if (until <= now) pausedUntil.delete(id);
      waiting.set(pausedUntil.size);
    },
  };
}
