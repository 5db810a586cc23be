/** What people do in the scenes, beside what the story's people do. */
import type { Octokit } from 'octokit';
import { commitFile } from '../../src/sandbox/story/hands.ts';
import { marked } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import type { Studio } from './studio.ts';

export const BODY = `The second voucher takes nothing off.

## Acceptance criteria
- [ ] Two vouchers both count
`;

export const DESCRIPTION = `Closes #1

## What and why
Each voucher is taken off once, so that totals are right.

## Root cause
The loop ended after the first voucher.

## Risk
Low: one function, covered by tests.

## Testing
The unit tests pass; the new one fails without the change.

## Rollout
With the next release.

## Rollback
Revert the commit.
`;

/** Issue 1, labelled by alice, with its session under way. */
export async function begin({ alice, act, settle }: Studio, body = BODY, labels = ['session:bug-fix']): Promise<void> {
  await act(() => alice.rest.issues.create({ ...SHOP, title: 'Checkout total is wrong', body }));
  await act(() => alice.rest.issues.addLabels({ ...SHOP, issue_number: 1, labels }));
  await settle();
}

/** The bot's comment on the issue that begins with `marker`. */
export async function commentOf(as: Octokit, issue: number, marker: string): Promise<{ comment_id: number; body: string }> {
  const [found] = await marked(as, issue, marker);
  if (!found) throw new Error(`#${issue} has no comment ${marker}`);
  return { comment_id: found.id, body: found.body };
}

export const SESSION_BRANCH = 'session/2026-11-20-checkout-total-is-wrong';

/** bob commits to the branch of session 1. */
export function commit({ bob }: Studio, path: string, content: string, branch = SESSION_BRANCH): Promise<string> {
  return commitFile(bob, branch, path, content, `fix: change ${path}`);
}

export interface WantedPull {
  head?: string;
  title?: string;
  body?: string;
  draft?: boolean;
}

export function openPull(
  as: Octokit,
  { head = SESSION_BRANCH, title = 'fix(cart): count all vouchers', body = DESCRIPTION, draft }: WantedPull = {},
) {
  return as.rest.pulls.create({ ...SHOP, base: 'main', head, title, body, draft });
}

/** CI begins on a commit. @returns the way to say how it ended. */
export async function startCi({ ci }: Studio, sha: string): Promise<(conclusion: 'success' | 'failure') => Promise<unknown>> {
  const { data: run } = await ci.rest.checks.create({ ...SHOP, name: 'ci / test', head_sha: sha, status: 'in_progress' });
  return (conclusion) => ci.rest.checks.update({ ...SHOP, check_run_id: run.id, status: 'completed', conclusion });
}
