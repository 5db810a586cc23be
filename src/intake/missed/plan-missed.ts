/** What to do about missed deliveries: fetch them one by one, or, where they are very many, let each repository be looked at. */
import type { BoardReason } from '../../model/trigger.ts';
import type { Attempt } from './source.ts';

/** A repository whose missed deliveries are made up for by one look at its board. */
export interface RepositoryLook {
  installationId: number;
  repositoryId: number;
  /** A push may have brought another configuration: then all verdicts are made anew. */
  reason: Extract<BoardReason, 'look' | 'configuration'>;
  /** The same deliveries give the same GUID: looked at once, however often they are read. */
  guid: string;
}

export interface MissedPlan {
  /** Oldest first. */
  fetch: Attempt[];
  looks: RepositoryLook[];
}

/** So many are fetched one by one in one reading: a call each, of 5,000 an hour (GitHub docs, "Rate limits for the REST API"). */
export const MOST_FETCHED = 2_000;

/** What no look at the board would make up for: commands, names, who came and went, the merge queue, buttons. */
const UNHEALED =
  /^(issue_comment\.(created|edited)|repository\.|installation\.|installation_repositories\.|merge_group\.|check_run\.(requested_action|rerequested)|check_suite\.rerequested)/;

/**
 * Pure. Commands are always fetched. The rest is fetched up to `most`; beyond that each repository concerned gets one
 * look, which finds what differs from the sessions' truth.
 * @param missed deliveries that the inbox does not know. @param readable whether this event can concern us at all
 */
export function planMissed(missed: readonly Attempt[], readable: (event: string) => boolean, most = MOST_FETCHED): MissedPlan {
  const ours = missed.filter(({ event }) => readable(event)).sort(byAge);
  if (ours.length <= most) return { fetch: ours, looks: [] };
  const looks = new Map<number, RepositoryLook>();
  const fetch = ours.filter((attempt) => {
    const { event, action, installationId, repositoryId, guid } = attempt;
    if (UNHEALED.test(`${event}.${action ?? ''}`) || installationId === null || repositoryId === null) return true;
    const regate = event === 'push' || looks.get(repositoryId)?.reason === 'configuration';
    looks.set(repositoryId, { installationId, repositoryId, reason: regate ? 'configuration' : 'look', guid: `missed:${guid}` });
    return false;
  });
  return { fetch, looks: [...looks.values()] };
}

/** Commands in the order they were given; GitHub's times are of whole seconds, its ids grow. */
function byAge(a: Attempt, b: Attempt): number {
  if (a.deliveredAt !== b.deliveredAt) return a.deliveredAt < b.deliveredAt ? -1 : 1;
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : 1;
}
