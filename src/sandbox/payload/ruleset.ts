/** Rulesets and their rules as GitHub's JSON. */
import { nodeId } from '../ids.ts';
import { fullName } from '../read.ts';
import type { PlacedRule } from '../rules.ts';
import type { Repository } from '../state/repository.ts';
import type { Rule, Ruleset } from '../state/rulesets.ts';
import type { World } from '../state/world.ts';
import type { Json, JsonValue } from './json.ts';
import { repoPage, repoUrl } from './repository.ts';

function ruleJson(rule: Rule): Json {
  // What came in as JSON goes out as JSON.
  return { type: rule.type, ...(rule.parameters ? { parameters: rule.parameters as Json } : {}) };
}

/** A ruleset as lists give it: without its rules. */
export function rulesetJson(world: World, repo: Repository, ruleset: Ruleset): Json {
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: 'branch',
    source_type: 'Repository',
    source: fullName(repo),
    enforcement: ruleset.enforcement,
    node_id: nodeId('RepositoryRuleset', repo.id, ruleset.id),
    _links: {
      self: { href: `${repoUrl(world, repo)}/rulesets/${ruleset.id}` },
      html: { href: `${repoPage(world, repo)}/rules/${ruleset.id}` },
    },
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
  };
}

/** @param admin who administers the repository also sees who may bypass: nobody. */
export function fullRulesetJson(world: World, repo: Repository, ruleset: Ruleset, admin: boolean): Json {
  return {
    ...rulesetJson(world, repo, ruleset),
    conditions: { ref_name: { include: [...ruleset.include], exclude: [...ruleset.exclude] } },
    rules: ruleset.rules.map(ruleJson),
    current_user_can_bypass: 'never',
    ...(admin ? { bypass_actors: [] } : {}),
  };
}

/** A rule as `GET /rules/branches/{branch}` gives it. */
export function branchRuleJson(repo: Repository, { ruleset, rule }: PlacedRule): JsonValue {
  return {
    ...ruleJson(rule),
    ruleset_source_type: 'Repository',
    ruleset_source: fullName(repo),
    ruleset_id: ruleset.id,
  };
}
