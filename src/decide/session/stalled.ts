/** A session that shows no movement for two sweeps is stalled: derived each time, nothing is stored (L14). */
import type { Cycle } from '../../model/board-facts.ts';
import type { Session, WorklogEntry } from '../../model/session.ts';

const BOT = 'Playcaller';

/**
 * When it last moved, if it is stalled; else null. What the bot noted by itself is no movement; what a sweep saw move
 * (comments, too) moved.
 * @param cycles newest first
 */
export function stalledSince(session: Session, worklog: readonly WorklogEntry[], cycles: readonly Cycle[]): string | null {
  const beforeLast = cycles[1];
  if (session.state !== 'active' || session.startedAt === null || !beforeLast) return null;
  if (cycles.slice(0, 2).some(({ seen }) => seen?.moved.includes(session.number))) return null;
  const moved = lastMove(session.startedAt, worklog);
  return moved < beforeLast.startedAt ? moved : null;
}

/** By the worklog: the newest line that is not the bot's own, else the start. */
export function lastMove(startedAt: string, worklog: readonly WorklogEntry[]): string {
  const times = worklog.filter((entry) => entry.who !== BOT).map((entry) => entry.at);
  return [startedAt, ...times].sort().at(-1) ?? startedAt;
}
