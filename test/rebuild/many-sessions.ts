/** A repository with many sessions, each with its card from the app's own hand, and a rebuild of it into another store. */
import { decideRebuild } from '../../src/decide/rebuild/decide-rebuild.ts';
import { gatherRebuild } from '../../src/gather/rebuild/gather-rebuild.ts';
import type { Restored } from '../../src/model/rebuild.ts';
import type { ChangeInput } from '../../src/model/trigger.ts';
import type { Store } from '../../src/store/types.ts';
import { REPO, SHOP, type Stage } from '../apply/stage.ts';

const CONFIG = 'version: 1\ncapacity: 100\nreserve: 1\n';
const TYPES = ['bug-fix', 'feature', 'refactoring', 'documentation'];

/** A third of them is over, the rest is under way or waits. */
export async function manySessions(stage: Stage, count: number): Promise<void> {
  const { alice } = stage;
  await alice.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path: '.github/playcaller.yml',
    message: 'chore: room for many',
    content: Buffer.from(CONFIG).toString('base64'),
  });
  for (let at = 0; at < count; at++) {
    const label = `session:${TYPES[at % TYPES.length]}`;
    const { data } = await alice.rest.issues.create({ ...SHOP, title: `Piece of work number ${at}`, labels: [label] });
    await look(stage, data.number, label, at);
    if (at % 3 !== 0) continue;
    await alice.rest.issues.update({ ...SHOP, issue_number: data.number, state: 'closed', state_reason: 'not_planned' });
    await look(stage, data.number, label, at + 1);
  }
}

async function look(stage: Stage, number: number, label: string, minute: number): Promise<void> {
  const change: ChangeInput = { kind: 'change', event: 'issues.labeled', sender: 'alice', labels: [label], isPull: false };
  const now = new Date(Date.parse('2030-05-01T08:00:00.000Z') + minute * 60_000).toISOString();
  const { installationId } = stage;
  await stage.handle({
    kind: 'subject',
    repo: REPO,
    number,
    installationId,
    now,
    guid: `${number}-${minute}`,
    changes: [change],
  });
}

/** As the command line does it. */
export async function rebuildInto(store: Store, { client, installationId }: Stage): Promise<Restored> {
  const now = '2030-06-01T08:00:00.000Z';
  const facts = await gatherRebuild({ repo: REPO, installationId, client, now, stored: await store.ledger.config(REPO) });
  return store.ledger.restore(decideRebuild(facts).restoration, false);
}
