/** `playcaller rebuild owner/repo`: makes an emptied ledger again from GitHub alone. */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Environment, EnvironmentFault } from '../config/environment.ts';
import { decideRebuild, type Rebuilt } from '../decide/rebuild/decide-rebuild.ts';
import { gatherRebuild } from '../gather/rebuild/gather-rebuild.ts';
import { createGitHub } from '../github/create-github.ts';
import { isGitHubFault } from '../github/errors.ts';
import type { Restored } from '../model/rebuild.ts';
import { createLog } from '../start/create-log.ts';
import { openStore, StoreUnavailable, StoreUnusable } from '../store/open.ts';
import { environmentNow, installationOf, saidOf } from './app-environment.ts';
import { UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller rebuild <owner>/<repository> [--dry-run]

Makes the ledger's sessions of one repository again from what stands on GitHub: cards, labels, checklists and commands.
It takes the app's environment (and .env), may run while the app is stopped or running, and writes nothing to GitHub.
A session that the ledger knows as well or better stays as it is. The app heals the rest when it runs.

  --dry-run   only tells what would be written
`;

/** Exit codes: 0 done, 1 GitHub or the store would not, 2 wrong use or a faulty environment. */
export async function rebuildCommand(argv: string[]): Promise<number> {
  const { repo, dryRun, help } = readArguments(argv);
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const environment = environmentNow();
    process.stdout.write(`${await rebuild(environment, repo, dryRun)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof EnvironmentFault) throw new UsageFault(error.message);
    if (!isGitHubFault(error) && !(error instanceof StoreUnavailable) && !(error instanceof StoreUnusable)) throw error;
    process.stderr.write(`playcaller rebuild: ${saidOf(error, repo)}\n`);
    return 1;
  }
}

/** @throws {UsageFault} */
function readArguments(argv: string[]): { repo: string; dryRun: boolean; help: boolean } {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (values.help) return { repo: '', dryRun: false, help: true };
    const [repo = '', ...rest] = positionals;
    if (rest.length > 0 || !/^[\w.-]+\/[\w.-]+$/.test(repo))
      throw new UsageFault('name one repository as owner/name, for example acme/shop. See --help.');
    return { repo, dryRun: values['dry-run'], help: false };
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    throw new UsageFault(`${error instanceof Error ? error.message.split('. ', 1)[0] : String(error)}. See --help.`);
  }
}

async function rebuild(environment: Environment, wanted: string, dryRun: boolean): Promise<string> {
  // Standard output is for what was found.
  const log = createLog('warn', pino.destination({ dest: 2, sync: true }));
  let calls = 0;
  const github = createGitHub({ ...environment, onCall: () => calls++ }, log);
  const installationId = await installationOf(github, wanted);
  const store = await openStore(environment);
  try {
    const client = await github.forInstallation(installationId);
    const stored = await store.ledger.config(wanted);
    const facts = await gatherRebuild({ repo: wanted, installationId, client, now: new Date().toISOString(), stored });
    const rebuilt = decideRebuild(facts);
    const restored = await store.ledger.restore(rebuilt.restoration, dryRun);
    return report(rebuilt, restored, facts.cut, calls, dryRun);
  } finally {
    await store.close();
  }
}

function report(
  { restoration, withoutCard, lost }: Rebuilt,
  restored: Restored,
  cut: string[],
  calls: number,
  dryRun: boolean,
): string {
  const { sessions, repo, cycles } = restoration;
  const inState = (state: string) => sessions.filter(({ session }) => session.state === state).length;
  const states = ['planned', 'active', 'completed', 'abandoned'].map((state) => `${inState(state)} ${state}`).join(', ');
  const forgotten = sessions.filter(({ session }) => session.forgotten).map(({ session }) => session.number);
  const newest = cycles.map(({ number }) => number).sort((a, b) => b - a)[0];
  return [
    `${repo}: ${sessions.length} sessions found (${states}), with ${calls} calls`,
    `${dryRun ? 'would write' : 'written'}: ${restored.written.length}`,
    ...some(restored.kept, 'kept, because the ledger knows as much or more'),
    ...some(withoutCard, 'without a readable card, put together from labels, checklist and commands'),
    ...some(forgotten, 'with a card that had no room for everything'),
    ...some(lost, 'not restored, because nothing tells their playbook'),
    ...(newest === undefined ? [] : [`sweeps: cycle ${newest} was the last`]),
    ...cut.map((line) => `left out: ${line}`),
    dryRun ? 'nothing was written' : 'the app looks at the board next and heals what differs',
  ].join('\n');
}

function some(numbers: readonly number[], what: string): string[] {
  return numbers.length === 0 ? [] : [`${what}: ${numbers.map((number) => `#${number}`).join(' ')}`];
}
