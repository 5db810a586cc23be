/** Small phrases that the gate's words share. */

/** `1 file`, `3 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and 4 more`. `parts` are Markdown already. */
export function listing(parts: readonly string[], max = 8): string {
  const shown = parts.slice(0, max);
  const rest = parts.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** Seven characters, as GitHub shows a commit. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** Several points in one cell of the table. */
export function points(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('<br>');
}
