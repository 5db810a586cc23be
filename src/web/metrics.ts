/** What Prometheus can read at `/metrics`; every metric is named `playcaller_…`, times in seconds. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Cycle } from '../model/board-facts.ts';
import type { QueueFigures } from '../store/types.ts';
import { sweepGauges } from './sweep-metrics.ts';

export interface Metrics {
  delivery(outcome: string): void;
  handled(kind: string, outcome: string, durationMs: number, calls: number): void;
  githubCall(api: string, status: number, durationMs: number): void;
  rateLimit(installationId: number | null, resource: string, remaining: number): void;
  /** @throws never: figures that the store cannot give are left out. */
  text(): Promise<string>;
  contentType: string;
}

/**
 * Both are asked for at each scrape; null while the store is not open.
 * @param sweeps the newest cycle of each repository
 */
export function createMetrics(
  figures: () => Promise<QueueFigures> | null,
  sweeps: () => Promise<Cycle[]> | null = () => null,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'playcaller_' });
  const deliveries = new Counter({
    name: 'playcaller_deliveries_total',
    help: 'Webhook deliveries by what became of them: stored, duplicate, refused, unavailable.',
    labelNames: ['outcome'],
    registers,
  });
  const handled = new Histogram({
    name: 'playcaller_handled_seconds',
    help: 'Time to handle one run of a lane, by kind of trigger and outcome.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers,
  });
  const callsPerRun = new Histogram({
    name: 'playcaller_handled_calls',
    help: 'GitHub API calls that one handled run made.',
    labelNames: ['kind'],
    buckets: [0, 1, 2, 3, 5, 10, 30, 100],
    registers,
  });
  const calls = new Histogram({
    name: 'playcaller_github_call_seconds',
    help: 'GitHub API calls by API and status; status 0 is no answer.',
    labelNames: ['api', 'status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const remaining = new Gauge({
    name: 'playcaller_github_ratelimit_remaining',
    help: "What is left of GitHub's quota, by installation and resource.",
    labelNames: ['installation', 'resource'],
    registers,
  });
  const queue = queueGauges(registers);
  const swept = sweepGauges(registers);

  return {
    delivery: (outcome) => deliveries.inc({ outcome }),
    handled(kind, outcome, durationMs, made) {
      handled.observe({ kind, outcome }, durationMs / 1000);
      callsPerRun.observe({ kind }, made);
    },
    githubCall: (api, status, durationMs) => calls.observe({ api, status: String(status) }, durationMs / 1000),
    rateLimit: (installationId, resource, left) =>
      remaining.set({ installation: String(installationId ?? 'app'), resource }, left),
    async text() {
      queue(await Promise.resolve(figures()).catch(() => null));
      swept((await Promise.resolve(sweeps()).catch(() => null)) ?? []);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function queueGauges(registers: Registry[]): (figures: QueueFigures | null) => void {
  const depth = new Gauge({ name: 'playcaller_queue_depth', help: 'Lanes with waiting work.', registers });
  const oldest = new Gauge({ name: 'playcaller_queue_oldest_seconds', help: 'Age of the oldest waiting input.', registers });
  const parked = new Gauge({ name: 'playcaller_parked', help: 'Inputs put aside because they kept failing.', registers });
  const up = new Gauge({ name: 'playcaller_store_up', help: '1 while the store answers.', registers });
  return (figures) => {
    up.set(figures ? 1 : 0);
    if (!figures) return;
    depth.set(figures.depth);
    oldest.set(figures.oldestSeconds);
    parked.set(figures.parked);
  };
}
