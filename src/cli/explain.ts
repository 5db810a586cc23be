/** `playcaller explain owner/repo#n`: facts, items and verdict of one pull request, as the app sees them; writes nothing. */
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { type Environment, EnvironmentFault } from '../config/environment.ts';
import { loadConfig } from '../config/load-config.ts';
import { gather } from '../gather/gather.ts';
import { createGitHub } from '../github/create-github.ts';
import { isGitHubFault } from '../github/errors.ts';
import type { Fault } from '../model/config.ts';
import type { Facts } from '../model/lane-facts.ts';
import type { ChangeInput } from '../model/trigger.ts';
import { createLog } from '../start/create-log.ts';
import { StoreUnavailable, StoreUnusable } from '../store/open.ts';
import { openToRead } from '../store/read-only.ts';
import { environmentNow, installationOf, saidOf } from './app-environment.ts';
import { explainReport } from './explain-report.ts';
import { type Explained, explained, explainedJson, type Trial } from './explained.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller explain <owner>/<repository>#<number> [--config FILE] [--json]

Prints what the readiness gate knows of a pull request, item by item, and the verdict.
It takes the app's environment (and .env), may run while the app is stopped or running, and writes nothing.

  --config FILE   judge under this file as .github/playcaller.yml, and tell which items differ
  --json          the same as data
`;

const REFERENCE = /^([\w.-]+\/[\w.-]+)#([1-9]\d{0,9})$/;

interface Wish {
  repo: string;
  number: number;
  trial: Trial | null;
}

/** Exit codes: 0 done whatever the verdict, 1 GitHub or the store would not, 2 wrong use or a faulty file. */
export async function explainCommand(argv: string[]): Promise<number> {
  const options = { config: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseWords(argv, options, 1);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [, repo = '', digits = ''] = REFERENCE.exec(positionals[0] ?? '') ?? [];
  if (repo === '')
    throw new UsageFault("name one pull request as 'owner/repository#number', for example 'acme/shop#12'. See --help.");
  const read = values.config === undefined ? null : readTrial(values.config);
  if (read && 'faults' in read) {
    process.stderr.write(read.faults.map(line).join(''));
    return 2;
  }
  try {
    const found = await explain(environmentNow(), { repo, number: Number(digits), trial: read });
    process.stdout.write(values.json ? `${JSON.stringify(explainedJson(found), null, 2)}\n` : explainReport(found));
    return 0;
  } catch (error) {
    if (error instanceof EnvironmentFault) throw new UsageFault(error.message);
    if (!isGitHubFault(error) && !(error instanceof StoreUnavailable) && !(error instanceof StoreUnusable)) throw error;
    process.stderr.write(`playcaller explain: ${saidOf(error, repo)}\n`);
    return 1;
  }
}

/** @throws {UsageFault} when it cannot be read. */
function readTrial(file: string): Trial | { faults: Fault[] } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageFault(`--config names ${file}, which cannot be read (${why}).`);
  }
  const { config, faults } = loadConfig(text, file);
  return faults.length > 0 ? { faults } : { file, config };
}

function line({ file, line: at, field, message }: Fault): string {
  return `${file}:${at} ${field === '' ? '' : `${field}: `}${message}\n`;
}

async function explain(environment: Environment, { repo, number, trial }: Wish): Promise<Explained> {
  // Standard output is for what was found.
  const log = createLog('warn', pino.destination({ dest: 2, sync: true }));
  const github = createGitHub(environment, log);
  const installationId = await installationOf(github, repo);
  const store = await openToRead(environment);
  try {
    const client = await github.forInstallation(installationId);
    const change: ChangeInput = { kind: 'change', event: 'playcaller.explain', sender: null, labels: [], isPull: true };
    const facts = await gather(
      { kind: 'subject', repo, number, installationId, now: new Date().toISOString(), guid: 'explain', changes: [change] },
      { client, ledger: store.ledger, appId: environment.appId },
    );
    const known = pullIn(facts, repo, number);
    return explained(known, known.pull, trial);
  } finally {
    await store.close();
  }
}

/** @throws {UsageFault} when it is no pull request of this repository. */
function pullIn(facts: Facts, repo: string, number: number) {
  if (facts.kind === 'moved') throw new UsageFault(`${repo} is called ${facts.to} now: try ${facts.to}#${number}.`);
  if (facts.kind !== 'subject') throw new UsageFault(`there is no pull request #${number} in ${repo}.`);
  const { pull } = facts;
  if (!pull) throw new UsageFault(`#${number} in ${repo} is an issue; the gate judges pull requests.`);
  return { ...facts, pull };
}
