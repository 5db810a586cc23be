/** Backlog issues that need not be done any more: pointed out, never closed (W6). */

import type { BacklogIssue } from '../../model/backlog.ts';
import { SimilarIndex } from '../../model/similar-index.ts';
import type { Obsolete } from '../../model/sweep.ts';
import type { Backlog } from './backlog.ts';
import { numberOf } from './lately.ts';
import type { SweepView } from './sweep-view.ts';

/** Untouched for so long, an issue should be looked at again before anyone works on it. */
const OLD_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

export function obsoleteOf(view: SweepView, { active, reserve }: Backlog): Obsolete[] {
  const open = new Set(view.facts.openPulls.map(({ number }) => number));
  const similar = openTitles(view);
  return [...active, ...reserve].flatMap((issue): Obsolete[] => {
    const why = pulled(issue, open) ?? alike(issue, similar) ?? old(issue, view.facts.now);
    return why ? [{ issue, why }] : [];
  });
}

function openTitles({ active, waiting }: SweepView): SimilarIndex {
  const index = new SimilarIndex();
  const views = [...active, ...waiting].sort((a, b) => numberOf(a) - numberOf(b));
  for (const { source } of views) index.add(source.ledger.session.title, source.ledger.session.number);
  return index;
}

/** A merged one says more than an open one. */
function pulled({ pulls }: BacklogIssue, open: ReadonlySet<number>): Obsolete['why'] | null {
  const merged = pulls.filter((pull) => !open.has(pull));
  const [pull] = (merged.length > 0 ? merged : pulls).toSorted((a, b) => a - b);
  return pull === undefined ? null : { kind: merged.length > 0 ? 'merged' : 'open-pull', pull };
}

function alike({ title }: BacklogIssue, index: SimilarIndex): Obsolete['why'] | null {
  const session = index.find(title);
  return session === null ? null : { kind: 'similar', session };
}

function old({ updatedAt }: BacklogIssue, now: string): Obsolete['why'] | null {
  const days = Math.floor((Date.parse(now) - Date.parse(updatedAt)) / DAY_MS);
  return days >= OLD_DAYS ? { kind: 'old', days } : null;
}
