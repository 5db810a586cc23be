/** Takes deliveries in: known GUIDs are dropped, the rest is put into lanes (A1). */

import { boardLane, subjectLane } from '../model/repo.ts';
import type { Addressed, Input } from '../model/trigger.ts';
import { openPulls } from './details.ts';
import type { Engine, Tx } from './engine.ts';
import type { Head } from './heads.ts';
import { numbersBySha, saveHeads } from './heads.ts';
import type { NewDelivery } from './inbox-types.ts';
import type { QueuedInput } from './lanes.ts';
import { addInputs, touchLanes } from './lanes.ts';
import { overRows } from './over-rows.ts';
import { renameIn } from './rename.ts';

export interface Received {
  /** For each delivery whether it was new. */
  fresh: boolean[];
  /** Whether anything went into a lane. */
  added: boolean;
}

/** Every step takes its row locks in sorted order, so that two of these never wait for each other. */
export async function receiveIn(engine: Engine, tx: Tx, deliveries: NewDelivery[]): Promise<Received> {
  const unknown = await recordGuids(engine, tx, new Map(deliveries.map((delivery) => [delivery.guid, delivery])));
  // The first of several with one GUID counts.
  const fresh = deliveries.map((delivery) => unknown.delete(delivery.guid));
  const news = deliveries.filter((_, index) => fresh[index]);
  await renameAll(engine, tx, news);
  await saveHeads(
    engine,
    tx,
    news.flatMap((delivery) => delivery.inputs.flatMap(headOf)),
  );
  const inputs = await address(engine, tx, news);
  await touchLanes(engine, tx, inputs);
  await addInputs(engine, tx, inputs);
  return { fresh, added: inputs.length > 0 };
}

/** Names change in the transaction that takes the news in: what is handled from then on finds its sessions. */
async function renameAll(engine: Engine, tx: Tx, deliveries: NewDelivery[]): Promise<void> {
  for (const { repo, installationId, input } of deliveries.flatMap(({ inputs }) => inputs)) {
    if (input.kind === 'renamed') await renameIn(engine, tx, input.from, repo, installationId);
  }
}

/** @returns the GUIDs that were not known. */
async function recordGuids(engine: Engine, tx: Tx, deliveries: Map<string, NewDelivery>): Promise<Set<string>> {
  const rows = [...deliveries.values()]
    .map(({ guid, event, receivedAt }) => ({ guid, event, received_at: Date.parse(receivedAt) }))
    .sort((a, b) => (a.guid < b.guid ? -1 : 1));
  return new Set((await insertNew(engine, tx, rows)).map(({ guid }) => guid));
}

const insertNew = overRows<{ guid: string; event: string; received_at: number }, { guid: string }>(
  ['guid', 'event', 'received_at'],
  ({ db }, rows) =>
    db
      .insertInto('delivery')
      .values(rows)
      .onConflict((on) => on.column('guid').doNothing())
      .returning('guid'),
);

function headOf({ repo, address }: Addressed): Head[] {
  return address.to === 'subject' && address.headSha ? [{ repo, sha: address.headSha, number: address.number }] : [];
}

/** Resolves each address to its lanes; a SHA that no pull request is known for has none. */
async function address(engine: Engine, tx: Tx, deliveries: NewDelivery[]): Promise<QueuedInput[]> {
  const shas = deliveries.flatMap(({ inputs }) =>
    inputs.flatMap((each) => (each.address.to === 'sha' ? [each.address.sha] : [])),
  );
  const numbers = await numbersBySha(engine, tx, shas);
  const newest = await newestOnes(tx, deliveries);
  return deliveries.flatMap(({ guid, event, inputs }) =>
    inputs.flatMap((each) => {
      const { repo, installationId } = each;
      const body = JSON.stringify(queued(each.input));
      return lanesOf(each, numbers, newest).map((lane) => ({ lane, repo, installationId, guid, event, body }));
    }),
  );
}

/** The names are changed already; the repository is looked at under its new one. */
function queued(input: Input): Input {
  return input.kind === 'renamed' ? { kind: 'board', reason: 'installed', sender: input.sender } : input;
}

/** By repository and base. */
async function newestOnes(tx: Tx, deliveries: NewDelivery[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { repo, address: to } of deliveries.flatMap(({ inputs }) => inputs)) {
    const number = to.to === 'newest' ? (await openPulls(tx, repo, to.base)).at(-1) : undefined;
    if (to.to === 'newest' && number !== undefined) found.set(JSON.stringify([repo, to.base]), number);
  }
  return found;
}

function lanesOf({ repo, address: to }: Addressed, numbers: Map<string, Head[]>, newest: Map<string, number>): string[] {
  switch (to.to) {
    case 'board':
      return [boardLane(repo)];
    case 'subject':
      return [subjectLane(repo, to.number)];
    case 'newest': {
      const number = newest.get(JSON.stringify([repo, to.base]));
      return number === undefined ? [] : [subjectLane(repo, number)];
    }
    case 'sha':
      return (numbers.get(to.sha) ?? []).filter((head) => head.repo === repo).map((head) => subjectLane(repo, head.number));
  }
}
