/** Webhooks as Prometheus sees them: what became of each, why some were refused, how long the answer took. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface IntakeMetrics {
  /** @param outcome `stored`, `duplicate`, `ignored`, `refused`, `unavailable`, or what the reading of missed deliveries adds */
  delivery(outcome: string): void;
  /** An answered request to the webhook's address; `reason` where it was refused. */
  answered(durationMs: number, reason: string | null): void;
}

export function intakeMetrics(registers: Registry[], nowMs: () => number): IntakeMetrics {
  const deliveries = new Counter({
    name: 'playcaller_deliveries_total',
    help: 'Webhook deliveries by what became of them: stored, duplicate, ignored (concerns nobody), refused, unavailable; recovered: missed, and fetched from GitHub.',
    labelNames: ['outcome'],
    registers,
  });
  const refused = new Counter({
    name: 'playcaller_deliveries_refused_total',
    help: 'Refused requests by reason: signature, size, malformed, method.',
    labelNames: ['reason'],
    registers,
  });
  const last = new Gauge({
    name: 'playcaller_last_delivery_timestamp_seconds',
    help: 'When the last delivery with a good signature was taken, in seconds since 1970; 0 for none since the start.',
    registers,
  });
  const seconds = new Histogram({
    name: 'playcaller_delivery_seconds',
    help: 'Time from the headers of a webhook to its answer. GitHub hangs up after 10 s.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  // From 0 on, so that the first one counts as an increase.
  for (const outcome of ['stored', 'duplicate', 'ignored', 'refused', 'unavailable', 'recovered']) deliveries.inc({ outcome }, 0);
  for (const reason of ['signature', 'size', 'malformed', 'method']) refused.inc({ reason }, 0);
  return {
    delivery(outcome) {
      deliveries.inc({ outcome });
      if (outcome === 'stored' || outcome === 'duplicate' || outcome === 'ignored') last.set(nowMs() / 1000);
    },
    answered(durationMs, reason) {
      seconds.observe(durationMs / 1000);
      if (reason !== null) refused.inc({ reason });
    },
  };
}
