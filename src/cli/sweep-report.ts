/** What `playcaller sweep owner/repo` prints: the plan, and what would be written or was. */
import type { SweepDecision } from '../decide/sweep/board.ts';
import type { BoardFacts } from '../model/board-facts.ts';
import type { Effects } from '../model/effect.ts';
import { effectLines } from '../render/sweep/effects-text.ts';
import { fullPlanText } from '../render/sweep/full-plan-text.ts';
import type { Swept } from './sweep-lane.ts';

/** The board as it is now, and what follows from it. */
export interface Looked {
  facts: BoardFacts;
  decision: SweepDecision;
  effects: Effects;
  /** Null for a dry run. */
  swept: Swept | null;
}

/** Plain text that ends with a line break. */
export function sweepReport({ facts, decision, effects, swept }: Looked): string {
  const { repo, cycle, tracker } = facts;
  const lines = [`${repo.name}, cycle ${cycle.number} of ${cycle.day}`, '', fullPlanText(decision.report).trimEnd(), ''];
  return `${[...lines, ...(swept ? told(facts, swept) : would(effects, tracker?.number ?? null))].join('\n')}\n`;
}

function would(effects: Effects, tracker: number | null): string[] {
  const lines = effectLines(effects, tracker);
  if (lines.length === 0) return ['A sweep would write nothing: all is as it should be.'];
  return ['A sweep would:', ...lines.map((line) => `  - ${line}`), 'Nothing was written.'];
}

function told({ repo, tracker }: BoardFacts, { by }: Swept): string[] {
  const who = by === 'app' ? 'Swept by the running app' : 'Swept from here; no app took it';
  if (!repo.hasIssues) return [`${who}. Nothing is published: issues are switched off in ${repo.name}.`];
  return [`${who}${tracker ? `: ${repo.url}/issues/${tracker.number}` : ''}.`];
}
