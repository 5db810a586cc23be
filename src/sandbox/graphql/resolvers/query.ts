/** Where every query begins. */
import type {
  QueryNodeArgs,
  QueryNodesArgs,
  QueryOrganizationArgs,
  QueryRepositoryArgs,
  QueryRepositoryOwnerArgs,
  QueryUserArgs,
} from '@octokit/graphql-schema';
import { accountByLogin } from '../../read.ts';
import type { Engine, Sandbox } from '../../sandbox.ts';
import type { Account } from '../../state/accounts.ts';
import type { Context } from '../context.ts';
import { apiError, forbidden, notFound, unknownId } from '../errors.ts';
import { guardNode } from '../guard.ts';
import { findNode } from '../lookup.ts';
import type { AccountNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { accountNode } from './account.ts';
import { repositoryNamed } from './owner.ts';

function viewer(context: Context): AccountNode {
  const account = context.login === null ? null : accountByLogin(context.world, context.login);
  if (!account) throw forbidden();
  return { __typename: 'User', account, asViewer: true };
}

function accountNamed(context: Context, login: string, kind: string, fits: (account: Account) => boolean): AccountNode {
  const account = accountByLogin(context.world, login);
  if (!account || !fits(account))
    throw notFound(`Could not resolve to a${/^[AO]/.test(kind) ? 'n' : ''} ${kind} with the login of '${login}'.`);
  return accountNode(account);
}

/** An hour's points on GitHub, where the sandbox runs without its server. */
const hourlyPoints = 5000;

function isEngine(sandbox: Sandbox): sandbox is Engine {
  return 'rateOf' in sandbox;
}

function nextHour(now: string): number {
  return Math.floor(Date.parse(now) / 3_600_000 + 1) * 3600;
}

function rateLimit({ sandbox, actor, cost }: Context): Record<string, unknown> {
  const fresh = { limit: hourlyPoints, used: cost.points, remaining: hourlyPoints - cost.points, reset: nextHour(sandbox.now()) };
  const { limit, used, remaining, reset } = isEngine(sandbox) ? sandbox.rateOf(actor, 'graphql') : fresh;
  return { limit, used, remaining, cost: cost.points, nodeCount: cost.nodes, resetAt: new Date(reset * 1000) };
}

export const queryFields: Fields<unknown> = {
  viewer: (_source, _args, context) => viewer(context),
  rateLimit: (_source, _args, context) => rateLimit(context),
  relay: () => ({}),
  id: () => 'Query',
  node: (_source, args: QueryNodeArgs, context) => {
    const node = findNode(context, args.id);
    if (!node) throw unknownId(args.id);
    return node;
  },
  nodes: (_source, args: QueryNodesArgs, context) => {
    if (args.ids.length > 100) {
      throw apiError('ARGUMENT_LIMIT', `You may not provide more than 100 node ids; you provided ${args.ids.length}.`);
    }
    return args.ids.map((id) => {
      const node = findNode(context, id);
      return node ? guardNode(context, node, 'Query.nodes') : unknownId(id);
    });
  },
  repository: (_source, args: QueryRepositoryArgs, context) => repositoryNamed(context, args.owner, args.name),
  repositoryOwner: (_source, args: QueryRepositoryOwnerArgs, context) => {
    const account = accountByLogin(context.world, args.login);
    return account && account.type !== 'Bot' ? accountNode(account) : null;
  },
  organization: (_source, args: QueryOrganizationArgs, context) =>
    accountNamed(context, args.login, 'Organization', (account) => account.type === 'Organization'),
  user: (_source, args: QueryUserArgs, context) =>
    accountNamed(context, args.login, 'User', (account) => account.type === 'User'),
};
