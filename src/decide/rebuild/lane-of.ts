/** A found session as the rules of a session's lane look at it. */
import type { SessionLedger } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { FoundSession, RebuildFacts } from '../../model/rebuild.ts';

export function laneOf({ subject }: FoundSession, own: SessionLedger, { now, repo }: RebuildFacts): LaneFacts {
  // The branch was not asked for: taken as there, so that no rule thinks it gone.
  const assumed = { ...subject, branch: { id: '', sha: '' } };
  return {
    kind: 'subject',
    now,
    repo,
    subject: assumed,
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
