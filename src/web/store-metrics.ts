/** The store as Prometheus sees it: whether it can be written, what waits in it, and the room on its disk. */
import { Gauge, type Registry } from 'prom-client';
import type { QueueFigures } from '../store/inbox-types.ts';

export interface StoreState {
  figures: QueueFigures | null;
  /** Why webhooks cannot be taken and stored now; null when they can. */
  unready: string | null;
  /** Of the embedded store's disk; null elsewhere. */
  freeBytes: number | null;
}

export function storeMetrics(registers: Registry[]): (state: StoreState) => void {
  const gauge = (name: string, help: string) => new Gauge({ name: `playcaller_${name}`, help, registers });
  const depth = gauge('queue_depth', 'Lanes with waiting work.');
  const oldest = gauge('queue_oldest_seconds', 'Age of the oldest waiting input.');
  const parked = gauge('parked', 'Inputs put aside because they kept failing.');
  const up = gauge('store_up', '1 while the store answers.');
  const ready = gauge('ready', '1 while webhooks are taken and can be stored, as /readyz says.');
  // Made with its first value: with PostgreSQL there is none.
  let free: Gauge | null = null;
  return ({ figures, unready, freeBytes }) => {
    up.set(figures ? 1 : 0);
    ready.set(unready === null ? 1 : 0);
    if (freeBytes !== null) {
      free ??= gauge('store_disk_free_bytes', "Room on the embedded store's disk.");
      free.set(freeBytes);
    }
    if (!figures) return;
    depth.set(figures.depth);
    oldest.set(figures.oldestSeconds);
    parked.set(figures.parked);
  };
}
