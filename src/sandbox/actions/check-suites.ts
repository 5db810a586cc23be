/** Check suites: GitHub makes one per app and commit on each push; runs gather in them. */
import { suiteJson, suiteState } from '../payload/check.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { CheckSuite } from '../state/checks.ts';
import type { Repository } from '../state/repository.ts';

export function suiteOf(repo: Repository, appId: number, sha: string): CheckSuite | null {
  for (const suite of repo.checkSuites.values()) if (suite.appId === appId && suite.headSha === sha) return suite;
  return null;
}

/** Makes the suite when there is none. `branch` is null for the head of a fork. */
export function ensureSuite(sandbox: Sandbox, repo: Repository, appId: number, sha: string, branch: string | null): CheckSuite {
  const known = suiteOf(repo, appId, sha);
  if (known) return known;
  const now = sandbox.now();
  const suite: CheckSuite = { id: sandbox.nextId(), appId, headSha: sha, headBranch: branch, createdAt: now, updatedAt: now };
  repo.checkSuites.set(suite.id, suite);
  return suite;
}

export function branchOfSha(repo: Repository, sha: string): string | null {
  for (const [ref, tip] of repo.refs) if (tip === sha && ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length);
  return null;
}

/** After a push each installed app that may write checks gets `check_suite.requested`, and only its own. */
export function requestSuites(sandbox: Sandbox, actor: Actor, repo: Repository, sha: string, branch: string | null): void {
  for (const installation of sandbox.world.installations.values()) {
    const app = sandbox.world.apps.get(installation.appId);
    if (app?.permissions.checks !== 'write' || installation.accountLogin !== repo.ownerLogin) continue;
    if (suiteOf(repo, app.id, sha)) continue;
    emitSuite(sandbox, actor, repo, ensureSuite(sandbox, repo, app.id, sha, branch), 'requested');
  }
}

/** `requested` and `rerequested` go to the suite's app alone. */
export function emitSuite(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  suite: CheckSuite,
  action: 'requested' | 'rerequested' | 'completed',
): void {
  const payload = { check_suite: suiteJson(sandbox.world, repo, suite) };
  const only = action === 'completed' ? {} : { onlyAppId: suite.appId };
  sandbox.emit({ event: 'check_suite', action, repo, actor, payload, ...only });
}

/** Tells `completed` when the last of its runs has ended just now. */
export function afterRun(sandbox: Sandbox, actor: Actor, repo: Repository, suiteId: number, wasComplete: boolean): void {
  const suite = repo.checkSuites.get(suiteId);
  if (!suite) return;
  suite.updatedAt = sandbox.now();
  if (!wasComplete && suiteState(repo, suite).status === 'completed') emitSuite(sandbox, actor, repo, suite, 'completed');
}
