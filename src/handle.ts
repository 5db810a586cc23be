/** Gather, decide, apply: the three lines that everything else serves. */
import type { Logger } from 'pino';
import { apply } from './apply/apply.ts';
import { decide } from './decide/decide.ts';
import { gather } from './gather/gather.ts';
import type { GitHub } from './github/types.ts';
import type { Facts } from './model/lane-facts.ts';
import type { Trigger } from './model/trigger.ts';
import type { Lease, Store } from './store/types.ts';

export interface World {
  github: GitHub;
  store: Store;
  lease: Lease;
  log: Logger;
  appId: number;
  now(): Date;
}

/** So often the facts may move under one decision before the lane rests and tries again later. */
const ROUNDS = 10;

/** @throws a `GitHubFault`, or an `Error` when the facts would not hold still */
export async function handle(trigger: Trigger, world: World): Promise<void> {
  const { ledger } = world.store;
  const client = await world.github.forInstallation(trigger.installationId);
  for (let round = 0; round < ROUNDS; round++) {
    const facts = await gather({ ...trigger, now: world.now().toISOString() }, { client, ledger, appId: world.appId });
    // This lane goes with its repository: what waits in it is handled under the new name.
    if (facts.kind === 'moved') return ledger.renameRepository(trigger.repo, facts.to);
    await keepConfiguration(trigger, facts, world);
    const effects = decide(trigger, facts);
    if (effects === null) return;
    const outcome = await apply(effects, { client, ledger, lease: world.lease, repo: trigger.repo });
    if (outcome === 'done' && !effects.more) return;
  }
  throw new Error(`the facts of ${world.lease.lane} kept moving`);
}

/** The last good files stay in force when a later version is broken (P3, G4). */
async function keepConfiguration(trigger: Trigger, facts: Facts, world: World): Promise<void> {
  if (facts.kind !== 'subject' && facts.kind !== 'board') return;
  const { name, filesToKeep, faults } = facts.repo;
  if (filesToKeep === null) return;
  await world.store.ledger.saveConfig(name, trigger.installationId, filesToKeep);
  for (const fault of faults) world.log.warn({ repo: name, ...fault }, 'configuration fault');
}
