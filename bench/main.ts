/** `npm run bench`: measures, prints a table (`--json`: JSON), and fails when a goal is missed. */
import { parseArgs } from 'node:util';
import { measureAcknowledgement } from './acknowledgement.ts';
import { measureApiCalls } from './api-calls.ts';
import { measureBatches } from './batches.ts';
import { measureBurst, measureStorm } from './burst.ts';
import { measureDrain } from './drain.ts';
import type { Figure, Measure } from './figure.ts';
import { isMet, toTable } from './figure.ts';
import { measureLabelToCard } from './label-to-card.ts';
import { measurePlan } from './plan.ts';
import { measureProgress } from './progress.ts';
import { measureRebuild } from './rebuild.ts';
import { measureRecovery } from './recovery.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { measureSweep } from './sweep.ts';

const PARTS: Record<string, Measure> = {
  acknowledgement: measureAcknowledgement,
  start: measureStart,
  'api-calls': measureApiCalls,
  'label-to-card': measureLabelToCard,
  burst: measureBurst,
  storm: measureStorm,
  progress: measureProgress,
  rebuild: measureRebuild,
  plan: measurePlan,
  batches: measureBatches,
  sweep: measureSweep,
  drain: measureDrain,
  recovery: measureRecovery,
  soak: measureSoak,
};

/** They take longer than all others together. */
const BY_NAME_ONLY = new Set(['soak']);

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
const chosen = positionals.length > 0 ? positionals : Object.keys(PARTS).filter((name) => !BY_NAME_ONLY.has(name));
const figures: Figure[] = [];
for (const name of chosen) {
  const measure = PARTS[name];
  if (!measure) {
    process.stderr.write(`There is no part "${name}"; there are ${Object.keys(PARTS).join(', ')}.\n`);
    process.exit(2);
  }
  process.stderr.write(`measuring ${name} …\n`);
  figures.push(...(await measure()));
}
const report = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${toTable(figures)}\n`);
process.exitCode = figures.every(isMet) ? 0 : 1;
