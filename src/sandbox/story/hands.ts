/** What people do in the story more than once: tick boxes, commit a file. */
import type { Octokit } from 'octokit';
import { setTask, tasksOf } from '../page/markdown.ts';
import { SHOP } from './people.ts';

/** Ticks the first `count` open boxes of a comment, as GitHub's own page does: the whole text is written again. */
export async function tickNext(as: Octokit, comment: number, count = 1): Promise<string[]> {
  const { data } = await as.rest.issues.getComment({ ...SHOP, comment_id: comment });
  const { text, ticked } = tickIn(data.body ?? '', count);
  await as.rest.issues.updateComment({ ...SHOP, comment_id: comment, body: text });
  return ticked;
}

/** @returns the new text and the lines that were ticked. */
export function tickIn(source: string, count: number): { text: string; ticked: string[] } {
  let text = source;
  const ticked: string[] = [];
  for (const [index, task] of tasksOf(source).entries()) {
    if (task.checked || ticked.length >= count) continue;
    text = setTask(text, index, task.text, true) ?? text;
    ticked.push(task.text);
  }
  return { text, ticked };
}

/** Commits one file to a branch. @returns the commit's SHA. */
export async function commitFile(as: Octokit, branch: string, path: string, content: string, message: string): Promise<string> {
  const sha = await as.rest.repos
    .getContent({ ...SHOP, path, ref: branch })
    .then(({ data }) => (Array.isArray(data) ? undefined : data.sha))
    .catch(() => undefined);
  const { data } = await as.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path,
    branch,
    message,
    content: Buffer.from(content).toString('base64'),
    sha,
  });
  return data.commit.sha ?? '';
}

/** Opens issues and returns their numbers, in the order of the titles. */
export async function openIssues(as: Octokit, titles: readonly string[]): Promise<number[]> {
  const made = await Promise.all(titles.map((title) => as.rest.issues.create({ ...SHOP, title })));
  return made.map((issue) => issue.data.number);
}

export async function label(as: Octokit, issue: number, ...labels: string[]): Promise<void> {
  await as.rest.issues.addLabels({ ...SHOP, issue_number: issue, labels });
}
