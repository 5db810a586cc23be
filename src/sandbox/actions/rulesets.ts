/** Rulesets: made, changed and deleted by admins. */
import { mayWrite, mustRead, mustWrite } from '../access.ts';
import { notFound, SandboxError } from '../error.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Repository } from '../state/repository.ts';
import type { Rule, Ruleset } from '../state/rulesets.ts';

export interface RulesetInput {
  name?: string;
  target?: string;
  enforcement?: Ruleset['enforcement'];
  bypass_actors?: unknown[];
  conditions?: { ref_name?: { include?: string[]; exclude?: string[] } };
  rules?: { type: string; parameters?: Record<string, unknown> }[];
}

/** What needs parameters says nothing without them. */
const bare = new Set(['creation', 'update', 'deletion', 'non_fast_forward', 'required_linear_history', 'required_signatures']);
const known = new Set(['required_status_checks', 'pull_request', 'merge_queue']);

function refuse(message: string): SandboxError {
  return new SandboxError(422, 'Validation Failed', [message]);
}

function checkPattern(pattern: string): void {
  const good = pattern === '~DEFAULT_BRANCH' || pattern === '~ALL' || /^refs\/heads\/.+/.test(pattern);
  if (!good) throw refuse(`Invalid target patterns: '${pattern}'`);
}

/** The sandbox keeps branch rulesets without bypass lists, and says so where it is asked for more. */
function checkInput(repo: Repository, input: RulesetInput, id: number | null): void {
  if (input.target !== undefined && input.target !== 'branch') throw refuse('The sandbox has rulesets for branches only.');
  if (input.bypass_actors && input.bypass_actors.length > 0) throw refuse('The sandbox has no bypass lists.');
  const twin = [...repo.rulesets.values()].some((one) => one.name === input.name && one.id !== id);
  if (twin) throw refuse('Name must be unique');
  for (const rule of input.rules ?? []) {
    if (!known.has(rule.type)) {
      const words = bare.has(rule.type) ? `The sandbox does not enforce ${rule.type}.` : `Invalid rule '${rule.type}'`;
      throw refuse(words);
    }
    if (!rule.parameters) throw refuse(`Invalid rule '${rule.type}': parameters are missing`);
  }
  const types = (input.rules ?? []).map((rule) => rule.type);
  if (new Set(types).size < types.length) throw refuse('Rules must be unique by type');
  for (const pattern of input.conditions?.ref_name?.include ?? []) checkPattern(pattern);
  for (const pattern of input.conditions?.ref_name?.exclude ?? []) checkPattern(pattern);
}

/** People without admin rights are told that there is nothing, apps that they may not (GitHub docs: 404). */
function mustAdminister(sandbox: Sandbox, actor: Actor, repo: Repository): void {
  mustRead(sandbox.world, actor, repo);
  if (actor.kind === 'user' && !mayWrite(sandbox.world, actor, repo, 'admin', 'administration')) throw notFound();
  mustWrite(sandbox.world, actor, repo, 'admin', 'administration');
}

function rulesOf(sandbox: Sandbox, input: RulesetInput): Rule[] {
  return (input.rules ?? []).map(({ type, parameters }) => ({ id: sandbox.nextId(), type, parameters: parameters ?? null }));
}

/** @throws 404 for those who do not administer the repository; 422 for what is no ruleset. */
export function createRuleset(sandbox: Sandbox, actor: Actor, repo: Repository, input: RulesetInput): Ruleset {
  mustAdminister(sandbox, actor, repo);
  checkInput(repo, input, null);
  const now = sandbox.now();
  const ruleset: Ruleset = {
    id: sandbox.nextId(),
    name: input.name ?? '',
    enforcement: input.enforcement ?? 'active',
    include: input.conditions?.ref_name?.include ?? [],
    exclude: input.conditions?.ref_name?.exclude ?? [],
    rules: rulesOf(sandbox, input),
    createdAt: now,
    updatedAt: now,
  };
  repo.rulesets.set(ruleset.id, ruleset);
  return ruleset;
}

/** What is left out stays; rules are replaced as a whole. */
export function updateRuleset(sandbox: Sandbox, actor: Actor, repo: Repository, ruleset: Ruleset, input: RulesetInput): void {
  mustAdminister(sandbox, actor, repo);
  checkInput(repo, input, ruleset.id);
  ruleset.name = input.name ?? ruleset.name;
  ruleset.enforcement = input.enforcement ?? ruleset.enforcement;
  ruleset.include = input.conditions?.ref_name?.include ?? ruleset.include;
  ruleset.exclude = input.conditions?.ref_name?.exclude ?? ruleset.exclude;
  if (input.rules) ruleset.rules = rulesOf(sandbox, input);
  ruleset.updatedAt = sandbox.now();
}

export function deleteRuleset(sandbox: Sandbox, actor: Actor, repo: Repository, ruleset: Ruleset): void {
  mustAdminister(sandbox, actor, repo);
  repo.rulesets.delete(ruleset.id);
}
