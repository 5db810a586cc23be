/** What the actions share: touching an issue, telling the apps, timeline entries. */
import { loginOf } from '../access.ts';
import { issueJson } from '../payload/issue.ts';
import type { Json } from '../payload/json.ts';
import { fullPullJson } from '../payload/pull.ts';
import { isPull } from '../read.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Issue, TimelineEvent } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';

/** App permissions that allow changing it: a pull request also counts as an issue. */
export function scopeOf(issue: Issue): string[] {
  return issue.pull ? ['pull_requests', 'issues'] : ['issues'];
}

/** `issues` or `pull_request` with this action. */
export function emitIssue(
  sandbox: Sandbox,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  action: string,
  extra: Json = {},
): void {
  const subject: Json = isPull(issue)
    ? { number: issue.number, pull_request: fullPullJson(sandbox.world, repo, issue, true) }
    : { issue: issueJson(sandbox.world, repo, issue) };
  sandbox.emit({ event: isPull(issue) ? 'pull_request' : 'issues', action, repo, actor, payload: { ...subject, ...extra } });
}

/** Adds to the timeline and marks the issue as updated. */
export function note(sandbox: Sandbox, actor: Actor, issue: Issue, event: string, detail: Partial<TimelineEvent> = {}): void {
  issue.updatedAt = sandbox.now();
  issue.timeline.push({
    id: sandbox.nextId(),
    event,
    actor: loginOf(sandbox.world, actor),
    createdAt: issue.updatedAt,
    label: null,
    subject: null,
    from: null,
    to: null,
    commitSha: null,
    ...detail,
  });
}
