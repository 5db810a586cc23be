/** Blockers: what commands say and what the label shows are kept the same (W8). */
import type { Block, Records } from '../../model/records.ts';
import type { Session } from '../../model/session.ts';
import { hasLabel, sameLabel } from './labels.ts';
import type { Context } from './move.ts';

export function openBlocks(records: Records): Block[] {
  return records.blocks.filter((block) => block.clearedAt === null);
}

/** The one that all words name: it has lasted longest. */
export function oldestBlock(records: Records): Block | null {
  return openBlocks(records).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0] ?? null;
}

export function clearBlocks(records: Records, now: string): Records {
  if (openBlocks(records).length === 0) return records;
  return { ...records, blocks: records.blocks.map((block) => ({ ...block, clearedAt: block.clearedAt ?? now })) };
}

/** Someone who takes the label off says that nothing blocks any more. */
export function withoutLiftedBlocks(records: Records, { facts, changes }: Context): Records {
  const name = facts.repo.config.labels.blocked;
  if (hasLabel(facts.subject.labels, name)) return records;
  const lifted = changes.some(({ labelMove }) => labelMove?.move === 'off' && sameLabel(labelMove.label, name));
  return lifted ? clearBlocks(records, facts.now) : records;
}

export function isBlocked(state: Session['state'], records: Records, { facts, ask }: Context): boolean {
  if (ask?.unblock) return false;
  const open = state === 'planned' || state === 'active';
  return hasLabel(facts.subject.labels, facts.repo.config.labels.blocked) || (open && openBlocks(records).length > 0);
}
