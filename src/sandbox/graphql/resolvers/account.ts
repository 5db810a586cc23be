/** People, bots and organisations. */
import { nodeId } from '../../ids.ts';
import { accountByLogin } from '../../read.ts';
import type { Account } from '../../state/accounts.ts';
import type { Context } from '../context.ts';
import { linked } from '../links.ts';
import type { AccountNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { ownerFields } from './owner.ts';

/** A bot's login has no `[bot]` in GraphQL, unlike in REST. */
function shownLogin({ account, asViewer }: AccountNode): string {
  return account.type === 'Bot' && !asViewer ? account.login.replace(/\[bot\]$/, '') : account.login;
}

export function accountNode(account: Account): AccountNode {
  return { __typename: account.type, account };
}

/** Who stands behind a login; null (GitHub's ghost) when the account is gone. */
export function actorNode(context: Context, login: string | null): AccountNode | null {
  const account = login === null ? null : accountByLogin(context.world, login);
  return account ? accountNode(account) : null;
}

/** People only: where the schema wants a `User`. */
export function userNode(context: Context, login: string): AccountNode | null {
  const node = actorNode(context, login);
  return node?.__typename === 'User' ? node : null;
}

/** The sandbox does not keep when accounts were made. */
const beginning = '2020-01-01T00:00:00Z';

const actorFields: Fields<AccountNode> = {
  id: ({ account }) => nodeId(account.type, null, account.id),
  login: shownLogin,
  databaseId: ({ account }) => account.id,
  avatarUrl: ({ account }, _args, context) => `${context.world.url}/avatars/${account.id}`,
  createdAt: () => beginning,
  updatedAt: () => beginning,
  ...linked((node: AccountNode) =>
    node.account.type === 'Bot' ? `/apps/${node.account.login.replace(/\[bot\]$/, '')}` : `/${node.account.login}`,
  ),
};

export const accountResolvers: Record<string, Fields<AccountNode>> = {
  Bot: actorFields,
  User: {
    ...actorFields,
    ...ownerFields,
    name: ({ account }) => account.name,
    email: () => '',
    bio: () => null,
    company: () => null,
    location: () => null,
    isViewer: ({ account }, _args, context) => context.isAuthor(account.login),
    isSiteAdmin: () => false,
    isEmployee: () => false,
  },
  Organization: {
    ...actorFields,
    ...ownerFields,
    name: ({ account }) => account.name,
    email: () => null,
    description: () => null,
    viewerIsAMember: ({ account }, _args, context) =>
      context.login !== null && (context.world.members.get(account.login)?.has(context.login) ?? false),
  },
};
