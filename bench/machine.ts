/** The machine that figures were measured on: what explains them, and nothing that names it. */
import { cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  cores: number;
  processor: string;
  gibibytes: number;
  /** `linux x64` */
  system: string;
  node: string;
  /** Processes that wanted a core, on average over the minute before. */
  load: number;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    cores: all.length,
    processor: all[0]?.model.trim() || 'unknown processor',
    gibibytes: totalmem() / 1024 ** 3,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}
