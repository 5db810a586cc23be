/** The tracker issue and this cycle's comment in it. */
import type { BoardFacts } from '../../model/board-facts.ts';
import { commentFact, names, present } from '../map-subject.ts';
import type { Pages } from './read-pages.ts';

/**
 * The remembered tracker, whatever labels it has, unless it was given to another repository; else the oldest issue of
 * ours that carries the label, an open one first.
 * @param once the issue that was pinned once
 */
export function trackerOf(pages: Pages, remembered: string | null, once: string | null, day: string): BoardFacts['tracker'] {
  const own = present(pages.first.tracker).flatMap((node) => (node.__typename === 'Issue' ? [node] : []));
  const candidates = [...own, ...present(pages.home.trackers.nodes).filter((issue) => issue.viewerDidAuthor)].filter(({ url }) =>
    url.startsWith(`${pages.home.url}/`),
  );
  const issue =
    candidates.find(({ id }) => id === remembered) ?? candidates.find(({ issueState }) => issueState === 'OPEN') ?? candidates[0];
  if (!issue) return null;
  const known = present(pages.first.tracker).flatMap((node) =>
    node.__typename === 'IssueComment' && node.issue.id === issue.id ? [commentFact(node)] : [],
  );
  const recent = present(issue.comments.nodes).map(commentFact);
  const marker = `<!-- playcaller:sweep ${day} -->`;
  const comment = [...known, ...recent].find((candidate) => candidate.ours && candidate.body.startsWith(marker)) ?? null;
  const { id, number, title, body, locked } = issue;
  return {
    id,
    number,
    title,
    body,
    state: issue.issueState === 'OPEN' ? 'open' : 'closed',
    locked,
    labels: names(issue.labels),
    comment,
    pinned: issue.isPinned === true || once === id,
  };
}
