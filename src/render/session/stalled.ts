/** Words about a session without movement (L14). */

/** @param since when it last moved, ISO 8601 */
export function stalledLine(since: string): string {
  return `no movement since ${since.slice(0, 10)}, for two sweeps. It keeps its slot; any commit, tick or \`/session log\` moves it on.`;
}
