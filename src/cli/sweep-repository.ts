/** `playcaller sweep owner/repo`: the board of a repository, planned; and swept, by the running app or else from here (W1). */
import { pino } from 'pino';
import { type Environment, EnvironmentFault } from '../config/environment.ts';
import { decideBoard } from '../decide/board.ts';
import { decideSweep } from '../decide/sweep/board.ts';
import { gather } from '../gather/gather.ts';
import { createGitHub } from '../github/create-github.ts';
import { isGitHubFault } from '../github/errors.ts';
import type { GitHub } from '../github/types.ts';
import type { BoardFacts } from '../model/board-facts.ts';
import { planJson } from '../render/sweep/plan-json.ts';
import { createLog } from '../start/create-log.ts';
import type { Ledger } from '../store/ledger-types.ts';
import { openStore, StoreUnavailable, StoreUnusable } from '../store/open.ts';
import { openToRead } from '../store/read-only.ts';
import { environmentNow, installationOf, saidOf } from './app-environment.ts';
import { safeJson } from './safe-json.ts';
import { sweepThroughLane, Unswept } from './sweep-lane.ts';
import { type Looked, sweepReport } from './sweep-report.ts';
import { UsageFault } from './usage-fault.ts';

export interface SweepWish {
  repo: string;
  dryRun: boolean;
  json: boolean;
}

/** Exit codes: 0 done, 1 GitHub or the store would not, 2 wrong use or a faulty environment. @throws {UsageFault} */
export async function sweepRepository({ repo, dryRun, json }: SweepWish): Promise<number> {
  try {
    const looked = await (dryRun ? plan : sweep)(environmentNow(), repo);
    process.stdout.write(json ? safeJson(dataOf(looked)) : sweepReport(looked));
    return 0;
  } catch (error) {
    if (error instanceof EnvironmentFault) throw new UsageFault(error.message);
    const ours = error instanceof Unswept || error instanceof StoreUnavailable || error instanceof StoreUnusable;
    if (!ours && !isGitHubFault(error)) throw error;
    process.stderr.write(`playcaller sweep: ${saidOf(error, repo)}\n`);
    return 1;
  }
}

/** Reads GitHub and the ledger; writes nothing anywhere. */
async function plan(environment: Environment, repo: string): Promise<Looked> {
  const { github, installationId } = await world(environment, repo);
  const store = await openToRead(environment);
  try {
    return { ...(await look({ environment, github, installationId, ledger: store.ledger }, repo)), swept: null };
  } finally {
    await store.close();
  }
}

async function sweep(environment: Environment, repo: string): Promise<Looked> {
  const { github, installationId, log } = await world(environment, repo);
  const store = await openStore(environment);
  try {
    const swept = await sweepThroughLane({ store, github, installationId, log, appId: environment.appId }, repo);
    return { ...(await look({ environment, github, installationId, ledger: store.ledger }, repo)), swept };
  } finally {
    await store.close();
  }
}

async function world(environment: Environment, repo: string) {
  // Standard output is for what was found.
  const log = createLog('warn', pino.destination({ dest: 2, sync: true }));
  const github = createGitHub(environment, log);
  return { log, github, installationId: await installationOf(github, repo) };
}

interface Sources {
  environment: Environment;
  github: GitHub;
  installationId: number;
  ledger: Ledger;
}

/** @throws {UsageFault} where the repository has another name by now. */
async function look({ environment, github, installationId, ledger }: Sources, repo: string): Promise<Omit<Looked, 'swept'>> {
  const client = await github.forInstallation(installationId);
  const now = new Date().toISOString();
  const facts = await gather(
    { kind: 'board', repo, installationId, now, guid: 'sweep', reasons: ['command'] },
    { client, ledger, appId: environment.appId },
  );
  if (facts.kind === 'moved') throw new UsageFault(`${repo} is called ${facts.to} now: try ${facts.to}.`);
  if (facts.kind !== 'board') throw new Error(`facts of kind ${facts.kind} for a board`);
  return { facts, decision: decideSweep(facts), effects: decideBoard(facts, ['command']) };
}

function dataOf({ facts, decision, effects, swept }: Looked) {
  const { repo, cycle, missing = 0 } = facts;
  const plan = planJson(decision.plan);
  const shared = { repo: repo.name, cycle: { number: cycle.number, day: cycle.day }, missing, tracker: urlOf(facts) };
  if (swept) return { ...shared, swept: swept.by, plan };
  return { ...shared, swept: null, plan, effects };
}

function urlOf({ repo, tracker }: BoardFacts): string | null {
  return tracker && `${repo.url}/issues/${tracker.number}`;
}
