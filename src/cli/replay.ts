/** `playcaller replay`: what was put aside or missed, shown, put back, thrown away, or fetched now (A1, A2). */
import { EnvironmentFault } from '../config/environment.ts';
import { isGitHubFault, Refused } from '../github/errors.ts';
import { StoreUnavailable, StoreUnusable } from '../store/open.ts';
import { environmentNow, saidOf } from './app-environment.ts';
import { Unread } from './replay-missed.ts';
import { NoStore, replayParked, type Which } from './replay-parked.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller replay [numbers…] [--all | --key KEY | --guid GUID | --missed] [--drop] [--json]

Work that kept failing is parked: put aside with its error, so that the rest goes on. Without arguments this lists what is
parked, the oldest first. It takes the app's environment (and .env), and may run while the app is stopped or running.

  numbers     put these back into their lanes; the app handles them next
  --all       put everything back
  --key KEY   put back what belongs to an issue or pull request (acme/shop#12), a board (acme/shop@board) or a
              repository (acme/shop)
  --guid GUID put back what came with this delivery
  --drop      throw the chosen ones away instead, and print what they were
  --missed    read GitHub's list of deliveries now and take in what it could not hand over, as the app does each hour
  --json      tell it as JSON
`;

const OPTIONS = {
  all: { type: 'boolean', default: false },
  key: { type: 'string' },
  guid: { type: 'string' },
  missed: { type: 'boolean', default: false },
  drop: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** More numbers than any shell takes in one line. */
const MANY = 100_000;

/** Exit codes: 0 done, 1 something named was not there, or GitHub or the store would not, 2 wrong use or a faulty environment. */
export async function replayCommand(argv: string[]): Promise<number> {
  const { values, positionals } = parseWords(argv, OPTIONS, MANY);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const which = choiceOf(positionals, values);
  try {
    const environment = environmentNow();
    if (values.missed) return await (await import('./replay-missed.ts')).replayMissed(environment, values.json);
    return await replayParked(environment, which, values);
  } catch (error) {
    if (error instanceof EnvironmentFault) throw new UsageFault(error.message);
    const ours = [StoreUnavailable, StoreUnusable, NoStore, Unread].some((kind) => error instanceof kind);
    if (!(error instanceof Error) || !(ours || isGitHubFault(error))) throw error;
    const said = error instanceof Refused && error.status === 401 ? saidOf(error, '') : error.message;
    process.stderr.write(`playcaller replay: ${said}\n`);
    return 1;
  }
}

interface Chosen {
  all: boolean;
  key?: string;
  guid?: string;
  missed: boolean;
  drop: boolean;
}

/** Null: nothing is chosen, so all is listed. @throws {UsageFault} */
function choiceOf(words: string[], { all, key, guid, missed, drop }: Chosen): Which | null {
  const ways = [words.length > 0, all, key !== undefined, guid !== undefined, missed].filter(Boolean).length;
  if (ways > 1) throw new UsageFault('choose by numbers, --all, --key, --guid or --missed, one of them. See --help.');
  if (drop && (ways === 0 || missed))
    throw new UsageFault('--drop wants to know which: name numbers, or --key, --guid or --all.');
  if (words.length > 0) return { by: 'numbers', seqs: words.map(numberOf) };
  if (all) return { by: 'all' };
  if (guid !== undefined) return { by: 'guid', guid };
  return key === undefined ? null : keyOf(key);
}

function numberOf(word: string): number {
  const number = /^#?\d{1,15}$/.test(word) ? Number(word.replace('#', '')) : Number.NaN;
  if (!(number > 0)) throw new UsageFault(`${JSON.stringify(word)} is no number of something parked. See --help.`);
  return number;
}

/** A lane, or a repository with all its lanes. */
function keyOf(key: string): Which {
  if (/^[\w.-]+\/[\w.-]+(#\d+|@board)$/.test(key)) return { by: 'lane', lane: key };
  if (/^[\w.-]+\/[\w.-]+$/.test(key)) return { by: 'repo', repo: key };
  throw new UsageFault(`--key wants acme/shop#12, acme/shop@board or acme/shop, not ${JSON.stringify(key)}.`);
}
