/** Words of the gate item "ci". */
import type { CheckFact } from '../../model/pull-facts.ts';
import { cleanText, code, link } from '../markdown.ts';
import { count, listing, points, shortSha } from './phrases.ts';

export const title = 'CI';

/** A required check that has not reported. `byAnother`: another app's check has its name. */
export interface Missing {
  name: string;
  byAnother: boolean;
}

/** Each with the required ones first. */
export interface CiGroups {
  green: CheckFact[];
  skipped: CheckFact[];
  neutral: CheckFact[];
  waiting: CheckFact[];
  missing: Missing[];
  approval: CheckFact[];
  failed: CheckFact[];
  unstarted: CheckFact[];
  timedOut: CheckFact[];
  cancelled: CheckFact[];
  stale: CheckFact[];
}

const MAX_NAMES = 6;

const names = (checks: readonly CheckFact[]) =>
  listing(
    checks.map((check) => `${link(check.name, check.url, 80)}${check.required ? ' (required)' : ''}`),
    MAX_NAMES,
  );

export function evidence(groups: CiGroups): string {
  const line = (words: string, checks: readonly CheckFact[]) => (checks.length > 0 ? `${words}: ${names(checks)}` : null);
  return points([
    line('Failed', groups.failed),
    line('Could not start', groups.unstarted),
    line('Ran out of time', groups.timedOut),
    line('Cancelled', groups.cancelled),
    line('Given up by GitHub, as it never ended', groups.stale),
    line('Blocked until someone approves it', groups.approval),
    missingLine(groups.missing),
    line('Running', groups.waiting),
    tally(groups),
  ]);
}

function missingLine(missing: readonly Missing[]): string | null {
  if (missing.length === 0) return null;
  const each = missing.map(({ name, byAnother }) => `${code(name, 80)}${byAnother ? ' (another app’s does not count)' : ''}`);
  return `Required, ${missing.length === 1 ? 'has' : 'have'} not reported: ${listing(each, MAX_NAMES)}`;
}

function tally({ green, skipped, neutral }: CiGroups): string | null {
  const parts = [
    green.length > 0 ? `${green.length} green` : null,
    skipped.length > 0 ? `${skipped.length} skipped` : null,
    neutral.length > 0 ? `${neutral.length} neutral` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(', ') : null;
}

export function green(groups: CiGroups, sha: string): string {
  const { green: passed, skipped, neutral } = groups;
  const on = code(shortSha(sha));
  if (passed.length === 0) return `${count(skipped.length + neutral.length, 'check')} on ${on}: ${tally(groups)}, none failed`;
  const rest = [skipped.length > 0 ? `, ${skipped.length} skipped` : '', neutral.length > 0 ? `, ${neutral.length} neutral` : ''];
  return `${count(passed.length, 'check')} green on ${on}${rest.join('')}`;
}

export function mend(groups: CiGroups): string {
  const again = [...groups.timedOut, ...groups.cancelled, ...groups.stale];
  const approval = groups.approval.length === 1 ? 'the run' : 'each of these runs';
  return points([
    groups.failed.length > 0 ? 'Open what failed, mend it and push.' : null,
    groups.unstarted.length > 0 ? 'Open the run: its workflow file has a mistake. Mend it and push.' : null,
    again.length > 0
      ? `Run again: ${listing(
          again.map((check) => link(check.name, check.url, 80)),
          MAX_NAMES,
        )}.`
      : null,
    groups.approval.length > 0
      ? `A person with write access opens ${approval} by its link and approves it; on a fork's pull request the button is "Approve and run".`
      : null,
  ]);
}

export function none(sha: string): string {
  return `No check has reported on ${code(shortSha(sha))} yet`;
}

/** @param until ISO 8601, UTC */
export function untilThen(until: string): string {
  return `Nothing to do if it is about to report. This waits until ${until.slice(0, 10)} ${until.slice(11, 16)} UTC, then it fails.`;
}

export function noneAtAll(sha: string, minutes: number): string {
  return `No check has reported on ${code(shortSha(sha))} in ${count(minutes, 'minute')}`;
}

/** @param inQueue on a merge group's commit, where workflows run by an event of their own */
export function noneMend(inQueue: boolean): string {
  return inQueue
    ? 'Let a workflow run on `merge_group`, too, and queue the pull request again. No CI here? Set `gate.items.ci: off` in `.github/playcaller.yml`.'
    : 'Add a workflow that runs on `pull_request`. No CI here? Set `gate.items.ci: off` in `.github/playcaller.yml` on the default branch.';
}

export function overdue(seen: string, minutes: number): string {
  return points([seen, `Nothing has moved for ${count(minutes, 'minute')}`]);
}

export function overdueMend(inQueue: boolean): string {
  return inQueue
    ? 'Let its workflow run on `merge_group`, too, and queue the pull request again.'
    : 'Start it. Does a path or branch filter keep it from running here? Let it report all the same, or take it out of the required checks.';
}

export function cut(read: number, seen: string): string {
  return points([`Not all checks could be read; ${read.toLocaleString('en-US')} were: the rest is unknown`, seen]);
}

export const cutMend =
  'Report fewer than 1,000 checks on one commit, or let a maintainer look and say `/session waive ci <why>`.';

/** What it waits for, in a few plain words. */
export function waitsFor(checks: readonly { name: string }[]): string {
  const [only] = checks;
  if (only === undefined) return 'no check yet';
  return checks.length === 1 ? cleanText(only.name, 60) : count(checks.length, 'check');
}
