/** Branches of Playcaller's own: what it proposes by pull request, without a session. */

/** Why a session's lane is woken once it is completed: what it proposes is read then. */
export const COMPLETED = 'completed';

const PREFIX = 'playcaller/';

export function archiveBranch(sessionId: string): string {
  return `${PREFIX}archive/${sessionId}`;
}

export function modulesBranch(sessionId: string): string {
  return `${PREFIX}modules/${sessionId}`;
}

export function isOwnBranch(name: string): boolean {
  return name.startsWith(`${PREFIX}archive/`) || name.startsWith(`${PREFIX}modules/`);
}
