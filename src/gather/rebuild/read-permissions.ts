/** What those may do who commanded in threads whose card is unreadable: asked once for each. */
import { isGitHubFault } from '../../github/errors.ts';
import type { GitHubClient } from '../../github/types.ts';
import type { FoundSession, RebuildFacts } from '../../model/rebuild.ts';
import type { RepoName } from '../../model/repo.ts';
import { permissionOf } from '../permission.ts';
import type { Asking } from './ask.ts';

/** More people than that command in few repositories. */
const AUTHORS_MAX = 50;

export async function permissionsOf(
  sessions: readonly FoundSession[],
  repo: RepoName,
  client: GitHubClient,
  ask: Asking,
): Promise<RebuildFacts['permissions']> {
  const authors = new Set(
    sessions.flatMap(({ comments }) => comments.filter(commands).map(({ author }) => author.login.toLowerCase())),
  );
  const permissions: RebuildFacts['permissions'] = new Map();
  for (const login of authors) {
    if (permissions.size >= AUTHORS_MAX || !ask.mayAsk()) {
      ask.cut.push(`the commands of ${authors.size - permissions.size} people were left out`);
      break;
    }
    permissions.set(login, await permission(login, repo, client));
  }
  return permissions;
}

function commands({ author, ours, done, body }: FoundSession['comments'][number]): boolean {
  return done && !ours && !author.bot && /^\s*\/session\b/m.test(body);
}

/** Someone whose account is gone may do nothing. */
async function permission(login: string, repo: RepoName, client: GitHubClient) {
  try {
    return await permissionOf({ collaborators: null }, login, repo, { client });
  } catch (error) {
    if (isGitHubFault(error) && error.kind === 'gone') return 'none';
    throw error;
  }
}
