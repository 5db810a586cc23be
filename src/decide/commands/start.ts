/** `/session start [type] [--anyway]`: begins a session by command, confirms one that is held, revives an abandoned one (L1, L3). */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Session } from '../../model/session.ts';
import * as words from '../../render/commands/lifecycle.ts';
import { commanded } from '../../render/session/reasons.ts';
import { suffixes } from '../session/labels.ts';
import { queuePlace } from '../session/slots.ts';
import { said, wrong } from './here.ts';
import { nearest } from './nearest.ts';
import type { Asked, Command, CommandResult } from './types.ts';

export const start: Command = {
  verb: 'start',
  usage: '/session start [type] [--anyway]',
  does: 'starts a session here; `--anyway` confirms one that is similar to others, or is not its turn in a plan',
  permission: 'triage',
  examples: ['/session start bug-fix', '/session start --anyway'],
  run(asked) {
    const { facts, rest } = asked;
    const parts = rest.split(/\s+/).filter((part) => part !== '');
    const anyway = parts.includes('--anyway');
    const [type, ...more] = parts.filter((part) => part !== '--anyway').map((part) => part.toLowerCase());
    if (more.length > 0) return wrong(words.twoWords(rest));
    const types = facts.repo.playbooks.map((playbook) => playbook.type);
    if (type !== undefined && !types.includes(type)) return wrong(words.unknownType(type, nearest(type, types), types));
    if (facts.subject.state === 'closed') return wrong(words.closed());
    return facts.own ? goOn(facts.own.session, type, anyway, asked) : beginOne(type, types, anyway, asked);
  },
};

function beginOne(type: string | undefined, types: string[], anyway: boolean, asked: Asked): CommandResult {
  const { facts } = asked;
  if (facts.served) return wrong(words.serves(facts.served.session.number));
  const shown = suffixes(facts.subject.labels, facts.repo.config.labels.sessionPrefix);
  if (type === undefined && shown.length === 0) return wrong(words.noType(types));
  const [label] = shown;
  if (type !== undefined && label !== undefined && !shown.includes(type))
    return wrong(words.otherLabel(label, facts.repo.config.labels.sessionPrefix));
  return ask(type ?? label ?? '', anyway, asked);
}

function goOn(session: Session, type: string | undefined, anyway: boolean, asked: Asked): CommandResult {
  const { facts } = asked;
  if (session.state === 'completed') return wrong(words.completedAlready());
  if (type !== undefined && type !== session.type)
    return wrong(words.otherType(session.type, facts.repo.config.labels.sessionPrefix));
  if (session.state === 'active') {
    const again = ask(session.type, false, asked);
    return hasJustStarted(asked) ? again : { ...again, reply: words.startedAlready() };
  }
  const similar = session.holds?.find((hold) => hold.kind === 'similar');
  if (similar && !anyway) return wrong(words.similar([...similar.sessions, ...similar.pulls]));
  const depends = session.holds?.some((hold) => hold.kind === 'depends') ?? false;
  const result = ask(session.type, anyway && (similar !== undefined || depends), asked);
  const reply = session.state === 'planned' && !similar && !(depends && anyway) ? waiting(session, facts) : null;
  return reply === null ? result : { ...result, reply };
}

/** A retry after a crash finds its own work done: the last decision began this session for this person, by command. */
function hasJustStarted({ facts: { own }, author }: Asked): boolean {
  const last = own?.transitions.at(-1);
  return own?.transitions.some(({ at, who, why }) => at === last?.at && who === author && why === commanded()) ?? false;
}

/** Why a planned session has not started by itself. */
function waiting(session: Session, { slots }: LaneFacts): string {
  if (session.holds?.some((hold) => hold.kind === 'approval')) return words.waitsApproval();
  if (session.holds?.some((hold) => hold.kind === 'depends')) return words.waitsPlan(session.plan?.waits ?? []);
  return session.blocked ? words.waitsBlocked() : words.waits(queuePlace(slots, session.number));
}

function ask(type: string, anyway: boolean, asked: Asked): Extract<CommandResult, { kind: 'ask' }> {
  const { facts } = asked;
  const note = said(asked);
  const held = facts.own?.session.holds ?? [];
  // Whoever confirms similar work has not said that its place in a plan does not matter; at a birth both are meant.
  const similar = facts.own === null || held.some((hold) => hold.kind === 'similar');
  const ahead = facts.own === null ? Boolean(facts.subject.plan) : held.some((hold) => hold.kind === 'depends');
  const update = (records: Session['records']) => ({
    ...records,
    anyway: similar ? (records.anyway ?? note) : records.anyway,
    ...(ahead ? { ahead: records.ahead ?? note } : {}),
  });
  const confirmed = { update };
  const result = { kind: 'ask' as const, ask: { by: asked.author, start: type, ...(anyway ? confirmed : {}) } };
  return anyway ? { ...result, log: words.logAnyway() } : result;
}
