/** A found session as the rules of a session's lane look at it. */
import type { LaneFacts, SessionLedger } from '../../model/facts.ts';
import type { FoundSession, RebuildFacts } from '../../model/rebuild.ts';

export function laneOf({ subject }: FoundSession, own: SessionLedger, { now, repo }: RebuildFacts): LaneFacts {
  return {
    kind: 'subject',
    now,
    repo,
    subject,
    own,
    pull: null,
    served: null,
    servedCard: null,
    scanIsNew: false,
    permission: null,
    doneLines: [],
    takenIds: [],
    slots: { active: 0, activeFastLane: 0, queue: [] },
    record: null,
  };
}
