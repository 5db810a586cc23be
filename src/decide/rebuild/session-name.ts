/** The id of a session whose card does not tell: from what is written elsewhere, else made anew. */
import type { FoundSession, RebuildFacts } from '../../model/rebuild.ts';
import { sessionId } from '../session/slug.ts';

const ID = /\d{4}-\d{2}-\d{2}-[a-z0-9-]{1,80}/;

/** @param taken ids of other sessions: a text that names one of those was changed by someone. */
export function idOf(
  { subject, comments, createdAt, card }: FoundSession,
  taken: ReadonlySet<string>,
  facts: RebuildFacts,
): string {
  const { prefix } = facts.repo.config.branches;
  const inText = (pattern: RegExp) => comments.flatMap(({ ours, body }) => (ours ? (pattern.exec(body)?.[1] ?? []) : []));
  const inBranch = (branch: string) => (branch.startsWith(prefix) ? branch.slice(prefix.length) : '');
  const written = [
    ...inText(new RegExp(`^### Session \`(${ID.source})\``, 'm')),
    ...inText(new RegExp(`\\*\\*Session:\\*\\* \`(${ID.source})\``)),
    ...(subject.onPull ? [] : subject.pulls.map((pull) => inBranch(pull.headRef))),
    ...facts.branches.map(inBranch).filter((id) => isNamedAfter(id, subject.title, prefix)),
  ];
  const day = new Date(card?.createdAt ?? createdAt).toISOString().slice(0, 10);
  const whole = new RegExp(`^${ID.source}$`);
  return written.find((id) => whole.test(id) && !taken.has(id)) ?? sessionId(day, subject.title, [...taken], prefix);
}

/** Whether this id was made of that title, on whatever day. */
function isNamedAfter(id: string, title: string, prefix: string): boolean {
  const day = id.slice(0, 10);
  const made = sessionId(day, title, [], prefix);
  return id === made || (id.startsWith(`${made}-`) && /^-\d{1,3}$/.test(id.slice(made.length)));
}
