/** REST: rulesets of a repository, and the rules that hold for a branch. */
import { mayWrite } from '../access.ts';
import { createRuleset, deleteRuleset, type RulesetInput, updateRuleset } from '../actions/index.ts';
import { notFound } from '../error.ts';
import type { Json } from '../payload/json.ts';
import { branchRuleJson, fullRulesetJson, rulesetJson } from '../payload/ruleset.ts';
import { rulesFor } from '../rules.ts';
import type { Repository } from '../state/repository.ts';
import type { Ruleset } from '../state/rulesets.ts';
import { type Call, created, list, noContent, numberParam, ok, pageOf, param, repoOf, route } from './call.ts';

function rulesetOf(call: Call): { repo: Repository; ruleset: Ruleset } {
  const repo = repoOf(call);
  const ruleset = repo.rulesets.get(numberParam(call, 'ruleset_id'));
  if (!ruleset) throw notFound();
  return { repo, ruleset };
}

function json(call: Call, repo: Repository, ruleset: Ruleset): Json {
  const admin = mayWrite(call.world, call.actor, repo, 'admin', 'administration');
  return fullRulesetJson(call.world, repo, ruleset, admin);
}

const repository = '/repos/{owner}/{repo}' as const;
const one = `${repository}/rulesets/{ruleset_id}` as const;

export const rulesetRoutes = [
  route(`GET ${repository}/rulesets`, (call) => {
    const repo = repoOf(call);
    return list(call, [...repo.rulesets.values()].reverse(), (ruleset) => rulesetJson(call.world, repo, ruleset));
  }),
  route(`POST ${repository}/rulesets`, (call) => {
    const repo = repoOf(call);
    // Checked against GitHub's OpenAPI before.
    return created(json(call, repo, createRuleset(call.sandbox, call.actor, repo, call.body as RulesetInput)));
  }),
  route(`GET ${one}`, (call) => {
    const { repo, ruleset } = rulesetOf(call);
    return ok(json(call, repo, ruleset));
  }),
  route(`PUT ${one}`, (call) => {
    const { repo, ruleset } = rulesetOf(call);
    updateRuleset(call.sandbox, call.actor, repo, ruleset, call.body as RulesetInput);
    return ok(json(call, repo, ruleset));
  }),
  route(`DELETE ${one}`, (call) => {
    const { repo, ruleset } = rulesetOf(call);
    deleteRuleset(call.sandbox, call.actor, repo, ruleset);
    return noContent;
  }),
  route(`GET ${repository}/rules/branches/{branch}`, (call) => {
    const repo = repoOf(call);
    const { items, headers } = pageOf(call, rulesFor(repo, param(call, 'branch')));
    return { status: 200, body: items.map((rule) => branchRuleJson(repo, rule)), headers };
  }),
];
