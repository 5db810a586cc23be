/** Gather, decide, apply: the three lines that everything else serves. */
import type { Logger } from 'pino';
import { apply, LeaseLost } from './apply/apply.ts';
import { decide } from './decide/decide.ts';
import { gather } from './gather/gather.ts';
import { RateLimited, Unavailable } from './github/errors.ts';
import type { GitHub } from './github/types.ts';
import type { BoardPage } from './model/board-facts.ts';
import type { Effects } from './model/effect.ts';
import type { Facts } from './model/lane-facts.ts';
import type { Trigger } from './model/trigger.ts';
import type { Lease } from './store/inbox-types.ts';
import type { Store } from './store/types.ts';

export interface World {
  github: GitHub;
  store: Store;
  lease: Lease;
  log: Logger;
  appId: number;
  now(): Date;
}

/** So often the facts may move under one decision before the lane rests and tries again later. */
const STALE_ROUNDS = 10;

/** @throws a `GitHubFault`, or an `Error` when the facts would not hold still */
export async function handle(trigger: Trigger, world: World): Promise<void> {
  const { ledger } = world.store;
  const client = await world.github.forInstallation(trigger.installationId);
  // A comment of many commands takes a round for each: only those in vain count.
  for (let stale = 0; stale < STALE_ROUNDS; ) {
    const now = world.now().toISOString();
    const facts = await gather({ ...trigger, now }, { client, ledger, appId: world.appId, keepPage: pageKeeper(world) });
    // This lane goes with its repository: what waits in it is handled under the new name.
    if (facts.kind === 'moved') return ledger.renameRepository(trigger.repo, facts.to);
    await keepConfiguration(trigger, facts, world);
    const effects = decide(trigger, facts);
    if (effects === null) return;
    tellEffects(effects, world);
    const outcome = await apply(effects, { client, ledger, lease: world.lease, repo: trigger.repo, now: world.now });
    if (outcome !== 'done') stale += 1;
    else if (!effects.more) return comeBackFor(facts, trigger);
  }
  throw new Error(`the facts of ${world.lease.lane} kept moving`);
}

/** Before they are tried, so that a GUID's trace tells what was meant even when GitHub refuses. Kinds only: texts are people's. */
function tellEffects({ ledger, github }: Effects, { log }: World): void {
  if (github.length > 0) log.info({ effects: github.map(({ kind }) => kind), ledger: ledger.map(({ kind }) => kind) }, 'writing');
}

/** What has been read of a big board outlives this try; whoever lost the lease keeps nothing. */
function pageKeeper({ store, lease }: World): (page: BoardPage) => Promise<void> {
  return async (page) => {
    const kept = await store.ledger.commit(lease, [{ kind: 'board-page.keep', page }]);
    if (kept === 'lease-lost') throw new LeaseLost(`the lease of ${lease.lane} was lost`);
  };
}

/** A board that was read in part is told in part, and its lane goes on when GitHub answers again. @throws {GitHubFault} */
function comeBackFor(facts: Facts, { repo }: Trigger): void {
  if (facts.kind !== 'board' || !facts.cut) return;
  const message = `the board of ${repo} was read in part, ${facts.missing ?? 0} open sessions are missing`;
  throw facts.cut.until === null ? new Unavailable(message) : new RateLimited(Date.parse(facts.cut.until), message);
}

/** The last good files stay in force when a later version is broken (P3, G4). */
async function keepConfiguration(trigger: Trigger, facts: Facts, world: World): Promise<void> {
  if (facts.kind !== 'subject' && facts.kind !== 'board') return;
  const { name, filesToKeep, faults } = facts.repo;
  if (filesToKeep === null) return;
  await world.store.ledger.saveConfig(name, trigger.installationId, filesToKeep);
  for (const fault of faults) world.log.warn({ repo: name, ...fault }, 'configuration fault');
}
