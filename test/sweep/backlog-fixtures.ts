/** Plain data of backlogs, incidents and cycles for the sweep's tests. */

import type { BacklogIssue, IncidentIssue } from '../../src/model/backlog.ts';
import type { BoardFacts, Cycle } from '../../src/model/board-facts.ts';
import type { Config } from '../../src/model/config.ts';
import type { Playbook } from '../../src/model/playbook.ts';
import { ACT_KINDS, type CycleSeen } from '../../src/model/sweep.ts';
import { boardFacts, PLAYBOOK } from './fixtures.ts';

const SHOP = 'https://github.com/acme/shop';

export function waitingIssue(number: number, category: string | null, some: Partial<BacklogIssue> = {}, labels: string[] = []) {
  return {
    id: `I_${number}`,
    number,
    title: `Piece of work number ${number}`,
    url: `${SHOP}/issues/${number}`,
    list: 'active',
    category,
    labels: labels.map((name) => ({ id: `LA_${name}`, name })),
    createdAt: '2026-11-01T08:00:00Z',
    updatedAt: '2026-11-18T08:00:00Z',
    pulls: [],
    ...some,
  } satisfies BacklogIssue;
}

export function incidentIssue(number: number, some: Partial<IncidentIssue> = {}): IncidentIssue {
  const [title, createdAt] = ['The till is down', '2026-11-20T12:00:00Z'];
  return {
    number,
    title,
    url: `${SHOP}/issues/${number}`,
    labels: ['incident'],
    category: 'Security',
    createdAt,
    closedAt: null,
    ...some,
  };
}

/** One a day; number 2 is 2026-11-20, so that number 3 is the day of `boardFacts`. */
export function cycle(number: number, seen?: Partial<CycleSeen>): Cycle {
  const startedAt = new Date(Date.UTC(2026, 10, 18 + number, 7)).toISOString();
  const full = { moved: [], categories: [], fastLane: null, counts: { active: 0, planned: 0, archived: 0, blocked: 0 } };
  const rest = { opened: 0, merged: 0, started: [], duties: [] };
  const kept = seen ? { seen: { ...full, ...rest, ...seen } } : {};
  return { repo: 'acme/shop', day: startedAt.slice(0, 10), number, startedAt, ...kept };
}

/** The facts at that cycle; `history` newest first. */
export function atCycle(number: number, facts: BoardFacts, history: Cycle[] = [cycle(number - 1)]): BoardFacts {
  const today = cycle(number);
  return { ...facts, now: today.startedAt, cycle: today, previous: history[0] ?? null, history };
}

export function configured(facts: BoardFacts, some: Partial<Config>): BoardFacts {
  return { ...facts, repo: { ...facts.repo, config: { ...facts.repo.config, ...some } } };
}

export function acting(facts: BoardFacts): BoardFacts {
  const act = Object.fromEntries(ACT_KINDS.map((kind) => [kind, 'act'])) as Config['sweep']['act'];
  return configured(facts, { sweep: { ...facts.repo.config.sweep, act } });
}

export function withPlaybooks(facts: BoardFacts, types: string[]): BoardFacts {
  const playbooks: Playbook[] = types.map((type) => ({ ...PLAYBOOK, type }));
  return { ...facts, repo: { ...facts.repo, playbooks } };
}

export const BUILT_IN = [
  'bug-fix',
  'documentation',
  'feature',
  'idea-generation',
  'module-integration',
  'performance',
  'quality-audit',
  'refactoring',
];

/** A board with a backlog and nothing else. */
export function waitingBoard(backlog: BacklogIssue[], some: Partial<BoardFacts> = {}): BoardFacts {
  return withPlaybooks(boardFacts([], { backlog, ...some }), BUILT_IN);
}
