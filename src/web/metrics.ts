/** What Prometheus can read at `/metrics`; every metric is named `playcaller_…`, times in seconds. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Cycle } from '../model/board-facts.ts';
import type { QueueFigures } from '../store/inbox-types.ts';
import { type GitHubMetrics, githubMetrics } from './github-metrics.ts';
import { type IntakeMetrics, intakeMetrics } from './intake-metrics.ts';
import { storeMetrics } from './store-metrics.ts';
import { sweepGauges } from './sweep-metrics.ts';
import { type WorkerFigures, type WorkerMetrics, workerMetrics } from './worker-metrics.ts';

export interface Metrics
  extends IntakeMetrics,
    Pick<WorkerMetrics, 'handled'>,
    Pick<GitHubMetrics, 'githubCall' | 'rateLimit' | 'paused'> {
  /** @throws never: figures that the store cannot give are left out. */
  text(): Promise<string>;
  contentType: string;
}

/** Asked at each scrape; what is not there yet is null. */
export interface MetricSources {
  figures(): Promise<QueueFigures> | null;
  /** The newest cycle of each repository. */
  sweeps?(): Promise<Cycle[]> | null;
  worker?(): WorkerFigures | null;
  /** Why webhooks cannot be taken and stored now. */
  unready?(): Promise<string | null>;
  /** Bytes that are free on the embedded store's disk. */
  freeBytes?(): Promise<number | null>;
  version?: string;
  nowMs?(): number;
}

export function createMetrics(sources: MetricSources): Metrics {
  const { nowMs = Date.now, version = '0.0.0' } = sources;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'playcaller_' });
  const build = new Gauge({ name: 'playcaller_build_info', help: 'Always 1.', labelNames: ['version', 'node'], registers });
  build.set({ version, node: process.versions.node }, 1);
  const intake = intakeMetrics(registers, nowMs);
  const worker = workerMetrics(registers);
  const github = githubMetrics(registers, nowMs);
  const stored = storeMetrics(registers);
  const swept = sweepGauges(registers);

  async function refresh(): Promise<void> {
    const [figures, sweeps, unready, freeBytes] = await Promise.all([
      orNull(() => sources.figures()),
      orNull(() => sources.sweeps?.()),
      orNull(() => sources.unready?.()),
      orNull(() => sources.freeBytes?.()),
    ]);
    stored({ figures, unready: unready ?? (figures ? null : 'the store does not answer'), freeBytes });
    swept(sweeps ?? []);
    worker.refresh(sources.worker?.() ?? null);
    github.refresh();
  }

  return {
    ...intake,
    handled: worker.handled,
    githubCall: github.githubCall,
    rateLimit: github.rateLimit,
    paused: github.paused,
    async text() {
      await refresh();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

async function orNull<T>(ask: () => Promise<T> | null | undefined): Promise<T | null> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}
