/** Gate item: new code is covered by tests, as far as a check on the head reports it (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { CheckFact } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/coverage.ts';
import { codeKindsOf, gainsLines } from './code-kinds.ts';
import { readCoverage } from './coverage-text.ts';
import { pathMatcher } from './globs.ts';
import { latestChecks } from './latest-checks.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass, waiting } from './types.ts';

export const coverage: GateItem = {
  id: 'coverage',
  title: words.title,
  defaultLevel: 'required',
  events: ['pull_request', 'check_run', 'status'],
  check,
};

function check({ pull, repo }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { minimum, checks: globs } = GATE_OPTIONS.coverage.parse(options);
  const reports = pathMatcher(globs.map(flat));
  const seen = latestChecks(pull.checks)
    .filter(({ name }) => reports(flat(name)))
    .map((one) => ({ check: one, ...reading(one) }));
  if (seen.length === 0) return pull.checksCut ? fail(words.cut, words.mendCut) : notApplicable(words.none);
  const of = (kind: words.Seen['kind']) => seen.filter((one) => one.kind === kind);
  const figures = seen.filter((one) => one.kind === 'figure').sort((a, b) => a.percent - b.percent);
  const evidence = words.evidence(seen, minimum);
  const low = figures.filter(({ percent }) => percent < minimum);
  if (low.length > 0) return fail(evidence, words.mendLow(low));
  const { wantsTest } = codeKindsOf(repo);
  const unlisted = pull.filesTotal > pull.files.length;
  // Where no code came, a tool often says nothing that could be read: there was nothing to measure.
  const measurable = unlisted || pull.files.some((file) => wantsTest(file.path) && gainsLines(file));
  if (!measurable) return figures.length > 0 ? pass(evidence) : notApplicable(words.noCode);
  const unread = [...of('ended-badly'), ...of('unreadable')];
  if (unread.length > 0) return fail(evidence, words.mendUnread(of('ended-badly'), of('unreadable')));
  if (of('running').length > 0) return waiting(evidence, null, words.waitsFor(of('running').length));
  return figures.length + of('no-lines').length > 0 ? pass(evidence) : notApplicable(evidence);
}

/** Names in any case, and a star may stand for slashes too: `build / diff-coverage` is no path. */
function flat(name: string): string {
  return name.toLowerCase().replaceAll('/', '\u0000');
}

type Kind = { kind: Exclude<words.Seen['kind'], 'figure'> } | { kind: 'figure'; percent: number };

function reading(one: CheckFact): Kind {
  if (one.state === 'waiting') return { kind: 'running' };
  const found = readCoverage(one);
  if (typeof found === 'object') return { kind: 'figure', percent: found.percent };
  // A job of GitHub Actions cannot say more than its colour, and that is the item "ci"'s to judge.
  const isJob = one.app === 'github-actions' && !one.title && !one.summary;
  if (one.state === 'skipped' || isJob) return { kind: 'silent' };
  if (one.state !== 'success' && one.state !== 'neutral') return { kind: 'ended-badly' };
  return { kind: found === 'no-data' ? 'silent' : found };
}
