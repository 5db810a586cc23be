/** The worker as Prometheus sees it: runs and how they ended, its slots, and whether it still looks for work. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** As the worker tells it at a scrape; see `src/intake/worker.ts`. */
export interface WorkerFigures {
  slots: number;
  busy: number;
  lookedAgoMs: number;
}

export interface WorkerMetrics {
  handled(kind: string, outcome: string, durationMs: number, calls: number): void;
  /** Before each scrape; null while the worker does not run. */
  refresh(figures: WorkerFigures | null): void;
}

/** Outcomes of a run that have a counter of their own, with its name and help. */
const COUNTED = {
  retry: ['playcaller_retries_total', 'Runs that failed and are tried again after a back-off.'],
  parked: ['playcaller_parked_runs_total', 'Runs whose inputs were put aside, because they kept failing.'],
  'lease-lost': ['playcaller_leases_lost_total', 'Runs that ended after another worker had taken their lane over.'],
} as const;

export function workerMetrics(registers: Registry[]): WorkerMetrics {
  const runs = new Histogram({
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
  const counted = new Map(
    Object.entries(COUNTED).map(([outcome, [name, help]]) => [outcome, new Counter({ name, help, registers })]),
  );
  const slots = new Gauge({ name: 'playcaller_worker_slots', help: 'Lanes that may be handled at the same time.', registers });
  const busy = new Gauge({ name: 'playcaller_worker_slots_busy', help: 'Lanes that are being handled now.', registers });
  const looked = new Gauge({
    name: 'playcaller_worker_look_age_seconds',
    help: 'Seconds since the worker last looked for work; it looks every few seconds.',
    registers,
  });
  return {
    handled(kind, outcome, durationMs, calls) {
      runs.observe({ kind, outcome }, durationMs / 1000);
      callsPerRun.observe({ kind }, calls);
      counted.get(outcome)?.inc();
    },
    refresh(figures) {
      slots.set(figures?.slots ?? 0);
      busy.set(figures?.busy ?? 0);
      looked.set((figures?.lookedAgoMs ?? 0) / 1000);
    },
  };
}
