/** The family of a session's issue: its sub-issues with the sessions that they carry, and its parent (L10). */

import type { SubjectFacts } from '../model/facts.ts';
import { shownState } from '../model/failure.ts';
import type { RepoName } from '../model/repo.ts';
import type { Child } from '../model/session.ts';
import type { Ledger } from '../store/ledger-types.ts';
import type { IssueSubjectFragment } from './generated/graphql.ts';
import { present } from './map-subject.ts';
import { placeIn } from './plan/plan-facts.ts';

/** Stands in the body of a sub-issue that a command made, so that a retry finds it. */
const MARKER = /<!-- playcaller:sub (\S+) -->/;

type Family = Required<Pick<SubjectFacts, 'children' | 'parent' | 'plan'>>;

export async function familyOf(issue: IssueSubjectFragment, ledger: Ledger, repo: RepoName): Promise<Family> {
  const shown = present(issue.subIssues.nodes);
  const list = await Promise.all(
    shown.map(async ({ number, title, url, childState, repository }): Promise<Child> => {
      const home = repository.nameWithOwner;
      const session = (await ledger.session(home, number))?.session ?? null;
      const state = session ? shownState(session) : childState === 'OPEN' ? 'open' : 'closed';
      // Who may read here may not be allowed to read there: another repository's titles stay there.
      return home === repo ? { number, repo: null, title, url, state } : { number, repo: home, title: '', url, state };
    }),
  );
  const { total, completed } = issue.subIssuesSummary;
  const openHere = shown.filter(({ childState }) => childState === 'OPEN').length;
  const children = { list, total: Math.max(total, list.length), openBeyond: Math.max(0, total - completed - openHere) };
  const parent = issue.parent?.repository.nameWithOwner === repo ? issue.parent.number : null;
  const plan = (await placeIn(parent, { repo, number: issue.number }, ledger)) ?? null;
  return { children, parent: await parentToTell(parent, plan !== null, ledger, repo), plan };
}

/** A parent with neither session nor plan, or in another repository, is nobody to tell. */
async function parentToTell(parent: number | null, plans: boolean, ledger: Ledger, repo: RepoName): Promise<number | null> {
  if (parent === null) return null;
  return plans || (await ledger.session(repo, parent)) ? parent : null;
}

export function keysIn(bodies: readonly { body: string }[]): string[] {
  return bodies.flatMap(({ body }) => MARKER.exec(body)?.[1] ?? []);
}
