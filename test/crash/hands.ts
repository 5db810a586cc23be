/** What people do in one repository of a round; its issues and pull requests are numbered from 1. */
import type { Octokit } from 'octokit';
import { tickIn } from '../../src/sandbox/story/hands.ts';

export interface Hands {
  issue(title: string, body?: string, ...labels: string[]): Promise<number>;
  label(number: number, ...labels: string[]): Promise<void>;
  unlabel(number: number, label: string): Promise<void>;
  say(number: number, body: string): Promise<void>;
  /** Ticks the first open boxes of the playbook comment. */
  tick(number: number, count: number): Promise<void>;
  file(branch: string, path: string, content: string): Promise<void>;
  /** A branch off `main` with one file and a pull request. */
  pull(branch: string, title: string, body: string): Promise<number>;
  merge(pull: number): Promise<void>;
  edit(number: number, change: { title?: string; body?: string; state?: 'open' | 'closed' }): Promise<void>;
  isSub(parent: number, child: number): Promise<void>;
}

export function handsOf(as: Octokit, repo: string): Hands {
  const home = { owner: 'acme', repo };
  const { issues, pulls, git, repos } = as.rest;
  const file = async (branch: string, path: string, content: string): Promise<void> => {
    const sha = await repos
      .getContent({ ...home, path, ref: branch })
      .then(({ data }) => (Array.isArray(data) ? undefined : data.sha))
      .catch(() => undefined);
    const encoded = Buffer.from(content).toString('base64');
    await repos.createOrUpdateFileContents({ ...home, path, branch, message: `feat: ${path}`, content: encoded, sha });
  };
  return {
    file,
    async issue(title, body = '', ...labels) {
      const { data } = await issues.create({ ...home, title, body, labels });
      return data.number;
    },
    async label(number, ...labels) {
      await issues.addLabels({ ...home, issue_number: number, labels });
    },
    async unlabel(number, label) {
      await issues.removeLabel({ ...home, issue_number: number, name: label });
    },
    async say(number, body) {
      await issues.createComment({ ...home, issue_number: number, body });
    },
    async tick(number, count) {
      const { data } = await issues.listComments({ ...home, issue_number: number, per_page: 100 });
      const playbook = data.find(({ body }) => body?.startsWith('<!-- playcaller:playbook -->'));
      if (!playbook) throw new Error(`acme/${repo}#${number} has no playbook`);
      const { text, ticked } = tickIn(playbook.body ?? '', count);
      if (ticked.length !== count) throw new Error(`${ticked.length} boxes of ${count} could be ticked`);
      await issues.updateComment({ ...home, comment_id: playbook.id, body: text });
    },
    async pull(branch, title, body) {
      const main = await git.getRef({ ...home, ref: 'heads/main' });
      await git.createRef({ ...home, ref: `refs/heads/${branch}`, sha: main.data.object.sha });
      await file(branch, `src/${branch}.ts`, 'export const total = 1;\n');
      const { data } = await pulls.create({ ...home, head: branch, base: 'main', title, body });
      return data.number;
    },
    async merge(pull) {
      await pulls.merge({ ...home, pull_number: pull, merge_method: 'squash' });
    },
    async edit(number, change) {
      await issues.update({ ...home, issue_number: number, ...change });
    },
    async isSub(parent, child) {
      const { data } = await issues.get({ ...home, issue_number: child });
      await issues.addSubIssue({ ...home, issue_number: parent, sub_issue_id: data.id });
    },
  };
}
