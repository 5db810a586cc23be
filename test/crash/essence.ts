/** What a repository came to, as lines that two runs of the same act have in common: no ids, SHAs, times. */
import type { Octokit } from 'octokit';

/** A line for each issue, comment, reaction, branch and check run, in order. */
export async function essence(as: Octokit, name: string): Promise<string[]> {
  const home = { owner: 'acme', repo: name };
  const lines: string[] = [];
  const issues = await as.paginate(as.rest.issues.listForRepo, { ...home, state: 'all', per_page: 100 });
  for (const issue of issues) {
    const labels = issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))).sort();
    const { number, title, state, state_reason: why } = issue;
    lines.push(`#${number} ${title} ${state} ${why} ${labels.join()} ${issue.body}`);
    const comments = await as.paginate(as.rest.issues.listComments, { ...home, issue_number: number, per_page: 100 });
    for (const { body, user, reactions } of comments) {
      const felt = Object.entries(reactions ?? {}).filter(
        ([what, count]) => what !== 'total_count' && typeof count === 'number' && count > 0,
      );
      lines.push(`#${number} comment of ${user?.login}: ${body} ${JSON.stringify(felt)}`);
    }
    if (issue.pull_request) lines.push(...(await checks(as, home, number)));
  }
  const refs = await as.paginate(as.rest.git.listMatchingRefs, { ...home, ref: 'heads/', per_page: 100 });
  for (const { ref } of refs) lines.push(ref);
  return lines.map((line) => inOrder(plain(line, name))).sort();
}

async function checks(as: Octokit, home: { owner: string; repo: string }, pull: number): Promise<string[]> {
  const commits = await as.paginate(as.rest.pulls.listCommits, { ...home, pull_number: pull, per_page: 100 });
  const lines: string[] = [];
  for (const [at, { sha }] of commits.entries()) {
    const runs = await as.paginate(as.rest.checks.listForRef, { ...home, ref: sha, filter: 'all', per_page: 100 });
    // What stood on a commit that is no longer the head depends on how fast the next one came.
    const isHead = at === commits.length - 1;
    for (const { name, status, conclusion, output } of runs) {
      const said = isHead ? `${status} ${conclusion} ${output.title} ${output.summary} ${output.text}` : '';
      lines.push(`#${pull} commit ${at} check ${name} ${said}`);
    }
  }
  return lines;
}

/** Lanes look beside each other: which line of the worklog comes first is a matter of chance. */
function inOrder(text: string): string {
  const lines = text.split('\n');
  const log = lines.filter((line) => line.startsWith('- DAY · ')).sort();
  return lines.map((line) => (line.startsWith('- DAY · ') ? (log.shift() ?? line) : line)).join('\n');
}

function plain(line: string, repo: string): string {
  return (
    line
      .replaceAll(repo, 'REPO')
      // It says once more what is shown above it, by the millisecond.
      .replace(/<!-- playcaller:state .*? -->/g, '')
      .replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
      .replace(/\b\d{4}-\d{2}-\d{2}\b/g, 'DAY')
      .replace(/\b\d{2}:\d{2}( UTC)?\b/g, 'TIME')
      .replace(/\b[0-9a-f]{40}\b/g, 'SHA')
      // One in a thousand is of letters only.
      .replace(/\b[0-9a-f]{7,16}\b/g, 'HEX')
      .replace(/\b[A-Z]{1,4}_[A-Za-z0-9_-]{6,}/g, 'ID')
      // A key of ours that is made of a comment's id.
      .replace(/<!-- playcaller:(sub|made|reply ID) [a-z0-9]+/g, '<!-- playcaller:$1 KEY')
      .replace(/https?:\/\/127\.0\.0\.1:\d+/g, 'URL')
      .replace(/#issuecomment-\d+/g, '#COMMENT')
      .replace(/\/(runs|check-runs)\/\d+/g, '/$1/N')
  );
}

export interface Difference {
  /** In the calm run only: somebody's work did not come to anything, or to something else. */
  missing: string[];
  /** In the stormy run only. */
  extra: string[];
}

export function compare(calm: readonly string[], storm: readonly string[]): Difference {
  const extra = [...storm];
  const missing = calm.filter((line) => {
    const at = extra.indexOf(line);
    if (at >= 0) extra.splice(at, 1);
    return at < 0;
  });
  return { missing, extra };
}
