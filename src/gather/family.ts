/** The family of a session's issue: its sub-issues with the sessions that they carry, and its parent (L10). */
import type { SubjectFacts } from '../model/facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Child } from '../model/session.ts';
import type { Ledger } from '../store/types.ts';
import type { IssueSubjectFragment } from './generated/graphql.ts';
import { present } from './map-subject.ts';

/** Stands in the body of a sub-issue that a command made, so that a retry finds it. */
const MARKER = /<!-- playcaller:sub (\S+) -->/;

type Family = Required<Pick<SubjectFacts, 'children' | 'parent'>>;

export async function familyOf(issue: IssueSubjectFragment, ledger: Ledger, repo: RepoName): Promise<Family> {
  const shown = present(issue.subIssues.nodes);
  const list = await Promise.all(
    shown.map(async ({ number, title, url, childState, repository }): Promise<Child> => {
      const home = repository.nameWithOwner;
      const session = (await ledger.session(home, number))?.session ?? null;
      const state = session?.state ?? (childState === 'OPEN' ? 'open' : 'closed');
      // Who may read here may not be allowed to read there: another repository's titles stay there.
      return home === repo ? { number, repo: null, title, url, state } : { number, repo: home, title: '', url, state };
    }),
  );
  const { total, completed } = issue.subIssuesSummary;
  const openHere = shown.filter(({ childState }) => childState === 'OPEN').length;
  const children = { list, total: Math.max(total, list.length), openBeyond: Math.max(0, total - completed - openHere) };
  return { children, parent: await parentSession(issue, ledger, repo) };
}

/** A parent without a session, or in another repository, is nobody to tell. */
async function parentSession({ parent }: IssueSubjectFragment, ledger: Ledger, repo: RepoName): Promise<number | null> {
  if (parent?.repository.nameWithOwner !== repo) return null;
  return (await ledger.session(repo, parent.number)) ? parent.number : null;
}

export function keysIn(bodies: readonly { body: string }[]): string[] {
  return bodies.flatMap(({ body }) => MARKER.exec(body)?.[1] ?? []);
}
