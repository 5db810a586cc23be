/** What the notebook of a special session needs from GitHub and the ledger: issues made for it, ideas before it (P6, P7). */
import type { IdeaCounts, MadeIssue, SessionLedger } from '../model/facts.ts';
import type { LaneFacts } from '../model/lane-facts.ts';
import { awaitsIssue, countIdeas } from '../model/records.ts';
import type { Ledger } from '../store/ledger-types.ts';
import type { SubjectQuery } from './generated/graphql.ts';
import { present } from './map-subject.ts';

/** Some issue was or is to be made whose number the session does not know: the newest ones are read along. */
export function seeksIssue(own: SessionLedger | null): boolean {
  return own !== null && awaitsIssue(own.session.records);
}

/** Those whose ids are remembered, and the newest of the repository that are ours. */
export function madeIssues(data: SubjectQuery): MadeIssue[] {
  const remembered = present(data.known).flatMap((node) => (node.__typename === 'Issue' ? [node] : []));
  const newest = present(data.repository?.newest?.nodes).filter((issue) => issue.viewerDidAuthor);
  const unique = new Map([...newest, ...remembered].map(({ id, number, body }) => [id, { id, number, body }]));
  return [...unique.values()];
}

export async function notebookFacts(
  own: SessionLedger | null,
  commanded: boolean,
  ledger: Ledger,
): Promise<Pick<LaneFacts, 'ideasBefore'>> {
  if (!own || (!commanded && own.session.records.ideas.length === 0)) return {};
  const { repo, plannedAt, number } = own.session;
  const ideasBefore: IdeaCounts = countIdeas(await ledger.ideaCounts(repo, plannedAt, number));
  return { ideasBefore };
}
