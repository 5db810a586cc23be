/** Says the commands of a thread again, for what they wrote into the session's notebook and worklog; nothing else is done. */
import { digest } from '../../model/digest.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { FoundComment, FoundSession, RebuildFacts } from '../../model/rebuild.ts';
import type { WorklogEntry } from '../../model/session.ts';
import { isAllowed } from '../commands/allowed.ts';
import { commandLines } from '../commands/command-lines.ts';
import { commandsOf } from '../commands/help.ts';
import type { CommandLine } from '../commands/parse.ts';
import { laneOf } from './lane-of.ts';

/** Only what our own reaction says was done then, by those who may do it now. */
export function replayCommands(from: SessionLedger, found: FoundSession, facts: RebuildFacts): SessionLedger {
  const said = found.comments.filter(({ ours, author, done }) => done && !ours && !author.bot);
  // Commands are refused once a session is over; these were said before.
  const start: SessionLedger = { ...from, session: { ...from.session, state: 'active' } };
  const told = said.reduce(
    (own, comment) => commandLines(comment.body).reduce((each, line) => replay(each, line, comment, found, facts), own),
    start,
  );
  return { ...told, session: { ...told.session, state: from.session.state } };
}

function replay(
  own: SessionLedger,
  { verb, line, rest, below }: CommandLine,
  { id, author, createdAt }: FoundComment,
  found: FoundSession,
  facts: RebuildFacts,
): SessionLedger {
  const command = commandsOf(facts.repo.config).find((candidate) => candidate.verb === verb);
  const permission = facts.permissions.get(author.login.toLowerCase()) ?? 'none';
  if (!command || !isAllowed(permission, command.permission)) return own;
  const now = new Date(createdAt).toISOString();
  const key = `${id}:${digest(line)}`;
  const lane = { ...laneOf(found, own, facts), now, permission };
  const result = command.run({ facts: lane, author: author.login, rest, below, key });
  if (result.kind !== 'ask') return own;
  const { session } = own;
  const { repo, number } = session;
  const log = result.log;
  const entries: WorklogEntry[] = log ? [{ repo, number, key: `said:${key}`, who: author.login, text: log, at: now }] : [];
  return {
    ...own,
    session: {
      ...session,
      records: result.ask.update?.(session.records) ?? session.records,
      evidence: result.ask.evidence ?? session.evidence,
    },
    worklog: [...own.worklog, ...entries],
  };
}
