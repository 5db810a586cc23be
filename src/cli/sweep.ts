/** `playcaller sweep FILE|owner/repo`: what to ship first and what to start next, of sessions that a file tells of (S2, W13). */
import { statSync } from 'node:fs';
import { DEFAULT_CONFIG } from '../config/load-config.ts';
import { loadSessions } from '../config/load-sessions.ts';
import { planFile } from '../decide/sweep/plan-file.ts';
import type { FilePlan } from '../model/plan.ts';
import { planText } from '../render/sweep/plan-text.ts';
import { faultText, formatOf, readText } from './input-file.ts';
import { safeJson } from './safe-json.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller sweep <file> [--capacity N] [--reserve-slot N] [--json]
       playcaller sweep <owner>/<repository> [--dry-run] [--json]

Tells what to close or ship first, what is blocked and which categories to start next. The file is a list
of sessions, in JSON or YAML; - reads it from standard input.

  {"name": "timeline-ui", "status": "pr-ready", "category": "UX", "remaining_steps": 1, "blocked": false}

  status           pr-ready, pr-open (or pr-created), needs-more-work or archived, in any case
  remaining_steps  whole number; needed where more work is needed
  category         optional; cold categories are those of the rotation that no open session has
  blocked, blocker optional; why it is blocked
  age_days         optional, or started (a date): among equals the older goes first

  --capacity N      open sessions at most, the reserve included (default ${DEFAULT_CONFIG.capacity})
  --reserve-slot N  slots of the capacity that stay free for urgent work (default ${DEFAULT_CONFIG.reserve})
  --json            the plan as data

A repository is swept as \`/session sweep\` does it: by the running app, or from here when none takes it. This needs
the app's environment (and .env).

  --dry-run         only tells the plan and what would be written; reads GitHub and the ledger, writes nothing

Exit code 0: done, 1: GitHub or the store would not, 2: wrong use, or a file with faults; each is named with index
and field.
`;

const OPTIONS = {
  capacity: { type: 'string' },
  'reserve-slot': { type: 'string' },
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @returns 0. @throws {UsageFault} */
export async function sweepCommand(argv: string[]): Promise<number> {
  const { values, positionals } = parseWords(withSigns(argv), OPTIONS, 1);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [target] = positionals;
  if (target === undefined)
    throw new UsageFault('name a file of sessions, - for standard input, or owner/repository. See --help.');
  const { capacity, 'reserve-slot': reserve, 'dry-run': dryRun = false, json = false } = values;
  if (isRepository(target)) {
    if (capacity !== undefined || reserve !== undefined)
      throw new UsageFault(
        `capacity and reserve of ${target} are those of its .github/playcaller.yml; the options are for files.`,
      );
    return (await import('./sweep-repository.ts')).sweepRepository({ repo: target, dryRun, json });
  }
  if (dryRun) throw new UsageFault('--dry-run is for a repository; a file is only planned, nothing is written. See --help.');
  const limits = limitsOf(capacity, reserve);
  const plan = planOf(target, limits);
  process.stdout.write(json ? safeJson(plan) : planText(plan));
  return 0;
}

/** Node's parser takes the `-3` of `--capacity -3` for an option. */
function withSigns(argv: string[]): string[] {
  return argv.flatMap((word, index) => {
    const signed = (at: number) => /^-\d/.test(argv[at] ?? '') && /^--(?:capacity|reserve-slot)$/.test(argv[at - 1] ?? '');
    if (signed(index)) return [];
    return signed(index + 1) ? [`${word}=${argv[index + 1]}`] : [word];
  });
}

interface Limits {
  capacity: number;
  reserve: number;
}

/** @throws {UsageFault} */
function limitsOf(capacityText: string | undefined, reserveText: string | undefined): Limits {
  const capacity = capacityText === undefined ? DEFAULT_CONFIG.capacity : wholeNumber(capacityText, '--capacity', 1);
  const reserve = reserveText === undefined ? DEFAULT_CONFIG.reserve : wholeNumber(reserveText, '--reserve-slot', 0);
  if (reserve < capacity) return { capacity, reserve };
  const standard = reserveText === undefined ? ' (the default)' : '';
  throw new UsageFault(
    `--reserve-slot ${reserve}${standard} must be below --capacity ${capacity}: no slot would be left. Try --reserve-slot ${capacity - 1}.`,
  );
}

/** @throws {UsageFault} */
function wholeNumber(text: string, option: string, least: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least)) throw new UsageFault(`${option} wants a whole number from ${least}, not ${JSON.stringify(text)}.`);
  return number;
}

/** `owner/name`, unless there is such a file or it is named like one. */
function isRepository(target: string): boolean {
  if (!/^[\w-]+\/[\w.-]+$/.test(target) || /\.(?:json|ya?ml)$/i.test(target)) return false;
  return statSync(target, { throwIfNoEntry: false }) === undefined;
}

/** @throws {UsageFault} */
function planOf(file: string, limits: Limits): FilePlan {
  const { categories } = DEFAULT_CONFIG;
  const loaded = loadSessions({
    text: readText(file),
    format: formatOf(file),
    today: new Date().toISOString().slice(0, 10),
    categories,
  });
  if ('faults' in loaded) throw new UsageFault(faultText(file, loaded.faults));
  return planFile(loaded.sessions, { ...limits, categories });
}
