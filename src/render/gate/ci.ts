/** Words of the gate item "ci". */
import type { CheckFact } from '../../model/pull-facts.ts';
import { code, link } from '../markdown.ts';
import { count, listing, points, shortSha } from './phrases.ts';

export const title = 'CI';

const names = (checks: readonly CheckFact[]) =>
  listing(
    checks.map((check) => link(check.name, check.url, 80)),
    6,
  );

export interface CiGroups {
  green: CheckFact[];
  skipped: CheckFact[];
  waiting: CheckFact[];
  approval: CheckFact[];
  failed: CheckFact[];
  timedOut: CheckFact[];
  cancelled: CheckFact[];
}

export function evidence(groups: CiGroups): string {
  return points([
    groups.failed.length > 0 ? `Failed: ${names(groups.failed)}` : null,
    groups.timedOut.length > 0 ? `Ran out of time: ${names(groups.timedOut)}` : null,
    groups.cancelled.length > 0 ? `Cancelled: ${names(groups.cancelled)}` : null,
    groups.approval.length > 0 ? `Blocked until someone approves it: ${names(groups.approval)}` : null,
    groups.waiting.length > 0 ? `Running: ${names(groups.waiting)}` : null,
    groups.green.length > 0 ? `${groups.green.length} green` : null,
  ]);
}

export function green(passed: number, skipped: number, sha: string): string {
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  if (passed === 0) return `${count(skipped, 'check')} skipped on ${code(shortSha(sha))}, none failed`;
  return `${count(passed, 'check')} green on ${code(shortSha(sha))}${rest}`;
}

export function mend(groups: CiGroups): string {
  return points([
    groups.failed.length > 0 ? 'Open what failed, mend it and push.' : null,
    groups.timedOut.length + groups.cancelled.length > 0 ? 'Run what was cancelled or ran out of time again.' : null,
    groups.approval.length > 0 ? 'A maintainer opens the run and presses "Approve and run".' : null,
  ]);
}

export function none(sha: string): string {
  return `No check has reported on ${code(shortSha(sha))} yet`;
}

export const noneMend =
  'Nothing to do if CI is about to start. No CI here? Set `gate.items.ci: off` in `.github/playcaller.yml`.';

export function cut(groups: CiGroups, read: number): string {
  return points([`More checks than the ${read} that were read: the rest is unknown`, evidence(groups)]);
}

export const cutMend = 'Fewer checks on one commit can be read as a whole; until then this stays open.';

export function waitsFor(checks: number): string {
  return checks === 0 ? 'no check yet' : count(checks, 'check');
}
