/** Commit statuses: anyone with write access may set one. */
import { loginOf, mustWrite } from '../access.ts';
import { checkLength, SandboxError } from '../error.ts';
import { commitOf } from '../git/objects.ts';
import { userJson } from '../payload/account.ts';
import { commitJson } from '../payload/commit.ts';
import { repoUrl } from '../payload/repository.ts';
import { fullName } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Status } from '../state/checks.ts';
import type { Repository } from '../state/repository.ts';

export interface StatusInput {
  state: Status['state'];
  context?: string;
  description?: string | null;
  targetUrl?: string | null;
}

/** @throws 422 for an unknown commit, a description over 140 characters, or over 1,000 statuses of a context. */
export function createStatus(sandbox: Sandbox, actor: Actor, repo: Repository, sha: string, input: StatusInput): Status {
  const { world } = sandbox;
  mustWrite(world, actor, repo, 'write', 'statuses');
  const commit = commitOf(repo, sha);
  if (!commit) throw new SandboxError(422, `No commit found for SHA: ${sha}`);
  checkLength('Status', 'description', input.description, 140);
  const context = input.context ?? 'default';
  const alike = repo.statuses.filter((one) => one.sha === sha && one.context === context).length;
  if (alike >= 1000) throw new SandboxError(422, 'This SHA and context has reached the maximum number of statuses.');
  const status: Status = {
    id: sandbox.nextId(),
    sha,
    context,
    state: input.state,
    description: input.description ?? null,
    targetUrl: input.targetUrl || null,
    creator: loginOf(world, actor),
    createdAt: sandbox.now(),
  };
  repo.statuses.push(status);
  const branches = [...repo.refs].filter(([ref, tip]) => tip === sha && ref.startsWith('refs/heads/'));
  sandbox.emit({
    event: 'status',
    action: null,
    repo,
    actor,
    payload: {
      id: status.id,
      sha,
      name: fullName(repo),
      avatar_url: userJson(world, status.creator).avatar_url,
      target_url: status.targetUrl,
      context,
      description: status.description,
      state: status.state,
      commit: commitJson(world, repo, commit),
      branches: branches.map(([ref]) => ({
        name: ref.slice('refs/heads/'.length),
        commit: { sha, url: `${repoUrl(world, repo)}/commits/${sha}` },
        protected: false,
      })),
      created_at: status.createdAt,
      updated_at: status.createdAt,
    },
  });
  return status;
}
