/** What is kept of the checks that ended: flaky ones and trends are read from it by the sweep (W10). */
import type { LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { CheckFact, PullFacts } from '../../model/pull-facts.ts';
import type { CheckSeen } from '../../model/sweep-figures.ts';
import { readCoverage } from '../gate/coverage-text.ts';

/** Outcomes that the last look had not seen; of those that are no verdict on the commit (cancelled, skipped) none. */
export function checksSeen({ detail, repo, now }: LaneFacts, pull: PullFacts): LedgerEffect[] {
  const before = detail?.headSha === pull.headSha ? detail.pull.checks : [];
  const known = new Set(before.map(key));
  const checks = pull.checks.flatMap((check): CheckSeen[] => {
    const { name, state } = check;
    if ((state !== 'success' && state !== 'failure') || known.has(key(check))) return [];
    const reading = readCoverage(check);
    return [
      {
        repo: repo.name,
        sha: pull.headSha,
        name,
        outcome: state,
        durationMs: durationOf(check.startedAt ?? null, check.completedAt ?? null),
        coverage: typeof reading === 'object' ? reading.percent : null,
        number: pull.number,
        at: now,
      },
    ];
  });
  return checks.length > 0 ? [{ kind: 'checks.seen', checks }] : [];
}

function key({ name, state, startedAt }: CheckFact): string {
  return JSON.stringify([name, state, startedAt ?? null]);
}

function durationOf(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const ms = Date.parse(to) - Date.parse(from);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
