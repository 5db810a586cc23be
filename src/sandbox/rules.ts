/** Which rules hold for a branch, by the repository's active rulesets (GitHub docs, "About rulesets": all of them together). */
import type { Repository } from './state/repository.ts';
import type { Rule, Ruleset } from './state/rulesets.ts';

/** A rule and the ruleset it stands in. */
export interface PlacedRule {
  ruleset: Ruleset;
  rule: Rule;
}

/** `*` stays within a part of the name, `**` does not, `?` is one character (GitHub docs: fnmatch with paths). */
function toRegExp(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function matches(repo: Repository, pattern: string, ref: string): boolean {
  if (pattern === '~ALL') return true;
  if (pattern === '~DEFAULT_BRANCH') return ref === `refs/heads/${repo.defaultBranch}`;
  return toRegExp(pattern).test(ref);
}

/** @param ref full name; only branches have rules here, and not those of the merge queue. */
function applies(repo: Repository, ruleset: Ruleset, ref: string): boolean {
  if (!ref.startsWith('refs/heads/') || ref.startsWith('refs/heads/gh-readonly-queue/')) return false;
  if (ruleset.enforcement !== 'active' || !ruleset.include.some((one) => matches(repo, one, ref))) return false;
  return !ruleset.exclude.some((one) => matches(repo, one, ref));
}

/** Oldest ruleset first. The branch need not exist. */
export function rulesFor(repo: Repository, branch: string): PlacedRule[] {
  return [...repo.rulesets.values()]
    .filter((ruleset) => applies(repo, ruleset, `refs/heads/${branch}`))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })));
}

function parametersOf(repo: Repository, branch: string, type: string): Record<string, unknown>[] {
  return rulesFor(repo, branch).flatMap(({ rule }) => (rule.type === type ? [rule.parameters ?? {}] : []));
}

export interface RequiredCheck {
  context: string;
  /** The app that must have set it; null for any. */
  appId: number | null;
}

/** Parameters of one `required_status_checks` rule, as its schema has promised them. */
export function checksOf(parameters: Record<string, unknown>): RequiredCheck[] {
  const checks = (parameters.required_status_checks ?? []) as { context: string; integration_id?: number | null }[];
  return checks.map(({ context, integration_id }) => ({ context, appId: integration_id ?? null }));
}

/** Every check that some rule of the branch names, each once. `isStrict`: the head must hold the newest base. */
export function requiredChecks(repo: Repository, branch: string): { checks: RequiredCheck[]; isStrict: boolean } {
  const rules = parametersOf(repo, branch, 'required_status_checks');
  const checks = new Map(rules.flatMap(checksOf).map((one) => [`${one.appId}/${one.context}`, one]));
  return { checks: [...checks.values()], isStrict: rules.some((one) => one.strict_required_status_checks_policy === true) };
}

/** Whether new branches are held to the required checks too. */
export function checksOnCreate(repo: Repository, branch: string): boolean {
  return parametersOf(repo, branch, 'required_status_checks').some((one) => one.do_not_enforce_on_create !== true);
}

export interface ReviewRule {
  approvals: number;
  codeOwners: boolean;
  dismissStale: boolean;
  /** The last push wants an approval by somebody else. */
  lastPush: boolean;
  methods: string[];
}

/** All `pull_request` rules of the branch taken together, the strictest wins; null without any. */
export function reviewRule(repo: Repository, branch: string): ReviewRule | null {
  const rules = parametersOf(repo, branch, 'pull_request');
  if (rules.length === 0) return null;
  const some = (key: string): boolean => rules.some((one) => one[key] === true);
  const all = ['merge', 'squash', 'rebase'];
  return {
    approvals: Math.max(...rules.map((one) => Number(one.required_approving_review_count ?? 0))),
    codeOwners: some('require_code_owner_review'),
    dismissStale: some('dismiss_stale_reviews_on_push'),
    lastPush: some('require_last_push_approval'),
    methods: all.filter((method) => rules.every((one) => ((one.allowed_merge_methods as string[]) ?? all).includes(method))),
  };
}

/** Whether changes go in through the merge queue only. */
export function hasMergeQueue(repo: Repository, branch: string): boolean {
  return parametersOf(repo, branch, 'merge_queue').length > 0;
}
