/** `/session recover [resume|rerun|restart]`: how to go on after a failure, and what that costs (B6). */
import type { GitHubEffect } from '../../model/effect.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { LaneFacts, RecoveryAround } from '../../model/lane-facts.ts';
import type { RecoveryOutcome } from '../../model/recovery.ts';
import { subjectLane } from '../../model/repo.ts';
import * as words from '../../render/recover/replies.ts';
import { decideRecovery, type Recovered } from '../recover/decide-recovery.ts';
import { failedSessions, hasFailed } from '../recover/recovery-facts.ts';
import { artefactComment } from '../session/refresh.ts';
import { wrong } from './here.ts';
import { nearest } from './nearest.ts';
import type { Asked, Command, CommandResult } from './types.ts';

const CHOICES: readonly RecoveryOutcome[] = ['resume', 'rerun', 'restart'];
const ROLE = 'recovery';
const ALONE: RecoveryAround = { parent: null, plan: null, sessions: [] };

export const recover: Command = {
  verb: 'recover',
  usage: '/session recover [resume | rerun | restart]',
  does: 'decides how to go on after a failure: what runs again, what is kept, what it costs, and the prompt; on a parent for all that failed below it',
  permission: 'write',
  examples: ['/session recover', '/session recover restart'],
  run(asked) {
    const { facts, rest, key, author } = asked;
    const word = rest.trim().toLowerCase();
    const chosen = CHOICES.find((choice) => choice === word) ?? null;
    if (word !== '' && chosen === null) return wrong(words.noSuchWay(rest, nearest(word, CHOICES), CHOICES));
    if (!facts.own && facts.served) return wrong(words.onIssue(facts.served.session.number));
    const around = facts.recovery ?? ALONE;
    const failed = failedHere(facts, around, key);
    if (failed.length === 0) return wrong(whyNot(facts, around));
    return carriedOut(decideRecovery(facts, around, { failed, chosen, by: author, key }), asked);
  },
};

/** Of the subject itself, else all that failed below it. */
function failedHere({ own, subject }: LaneFacts, around: RecoveryAround, key: string): SessionLedger[] {
  const below = failedSessions(around, key);
  if (own && (hasFailed(own, key) || below.some(({ session }) => session.number === subject.number))) return [own];
  return around.parent === subject.number ? below : [];
}

function whyNot({ own, subject }: LaneFacts, { parent, sessions }: RecoveryAround): string {
  const mending = ({ session: { state, records } }: SessionLedger) =>
    state !== 'completed' && state !== 'abandoned' && (records.failures ?? []).length > 0;
  const known = parent === subject.number ? sessions : own ? [own] : [];
  if (!own && parent !== subject.number) return words.noSession();
  return words.nothingFailed(known.filter(mending).map(({ session }) => session.number));
}

function carriedOut({ ledger, comment, own }: Recovered, { facts, author }: Asked): CommandResult {
  const github = shown(comment, facts);
  if (own === null) {
    const again = { kind: 'wake', lane: subjectLane(facts.repo.name, facts.subject.number), why: 'recovery' } as const;
    return { kind: 'done', effects: { ledger: [...ledger, again], github, after: [] } };
  }
  // One that was given up begins again as by `/session start`.
  const revived = facts.own?.session.state === 'abandoned' ? { start: facts.own.session.type } : {};
  return { kind: 'ask', ledger, github, log: own.log, ask: { by: author, update: own.update, ...revived } };
}

function shown(body: string, facts: LaneFacts): GitHubEffect[] {
  const { subject, own } = facts;
  const comment = artefactComment(facts, own, ROLE);
  if (comment?.body === body) return [];
  const remember = { number: subject.number, role: ROLE };
  return comment
    ? [{ kind: 'comment.update', commentId: comment.id, body }]
    : [{ kind: 'comment.create', subjectId: subject.id, body, remember }];
}
