/** What the story looks at on the sandbox: labels, comments, branches, check runs. */
import type { Octokit } from 'octokit';
import { SHOP } from './people.ts';

export const CARD = '<!-- playcaller:card -->';
export const PLAYBOOK = '<!-- playcaller:playbook -->';
export const READINESS = 'Playcaller / readiness';

export interface SeenComment {
  id: number;
  login: string;
  body: string;
}

export async function labelsOf(as: Octokit, issue: number): Promise<string[]> {
  const { data } = await as.rest.issues.get({ ...SHOP, issue_number: issue });
  return data.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))).sort();
}

export async function commentsOf(as: Octokit, issue: number): Promise<SeenComment[]> {
  const all = await as.paginate(as.rest.issues.listComments, { ...SHOP, issue_number: issue, per_page: 100 });
  return all.map((comment) => ({ id: comment.id, login: comment.user?.login ?? '', body: comment.body ?? '' }));
}

/** Comments that begin with one of the bot's markers; a good story sees one. */
export async function marked(as: Octokit, issue: number, marker: string): Promise<SeenComment[]> {
  return (await commentsOf(as, issue)).filter((comment) => comment.body.startsWith(marker));
}

/** The session's card. @returns an empty text while there is none. */
export async function cardOf(as: Octokit, issue: number): Promise<string> {
  return (await marked(as, issue, CARD))[0]?.body ?? '';
}

/** Branches below a prefix, by name, with their SHAs. */
export async function branches(as: Octokit, prefix: string): Promise<Record<string, string>> {
  const refs = await as.paginate(as.rest.git.listMatchingRefs, { ...SHOP, ref: `heads/${prefix}`, per_page: 100 });
  return Object.fromEntries(refs.map((ref) => [ref.ref.replace('refs/heads/', ''), ref.object.sha]));
}

/** Numbers of the issues that carry a label, open and closed. */
export async function numbersWith(as: Octokit, label: string): Promise<number[]> {
  const all = await as.paginate(as.rest.issues.listForRepo, { ...SHOP, labels: label, state: 'all', per_page: 100 });
  return all.map((issue) => issue.number).sort((one, other) => one - other);
}

/** The newest readiness check of a commit; null while there is none. */
export async function readiness(as: Octokit, sha: string) {
  const runs = await as.rest.checks.listForRef({ ...SHOP, ref: sha, check_name: READINESS });
  return runs.data.check_runs[0] ?? null;
}

export async function headOf(as: Octokit, pull: number): Promise<string> {
  return (await as.rest.pulls.get({ ...SHOP, pull_number: pull })).data.head.sha;
}

/** Everything that a check run says, as one text. */
export function wordsOf(run: { output: { title: string | null; summary: string | null; text: string | null } }): string {
  return [run.output.title, run.output.summary, run.output.text].filter(Boolean).join('\n');
}

/** Cells of the first row of a Markdown table that matches; empty when there is none. */
export function rowOf(markdown: string, pattern: RegExp): string[] {
  const line = markdown.split('\n').find((candidate) => candidate.startsWith('|') && pattern.test(candidate));
  return (line ?? '')
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
