/** Which steps of the playbook comment are ticked, so that no write of ours loses a person's tick (L7). */
import type { CommentFact } from '../../model/facts.ts';
import type { Playbook } from '../../model/playbook.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import { readTicks } from '../progress.ts';

export interface TickReading {
  /** Ticked ids, in the playbook's order; then those of steps that it no longer has. */
  ticks: string[];
  /** A tick that someone made is no longer in the comment: it must be written again. */
  lost: boolean;
}

/**
 * The comment as it stands is the truth when a person wrote it last. When we wrote it last, or wrote in between,
 * what people changed is taken from their edits, one by one.
 */
export function currentTicks(
  before: readonly string[],
  comment: CommentFact | null,
  changes: readonly ChangeInput[],
  playbook: Playbook,
): TickReading {
  const read = comment ? readTicks(comment.body, playbook) : null;
  // A line that someone deleted says nothing about its tick.
  const shown = new Set(read ? [...read.ticks, ...before.filter((id) => !read.steps.includes(id))] : before);
  const told = new Set(before);
  const added = new Set<string>();
  for (const change of changes) {
    const edit = change.edit;
    if (!edit || edit.before === null || (comment && edit.commentId !== comment.id)) continue;
    const was = new Set(readTicks(edit.before, playbook).ticks);
    const is = new Set(readTicks(edit.body, playbook).ticks);
    for (const id of is) if (!was.has(id)) put(id);
    for (const id of was) if (!is.has(id)) drop(id);
  }
  const trustShown = comment !== null && !comment.lastWriteOurs;
  const result = trustShown ? new Set([...shown, ...added]) : told;
  return { ticks: inOrder(result, playbook), lost: [...result].some((id) => !shown.has(id)) };

  function put(id: string): void {
    told.add(id);
    added.add(id);
  }
  function drop(id: string): void {
    told.delete(id);
    added.delete(id);
  }
}

function inOrder(ids: ReadonlySet<string>, playbook: Playbook): string[] {
  const known = [...playbook.phases.flatMap((phase) => phase.steps), ...playbook.criteria].map((step) => step.id);
  // A step that a change of the playbook took away may come back: its tick is kept, counted nowhere.
  return [...known.filter((id) => ids.has(id)), ...[...ids].filter((id) => !known.includes(id))];
}
