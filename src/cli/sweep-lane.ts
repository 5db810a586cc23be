/** A sweep through the store, as `/session sweep` asks for it: taken by the running app, or by this process when nobody does. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { tallied } from '../github/tally.ts';
import type { GitHub } from '../github/types.ts';
import { handle } from '../handle.ts';
import { handleLane } from '../intake/handle-lane.ts';
import { createRests } from '../intake/rest.ts';
import type { WorkerParts } from '../intake/worker.ts';
import { boardLane } from '../model/repo.ts';
import { sortError } from '../start/sort-error.ts';
import type { Store } from '../store/types.ts';

/** It was asked for, and did not come about yet. */
export class Unswept extends Error {}

export interface Swept {
  by: 'app' | 'command';
}

interface Parts {
  store: Store;
  github: GitHub;
  installationId: number;
  log: Logger;
  appId: number;
}

/** A running app looks at the store at least every five seconds. */
const APP_TAKES_MS = 6_500;
const LOOK_MS = 100;
const LEASE_MS = 10_000;
/** A hiccup is waited for; what lasts longer is told. */
const PATIENCE_MS = 15_000;
/** The longest that a sweep of the app is watched. */
const WATCH_MS = 10 * 60_000;

/** @throws {Unswept} when it was put off or put aside; it stays in the store then, for the app or the next try. */
export async function sweepThroughLane(parts: Parts, repo: string): Promise<Swept> {
  const { inbox } = parts.store;
  const lane = boardLane(repo);
  const guid = `sweep:${randomUUID()}`;
  const input = { kind: 'board' as const, reason: 'command' as const, sender: null };
  const { installationId } = parts;
  await inbox.receive([
    {
      guid,
      event: 'playcaller.command',
      receivedAt: new Date().toISOString(),
      inputs: [{ repo, installationId, address: { to: 'board' }, input }],
    },
  ]);
  const started = Date.now();
  let by: Swept['by'] = 'app';
  for (let free = 0; Date.now() - started < WATCH_MS; await setTimeout(LOOK_MS)) {
    const state = await inbox.lane(lane);
    if (!state) return done(parts, guid, by);
    if (!state.held && state.dueMs > PATIENCE_MS) throw new Unswept(putOff(state.dueMs, state.error));
    free = state.held || state.dueMs > 0 ? 0 : free + LOOK_MS;
    if (by === 'command' || free >= APP_TAKES_MS) {
      // Whoever leases it does it; the other finds it held.
      const [work] = await inbox.lease(1, LEASE_MS, lane);
      if (!work) continue;
      by = 'command';
      await handleLane(
        workerParts(parts),
        work,
        LEASE_MS,
        createRests(
          () => {},
          () => {},
        ),
      );
    }
  }
  throw new Unswept('the app has been at it for ten minutes; look at its log. The sweep stays in its queue.');
}

function workerParts({ store, github, log, appId }: Parts): WorkerParts {
  const now = () => new Date();
  return {
    inbox: store.inbox,
    log,
    handle: (trigger, lease) => handle(trigger, { github, store, lease, log, appId, now }),
    sortError,
    tallied,
    now,
  };
}

/** @throws {Unswept} when it was put aside. */
async function done({ store }: Parts, guid: string, by: Swept['by']): Promise<Swept> {
  const aside = (await store.inbox.parked(1000)).find((parked) => parked.guid === guid);
  if (aside) throw new Unswept(`it kept failing and was put aside: ${aside.error}`);
  return { by };
}

function putOff(dueMs: number, error: string | null): string {
  const at = new Date(Date.now() + dueMs).toISOString().slice(11, 16);
  const why = error === null ? '' : ` (${error})`;
  return `not yet: the board rests until ${at} UTC${why}. The sweep stays in the queue; the app goes on with it, or run this again then.`;
}
