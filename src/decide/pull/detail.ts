/** What is kept of a verdict: it can be shown, and tried under another configuration, without asking GitHub (G4, G8). */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { CheckFact, PullFacts } from '../../model/pull-facts.ts';
import type { PullDetail, Verdict } from '../../model/verdict.ts';
import { readCoverage } from '../gate/coverage-text.ts';

/** Some letters of it: what says nothing of coverage is told from what says nothing at all. */
const KEPT_OF_SUMMARY = 20;

/** Hundreds of checks with long summaries would be a megabyte for every event. */
function keptCheck(check: CheckFact): CheckFact {
  const short = { ...check, summary: check.summary?.slice(0, KEPT_OF_SUMMARY) };
  return check.summary && sameReading(check, short) ? short : check;
}

function sameReading(one: CheckFact, other: CheckFact): boolean {
  return JSON.stringify(readCoverage(one)) === JSON.stringify(readCoverage(other));
}

/** Null when the ledger has it already. */
export function detailOf(facts: LaneFacts, pull: PullFacts, verdict: Verdict | null): PullDetail | null {
  const { scan: _scan, files: _files, pulse: _pulse, ...stored } = { ...pull, checks: pull.checks.map(keptCheck) };
  const before = facts.detail ?? null;
  const same = before !== null && JSON.stringify(before.verdict) === JSON.stringify(verdict);
  const at = same ? before.at : facts.now;
  const kept = { ...stored, ownCheck: null, headAt: pull.headAt ?? facts.now };
  const detail = { repo: facts.repo.name, number: pull.number, headSha: pull.headSha, at, pull: kept, verdict };
  // As JSON: what the ledger gave back has no undefined fields.
  return same && JSON.stringify(before.pull) === JSON.stringify(kept) ? null : detail;
}
