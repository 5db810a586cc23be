/** Commits as `git format-patch` prints them (media type `application/vnd.github.patch`). */
import type { Repository } from '../state/repository.ts';
import { diffFiles, formatDiff } from './diff.ts';
import { type Commit, commitOf } from './objects.ts';

/** One mail a commit; merges have none, as in git. */
export function formatPatch(repo: Repository, commits: readonly Commit[]): string {
  const plain = commits.filter((commit) => commit.parents.length < 2);
  return plain
    .map((commit, at) => mail(repo, commit, plain.length > 1 ? `[PATCH ${at + 1}/${plain.length}]` : '[PATCH]'))
    .join('');
}

function mail(repo: Repository, commit: Commit, prefix: string): string {
  const [subject = '', ...rest] = commit.message.split('\n');
  const [parent] = commit.parents;
  const before = parent === undefined ? null : (commitOf(repo, parent)?.tree ?? null);
  const head = [
    // The date is git's own marker of a patch mail, the same for all.
    `From ${commit.sha} Mon Sep 17 00:00:00 2001`,
    `From: ${commit.author.name} <${commit.author.email}>`,
    `Date: ${new Date(commit.author.date).toUTCString()}`,
    `Subject: ${prefix} ${subject}`,
  ];
  return `${head.join('\n')}\n${rest.join('\n')}\n---\n\n${formatDiff(diffFiles(repo, before, commit.tree))}\n`;
}
