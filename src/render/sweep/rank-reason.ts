/** Why a session has its place in the ship order, in a phrase (W3). */
import type { GateView, SweepSession } from '../../model/plan.ts';
import { cleanText } from '../markdown.ts';
import { count, itemWords } from './words.ts';

/** Plain text: a blocker's words are as people wrote them. */
export function rankReason(session: SweepSession): string {
  if (session.blocked) return `blocked: ${blockerWords(session.blocker)}`;
  switch (session.status) {
    case 'pr-ready':
      return 'ready: only the merge is left';
    case 'pr-open':
      return `PR open: ${gatePhrase(session.gate)}`;
    case 'needs-more-work':
      return session.remainingSteps === 0 ? 'no steps left, no open PR' : `${count(session.remainingSteps, 'step')} left`;
    case 'archived':
      return 'archived: takes no slot';
  }
}

export function blockerWords(blocker: string | null): string {
  return cleanText(blocker ?? '', 120) || 'no reason given yet';
}

function gatePhrase(gate: GateView | undefined): string {
  if (!gate) return 'not yet ready to merge';
  if (gate.draft) return 'still a draft';
  const items = itemWords(gate.open);
  if (gate.verdict === 'fail') return items ? `gate asks for ${items}` : 'gate is not passed';
  if (gate.verdict === 'waiting') return `gate waits for ${items || 'its checks'}`;
  if (gate.verdict === 'neutral') return 'not gated, yours to judge';
  return 'no verdict on its newest commit';
}
