/** Small phrases that the sweep's parts share. */

/** `a`, `a and b`, `a, b and c`. */
export function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** At most `max` of them by name, the others counted. */
export function someOf(parts: readonly string[], max: number): string {
  return parts.length <= max ? inWords(parts) : inWords([...parts.slice(0, max), `${parts.length - max} more`]);
}

/** @param share in percent */
export function percent(share: number): string {
  return `${Math.round(share * 10) / 10} %`;
}

/** A duration in the unit that fits. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return `${Math.round(ms)} ms`;
  if (seconds < 120) return `${seconds} s`;
  return `${Math.round(seconds / 6) / 10} min`;
}
