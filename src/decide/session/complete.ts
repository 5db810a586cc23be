/** Completion needs evidence (L12): a merged pull request, or a word that the session makes no code. */
import type { LinkedPull } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Evidence } from '../../model/session.ts';
import * as why from '../../render/session/reasons.ts';
import { openCriteriaOf } from './accepted.ts';
import { openChildren } from './children.ts';
import { type Advance, type Context, move } from './move.ts';

export function completeIfMerged(from: Advance, context: Context): Advance {
  const { session } = from;
  if (session.state === 'completed' || (session.state === 'abandoned' && session.endedBy !== 'closed')) return from;
  const evidence = context.ask?.evidence ?? mergedEvidence(context.facts);
  if (!evidence || openCriteria(from, context) > 0 || openChildren(session.children) > 0) return from;
  const who = evidence.kind === 'merged' ? (mergedBy(context.facts, evidence.pull) ?? 'Playcaller') : evidence.by;
  const withEvidence = { ...from, session: { ...session, evidence } };
  // A session that was given up when its issue closed was in truth done by the pull request that closed it.
  const awake =
    session.state === 'abandoned' ? move(withEvidence, 'planned', 'Playcaller', why.mergedAfterAll(), context) : withEvidence;
  return move(awake, 'completed', who, why.completed(evidence), context);
}

export function openCriteria(from: Advance, { facts }: Context): number {
  const heads = facts.subject.pulls.map((pull) => pull.headSha);
  return openCriteriaOf(from.session, heads);
}

/** The newest merged pull request; older merges are parts on the way. Open ones keep the session open. */
export function mergedEvidence(facts: LaneFacts): Evidence | null {
  const pulls = facts.subject.pulls;
  if (pulls.some((pull) => pull.state === 'open')) return null;
  const merged = pulls
    .filter((pull) => pull.state === 'merged')
    .sort((a, b) => a.number - b.number)
    .at(-1);
  return merged ? evidenceOf(merged) : null;
}

function evidenceOf(pull: LinkedPull): Evidence {
  return {
    kind: 'merged',
    pull: pull.number,
    headSha: pull.headSha,
    baseSha: pull.baseSha,
    mergeSha: pull.mergeSha ?? pull.headSha,
  };
}

function mergedBy(facts: LaneFacts, number: number): string | null {
  return facts.subject.pulls.find((pull) => pull.number === number)?.mergedBy ?? null;
}
