/** The inbox: deliveries in, lanes out. */

import type { Engine } from './engine.ts';
import { writeWork } from './engine.ts';
import { figures, nextDueMs } from './figures.ts';
import type { Inbox } from './inbox-types.ts';
import { knownGuids } from './known-guids.ts';
import { laneState } from './lane-state.ts';
import { lease, leaseSuspect, suspectDue } from './lease.ts';
import { drop, parked, replay } from './parked.ts';
import { prune } from './prune.ts';
import { receiveIn } from './receive.ts';
import { complete, park, renew, retry } from './release.ts';

export function inboxOn(engine: Engine): Inbox {
  return {
    receive: async (deliveries) => {
      if (deliveries.length === 0) return [];
      return (await writeWork(engine, (tx) => receiveIn(engine, tx, deliveries))).fresh;
    },
    lease: (limit, leaseMs, only) => lease(engine, limit, leaseMs, only),
    leaseSuspect: (leaseMs) => leaseSuspect(engine, leaseMs),
    suspectDue: () => suspectDue(engine),
    lane: (lane) => laneState(engine, lane),
    renew: (held, leaseMs) => renew(engine, held, leaseMs),
    complete: (held, uptoSeq) => complete(engine, held, uptoSeq),
    retry: (held, delayMs, counts, error) => retry(engine, held, delayMs, counts, error),
    park: (held, uptoSeq, error) => park(engine, held, uptoSeq, error),
    parked: (limit, which) => parked(engine, limit, which),
    replay: (seqs) => replay(engine, seqs),
    drop: (seqs) => drop(engine, seqs),
    known: (guids) => knownGuids(engine, guids),
    figures: () => figures(engine),
    nextDueMs: () => nextDueMs(engine),
    prune: (before) => prune(engine, before),
    onWork: (callback) => engine.onWork(callback),
  };
}
