/** All that people can see of the repository, as plain data that two moments can be compared by. */
import type { Octokit } from 'octokit';
import { branches } from './looks.ts';
import { SHOP } from './people.ts';

export type Snapshot = Record<string, string>;

/** One entry for each issue, comment, branch and check run. */
export async function snapshot(as: Octokit): Promise<Snapshot> {
  const shot: Snapshot = {};
  const issues = await as.paginate(as.rest.issues.listForRepo, { ...SHOP, state: 'all', per_page: 100 });
  for (const issue of issues) {
    const labels = issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))).sort();
    shot[`#${issue.number}`] = JSON.stringify([issue.title, issue.body, issue.state, issue.state_reason, labels]);
    const comments = await as.paginate(as.rest.issues.listComments, { ...SHOP, issue_number: issue.number, per_page: 100 });
    for (const comment of comments) {
      shot[`#${issue.number} comment ${comment.id}`] = JSON.stringify([comment.body, comment.reactions?.total_count ?? 0]);
    }
    if (issue.pull_request) await addChecks(as, issue.number, shot);
  }
  for (const [name, sha] of Object.entries(await branches(as, ''))) shot[`branch ${name}`] = sha;
  return shot;
}

async function addChecks(as: Octokit, pull: number, shot: Snapshot): Promise<void> {
  const { data } = await as.rest.pulls.get({ ...SHOP, pull_number: pull });
  const runs = await as.paginate(as.rest.checks.listForRef, { ...SHOP, ref: data.head.sha, filter: 'all', per_page: 100 });
  for (const run of runs) {
    shot[`#${pull} check ${run.id}`] = JSON.stringify([run.name, run.head_sha, run.status, run.conclusion, run.output]);
  }
}

/** What differs, in words; empty when nothing does. */
export function differences(before: Snapshot, after: Snapshot): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    if (before[key] === after[key]) return [];
    if (before[key] === undefined) return [`${key} is new: ${after[key]?.slice(0, 300)}`];
    if (after[key] === undefined) return [`${key} is gone`];
    return [`${key} changed\n  from ${before[key]?.slice(0, 600)}\n  to   ${after[key]?.slice(0, 600)}`];
  });
}
