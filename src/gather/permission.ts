/** What the author of a command may do on the repository. */
import { z } from 'zod';
import type { LaneFacts } from '../model/lane-facts.ts';
import { type RepoName, splitRepo } from '../model/repo.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import type { Reading } from './reading.ts';

type Permission = NonNullable<LaneFacts['permission']>;
const LEVELS = { ADMIN: 'admin', MAINTAIN: 'maintain', WRITE: 'write', TRIAGE: 'triage', READ: 'read' } as const;
const Answer = z.object({ permission: z.string(), role_name: z.string().optional() });

export async function permissionOf(
  home: Pick<NonNullable<SubjectQuery['repository']>, 'collaborators'>,
  login: string,
  repo: RepoName,
  reading: Pick<Reading, 'client'>,
): Promise<Permission> {
  const edge = home.collaborators?.edges?.find((candidate) => candidate?.node.login.toLowerCase() === login.toLowerCase());
  if (edge) return LEVELS[edge.permission];
  if (home.collaborators) return 'none';
  // Not every installation may read the list; this one may always be asked.
  const { owner, name } = splitRepo(repo);
  const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
  const answer = await reading.client.rest(route, { owner, repo: name, username: login });
  const { permission, role_name } = Answer.parse(answer.data);
  const level =
    Object.values(LEVELS).find((known) => known === (role_name ?? permission)) ??
    Object.values(LEVELS).find((known) => known === permission);
  return level ?? 'none';
}
