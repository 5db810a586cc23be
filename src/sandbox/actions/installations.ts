/** Installing, suspending and removing the app: what an organisation's owner does in GitHub's settings. */
import { SandboxError } from '../error.ts';
import { installationJson } from '../payload/account.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor, Installation } from '../state/accounts.ts';
import { shortRepositories } from './repositories.ts';

export type InstallationChange = 'created' | 'deleted' | 'suspend' | 'unsuspend' | 'new_permissions_accepted';

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

function askedFor({ world }: Sandbox, appId: number): Pick<Installation, 'permissions' | 'events'> {
  const { permissions = {}, events = [] } = world.apps.get(appId) ?? {};
  return { permissions: { ...permissions }, events: [...events] };
}

/**
 * What the app's owner does in its settings. Installations keep what they have granted: more of it waits for their owners,
 * less of it takes effect at once (GitHub docs, "Modifying a GitHub App registration").
 */
export function changeApp(sandbox: Sandbox, appId: number, wanted: Partial<Pick<Installation, 'permissions' | 'events'>>): void {
  const app = sandbox.world.apps.get(appId);
  if (!app) throw new SandboxError(404, 'Not Found');
  app.permissions = { ...(wanted.permissions ?? app.permissions), metadata: 'read' };
  app.events = [...(wanted.events ?? app.events)];
  for (const one of sandbox.world.installations.values()) {
    if (one.appId !== appId) continue;
    for (const [name, access] of Object.entries(one.permissions)) {
      const asked = app.permissions[name];
      if (!asked) delete one.permissions[name];
      else if (asked === 'read' && access === 'write') one.permissions[name] = 'read';
    }
    // Events that need no new permission come and go at once.
    const waits = Object.entries(app.permissions).some(([name, access]) => one.permissions[name] !== access);
    one.events = app.events.filter((event) => !waits || one.events.includes(event));
  }
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
    const fresh = {
      id: sandbox.nextId(),
      appId,
      accountLogin: account,
      createdAt: sandbox.now(),
      suspendedAt: null,
      ...askedFor(sandbox, appId),
    };
    installations.set(fresh.id, fresh);
    emit(sandbox, actor, fresh, change);
    return;
  }
  if (!known) throw new SandboxError(404, 'Not Found');
  if (change === 'suspend') known.suspendedAt = sandbox.now();
  if (change === 'unsuspend') known.suspendedAt = null;
  if (change === 'new_permissions_accepted') Object.assign(known, askedFor(sandbox, appId));
  emit(sandbox, actor, known, change);
  if (change === 'deleted') installations.delete(known.id);
}
