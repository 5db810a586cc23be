/** The version that a restored session begins with. */

const MINUTE_MS = 60_000;

/**
 * Minutes since 1970: above all versions that it had before, since none is written sixty times an hour for years. Keys
 * in the worklog and in replies name the version, so that none may come twice.
 * @param now ISO 8601, UTC
 */
export function firstVersion(now: string): number {
  return Math.floor(Date.parse(now) / MINUTE_MS);
}
