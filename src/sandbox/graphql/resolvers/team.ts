/** Teams. An installation sees them only with the organisation permission `members` (GitHub docs, permissions of apps). */
import { nodeId } from '../../ids.ts';
import { accountByLogin } from '../../read.ts';
import type { Team } from '../../state/accounts.ts';
import { type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';
import { linked } from '../links.ts';
import type { TeamNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { accountNode, userNode } from './account.ts';

/** The team, or the error that takes its place: to an installation without `members`, or a stranger to the organisation. */
export function teamNode(context: Context, team: Team): unknown {
  const { actor } = context;
  const isMember = context.login !== null && (context.world.members.get(team.orgLogin)?.has(context.login) ?? false);
  const isSeen = actor.kind === 'installation' ? actor.permissions.members !== undefined : isMember;
  return isSeen ? ({ __typename: 'Team', team } satisfies TeamNode) : forbidden();
}

/** A page of teams by their ids. */
export function pageOfTeams(context: Context, ids: number[], args: PageArgs): unknown {
  const teams = ids.flatMap((id) => context.world.teams.get(id) ?? []);
  return paginate(
    teams,
    args,
    (team) => team.id,
    (team) => teamNode(context, team),
  );
}

const path = ({ team }: TeamNode): string => `/orgs/${team.orgLogin}/teams/${team.slug}`;

export const teamFields: Fields<TeamNode> = {
  ...linked(path),
  id: ({ team }) => nodeId('Team', null, team.id),
  databaseId: ({ team }) => team.id,
  name: ({ team }) => team.name,
  slug: ({ team }) => team.slug,
  combinedSlug: ({ team }) => `${team.orgLogin}/${team.slug}`,
  description: ({ team }) => team.description,
  privacy: ({ team }) => (team.privacy === 'closed' ? 'VISIBLE' : 'SECRET'),
  createdAt: ({ team }) => team.createdAt,
  updatedAt: ({ team }) => team.createdAt,
  organization: ({ team }, _args, context) => {
    const org = accountByLogin(context.world, team.orgLogin);
    return org ? accountNode(org) : null;
  },
  members: ({ team }, args: PageArgs, context) =>
    paginate([...team.members.keys()], args, String, (login) => userNode(context, login)),
};
