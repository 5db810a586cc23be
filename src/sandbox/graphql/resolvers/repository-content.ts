/** What lies in a repository: branches and objects, and who may write to them. */
import type {
  RepositoryCollaboratorsArgs,
  RepositoryObjectArgs,
  RepositoryRefArgs,
  RepositoryRefsArgs,
} from '@octokit/graphql-schema';
import { atLeast } from '../../access.ts';
import { accountByLogin } from '../../read.ts';
import type { Permission } from '../../state/accounts.ts';
import type { Repository } from '../../state/repository.ts';
import { paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { forbidden, unprocessable } from '../errors.ts';
import { actsAsInstallation } from '../guard.ts';
import { type AccountNode, type RefNode, type RepoNode, refNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { userNode } from './account.ts';
import { gitNode, resolveExpression } from './git.ts';

/** `refs/heads/main`; GitHub also takes `heads/main` and `main`. */
function findRef(repo: Repository, name: string): RefNode | null {
  const full = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`].find((one) => repo.refs.has(one));
  return full ? refNode(repo, full) : null;
}

function refs({ repo }: RepoNode, args: RepositoryRefsArgs): unknown {
  const prefix = args.refPrefix.endsWith('/') ? args.refPrefix : `${args.refPrefix}/`;
  const wanted = args.query?.toLowerCase() ?? '';
  const names = [...repo.refs.keys()]
    .filter((ref) => ref.startsWith(prefix) && ref.slice(prefix.length).toLowerCase().includes(wanted))
    .sort();
  if (args.direction === 'DESC' || args.orderBy?.direction === 'DESC') names.reverse();
  return paginate(names, args, String, (ref) => refNode(repo, ref));
}

/** The owner, where that is a person, and everyone who was given something. */
function collaboratorsOf({ repo }: RepoNode, context: Context): [AccountNode, Permission][] {
  const owner = accountByLogin(context.world, repo.ownerLogin);
  const all = new Map(repo.collaborators);
  if (owner?.type === 'User') all.set(owner.login, 'admin');
  return [...all].flatMap(([login, permission]) => {
    const user = permission === 'none' ? null : userNode(context, login);
    return user ? [[user, permission] as [AccountNode, Permission]] : [];
  });
}

/** Only those who may push see them; an installation needs `metadata`, which it always has. */
function collaborators(node: RepoNode, args: RepositoryCollaboratorsArgs, context: Context): unknown {
  if (!atLeast(context.permission(node.repo), 'write') && !actsAsInstallation(context, node.repo)) {
    throw forbidden('You do not have permission to view repository collaborators.');
  }
  const login = args.login?.toLowerCase();
  const query = args.query?.toLowerCase();
  const found = collaboratorsOf(node, context).filter(
    ([{ account }]) =>
      (!login || account.login.toLowerCase() === login) &&
      (!query || account.login.toLowerCase().includes(query) || (account.name ?? '').toLowerCase().includes(query)),
  );
  const shown = paginate(
    found,
    args,
    ([{ account }]) => account.id,
    ([user, permission]) => ({ user, permission: permission.toUpperCase() }),
  );
  return {
    ...shown,
    nodes: shown.nodes.map((one) => one.user),
    edges: shown.edges.map(({ cursor, node: one }) => ({ cursor, permission: one.permission, node: one.user })),
  };
}

export const repositoryContent: Fields<RepoNode> = {
  defaultBranchRef: ({ repo }) => findRef(repo, `refs/heads/${repo.defaultBranch}`),
  ref: ({ repo }, args: RepositoryRefArgs) => findRef(repo, args.qualifiedName),
  refs,
  object: ({ repo }, args: RepositoryObjectArgs) => {
    if (args.oid) return gitNode(repo, String(args.oid));
    if (!args.expression) throw unprocessable('An oid or expression argument is required.');
    return resolveExpression(repo, args.expression);
  },
  collaborators,
};
