/** What the ledger keeps of a pull request, and what it saw happen since the last look. */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { PullFacts } from '../../model/pull-facts.ts';
import type { PullRecord, WorklogEntry } from '../../model/session.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import type { Verdict } from '../../model/verdict.ts';
import * as words from '../../render/session/worklog.ts';

/**
 * @param now ISO 8601, UTC: when a head that was not seen before is seen first
 * @param groups merge groups to be remembered
 */
export function recordOf(
  pull: PullFacts,
  repo: string,
  session: number | null,
  verdict: Verdict | null,
  now: string,
  groups: Pick<PullRecord, 'group' | 'left'>,
): PullRecord {
  const open =
    verdict?.items.filter((item) => item.level === 'required' && (item.status === 'fail' || item.status === 'waiting')) ?? [];
  return {
    repo,
    number: pull.number,
    id: pull.id,
    title: pull.title,
    url: pull.url,
    state: pull.state,
    draft: pull.draft,
    headSha: pull.headSha,
    headRef: pull.headRef,
    baseRef: pull.baseRef,
    session,
    verdict: verdict?.state ?? null,
    open: open.map((item) => item.id),
    ...(pull.pulse === undefined ? {} : { pulse: pull.pulse }),
    headAt: pull.headAt ?? now,
    ...groups,
  };
}

/** Worklog lines of the session that it serves; keys make a second look harmless. */
export function seen(
  before: PullRecord | null,
  after: PullRecord,
  { pull, now }: Pick<LaneFacts, 'pull' | 'now'>,
  changes: readonly ChangeInput[],
): WorklogEntry[] {
  if (after.session === null) return [];
  // Checks and other people's comments may have come along: only the event itself tells who did it.
  const whoOf = (event: string) =>
    changes.findLast((change) => change.event === event && change.sender !== null)?.sender ?? pull?.author.login ?? 'Playcaller';
  const entries: WorklogEntry[] = [];
  const add = (key: string, text: string, by: string) =>
    entries.push({
      repo: after.repo,
      number: after.session ?? 0,
      key: `pr-${after.number}:${key}`,
      who: by,
      text,
      at: now,
    });
  if (before === null || before.session !== after.session)
    add('open', words.pullOpened(after.number), whoOf('pull_request.opened'));
  else if (before.headSha !== after.headSha)
    add(after.headSha, words.pushed(after.number, after.headSha), whoOf('pull_request.synchronize'));
  if (after.state === 'merged' && before?.state !== 'merged')
    add('merged', words.merged(after.number), pull?.mergedBy ?? whoOf('pull_request.closed'));
  if (after.state === 'closed' && before?.state === 'open')
    add(`closed:${after.headSha}`, words.pullClosed(after.number), whoOf('pull_request.closed'));
  if (after.state === 'open' && before?.verdict !== after.verdict) {
    if (after.verdict === 'pass') add(`${after.headSha}:pass`, words.gatePassed(after.number), 'Playcaller');
    if (after.verdict === 'fail') add(`${after.headSha}:fail`, words.gateFailed(after.number, after.open.length), 'Playcaller');
  }
  return entries;
}
