/** A pretend CI for the demo: `ci / test` on each pull request's head, green after about a second. */
import { createCheckRun, updateCheckRun } from './actions/index.ts';
import { commitOf } from './git/objects.ts';
import { pullsWithHead } from './read.ts';
import type { Sandbox } from './sandbox.ts';
import type { Actor } from './state/accounts.ts';
import type { Repository } from './state/repository.ts';

const durationMs = 1000;

function ciActor(sandbox: Sandbox): Actor | null {
  for (const installation of sandbox.world.installations.values()) {
    const app = sandbox.world.apps.get(installation.appId);
    if (app?.slug !== 'sandbox-ci') continue;
    const { permissions, botLogin: login } = app;
    return { kind: 'installation', login, appId: app.id, installationId: installation.id, permissions };
  }
  return null;
}

/** A commit whose message holds `[ci fail]` fails. Returns the way to stop. */
export function startPretendCi(sandbox: Sandbox): () => void {
  const timers = new Set<NodeJS.Timeout>();

  function start(repo: Repository, sha: string): void {
    const actor = ciActor(sandbox);
    if (!actor || [...repo.checkRuns.values()].some((run) => run.headSha === sha && run.name === 'ci / test')) return;
    const run = createCheckRun(sandbox, actor, repo, 'ci / test', sha, { status: 'queued' });
    const fails = commitOf(repo, sha)?.message.includes('[ci fail]') ?? false;
    const output = { title: fails ? '1 test failed' : 'All tests passed', summary: 'The sandbox pretends to test.' };
    const timer = setTimeout(() => {
      timers.delete(timer);
      updateCheckRun(sandbox, actor, repo, run, { status: 'completed', conclusion: fails ? 'failure' : 'success', output });
    }, durationMs);
    timers.add(timer);
  }

  sandbox.onPush.push(({ repo, ref, after }) => {
    if (!ref.startsWith('refs/heads/')) return;
    for (const pull of pullsWithHead(sandbox.world, repo, ref.slice('refs/heads/'.length))) {
      if (pull.issue.state === 'open') start(pull.repo, after);
    }
  });
  sandbox.onPull.push(({ repo, issue }) => start(repo, issue.pull.headSha));
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
