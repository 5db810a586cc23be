/** Rules of rulesets, as a branch shows them. */
import { nodeId } from '../../ids.ts';
import { checksOf, type PlacedRule, rulesFor } from '../../rules.ts';
import type { Repository } from '../../state/repository.ts';
import { type PageArgs, paginate } from '../connection.ts';
import type { RefNode } from '../nodes.ts';

type Parameters = Record<string, unknown>;

/** REST's `snake_case` is GraphQL's `camelCase`; the values are alike. */
function camel(parameters: Parameters): Parameters {
  const name = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [name(key), value]));
}

function parametersOf({ rule }: PlacedRule): Parameters | null {
  const given = rule.parameters ?? {};
  if (rule.type === 'required_status_checks') {
    return {
      __typename: 'RequiredStatusChecksParameters',
      doNotEnforceOnCreate: given.do_not_enforce_on_create ?? false,
      strictRequiredStatusChecksPolicy: given.strict_required_status_checks_policy,
      requiredStatusChecks: checksOf(given).map(({ context, appId }) => ({ context, integrationId: appId })),
    };
  }
  if (rule.type === 'pull_request') {
    const allowedMergeMethods = given.allowed_merge_methods ?? ['merge', 'squash', 'rebase'];
    return { __typename: 'PullRequestParameters', ...camel(given), allowedMergeMethods };
  }
  return rule.type === 'merge_queue' ? { __typename: 'MergeQueueParameters', ...camel(given) } : null;
}

function ruleNode(repo: Repository, placed: PlacedRule): Parameters {
  const { rule, ruleset } = placed;
  return {
    id: nodeId('RepositoryRule', repo.id, rule.id),
    type: rule.type.toUpperCase(),
    parameters: parametersOf(placed),
    repositoryRuleset: {
      id: nodeId('RepositoryRuleset', repo.id, ruleset.id),
      databaseId: ruleset.id,
      name: ruleset.name,
      enforcement: ruleset.enforcement.toUpperCase(),
      target: 'BRANCH',
      createdAt: ruleset.createdAt,
      updatedAt: ruleset.updatedAt,
    },
  };
}

/** `Ref.rules`: those of active rulesets, the ruleset that was touched last first. */
export function rulesOfRef({ repo, ref }: RefNode, args: PageArgs): unknown {
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  const rules = branch === null ? [] : rulesFor(repo, branch);
  const newest = rules.toSorted((a, b) => (a.ruleset.updatedAt < b.ruleset.updatedAt ? 1 : -1));
  return paginate(
    newest,
    args,
    ({ rule }) => rule.id,
    (placed) => ruleNode(repo, placed),
  );
}
