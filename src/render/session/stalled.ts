/** Words about a session without movement (L14). */

/** @param since when it last moved, ISO 8601; @param blocked its slot is with another session meanwhile */
export function stalledLine(since: string, blocked: boolean): string {
  const slot = blocked ? 'Nothing is taken away' : 'It keeps its slot';
  return `no movement since ${since.slice(0, 10)}, for two sweeps. ${slot}; any commit, tick or \`/session log\` moves it on.`;
}
