/** Installing, suspending and removing the app: what an organisation's owner does in GitHub's settings. */
import { SandboxError } from '../error.ts';
import { installationJson } from '../payload/account.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Installation } from '../state/types.ts';
import { shortRepositories } from './repositories.ts';

export type InstallationChange = 'created' | 'deleted' | 'suspend' | 'unsuspend';

function emit(sandbox: Sandbox, actor: Actor, installation: Installation, action: InstallationChange): void {
  const repos = [...sandbox.world.repositories.values()].filter((repo) => repo.ownerLogin === installation.accountLogin);
  sandbox.emit({
    event: 'installation',
    action,
    repo: null,
    account: installation.accountLogin,
    actor,
    onlyAppId: installation.appId,
    payload: {
      installation: installationJson(sandbox.world, installation),
      repositories: shortRepositories(repos),
      ...(action === 'created' ? { requester: null } : {}),
    },
  });
}

/** @throws 404 when the app is not installed there, 422 when it is already. */
export function changeInstallation(
  sandbox: Sandbox,
  actor: Actor,
  appId: number,
  account: string,
  change: InstallationChange,
): void {
  const { installations } = sandbox.world;
  const known = [...installations.values()].find((one) => one.appId === appId && one.accountLogin === account);
  if (change === 'created') {
    if (known) throw new SandboxError(422, 'The app is installed already.');
    const fresh = { id: sandbox.nextId(), appId, accountLogin: account, createdAt: sandbox.now(), suspendedAt: null };
    installations.set(fresh.id, fresh);
    emit(sandbox, actor, fresh, change);
    return;
  }
  if (!known) throw new SandboxError(404, 'Not Found');
  if (change === 'suspend') known.suspendedAt = sandbox.now();
  if (change === 'unsuspend') known.suspendedAt = null;
  emit(sandbox, actor, known, change);
  if (change === 'deleted') installations.delete(known.id);
}
