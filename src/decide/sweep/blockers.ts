/** What blocks, since when, and who is asked once it lasts (W8). */
import type { BoardSession } from '../../model/board-facts.ts';
import type { Blocker } from '../../model/stuck.ts';
import { oldestBlock } from '../session/blocks.ts';
import type { SessionView } from './board-sessions.ts';
import { numberOf } from './lately.ts';
import type { SweepView } from './sweep-view.ts';

type Sessions = ReadonlyMap<number, BoardSession>;

/** S2: escalate after two cycles. */
const ESCALATED = 2;
/** `decideCarried` keeps label moves under this key. */
const BY_LABEL = /^blocked:/;
/** Lines of the worklog that come with a session. What is not among them happened before the oldest. */
const REMEMBERED = 20;

/** One for each blocked session, with its oldest open block; the oldest first. */
export function blockersOf(view: SweepView): Blocker[] {
  const sessions = new Map(view.facts.sessions.map((source) => [source.ledger.session.number, source]));
  return [...view.active, ...view.waiting]
    .filter(({ sweep }) => sweep.blocked)
    .map((one) => ({ one, since: Date.parse(blockedAt(one)) }))
    .sort((a, b) => a.since - b.since || numberOf(a.one) - numberOf(b.one))
    .map(({ one, since }) => blockerOf(one, since, view, sessions));
}

/** @param since in ms */
function blockerOf(one: SessionView, since: number, view: SweepView, sessions: Sessions): Blocker {
  const on = oldestBlock(one.source.ledger.session.records)?.on ?? null;
  const cycles = 1 + (view.facts.history ?? []).filter(({ startedAt }) => Date.parse(startedAt) >= since).length;
  const ended = on?.kind === 'issue' && isOver(sessions.get(on.number));
  const { name, category, blocker } = one.sweep;
  const blocked = { number: numberOf(one), name, category, why: blocker, on, cycles };
  if (!ended && cycles < ESCALATED) return { ...blocked, escalation: null };
  const mitigation = ended ? 'unblock' : on === null ? 'cut-scope' : on.kind === 'issue' ? 'wait-for-issue' : 'ask-owner';
  return { ...blocked, escalation: { owner: ownerOf(one, ended ? null : on, sessions), mitigation } };
}

/** By command; else the label's move, as far as the worklog is remembered; a label that was there from the start, from then. */
function blockedAt({ source }: SessionView): string {
  const { session, worklog } = source.ledger;
  const said = oldestBlock(session.records)?.at;
  if (said !== undefined) return said;
  const last = worklog.findLast(({ key }) => BY_LABEL.test(key));
  const oldest = worklog.length < REMEMBERED ? session.plannedAt : (worklog[0]?.at ?? session.plannedAt);
  return last?.at ?? oldest;
}

/** Who is named; who opened the issue that it waits for; else its own people: who said that it is blocked, who opened it. */
function ownerOf({ source }: SessionView, on: Blocker['on'], sessions: Sessions): string | null {
  if (on?.kind === 'owner') return on.login;
  const theirs = personOf(on === null ? undefined : sessions.get(on.number));
  return theirs ?? oldestBlock(source.ledger.session.records)?.by ?? personOf(source);
}

function personOf(source: BoardSession | undefined): string | null {
  const author = source?.subject?.author;
  return author && !author.bot ? author.login : null;
}

function isOver(source: BoardSession | undefined): boolean {
  const state = source?.ledger.session.state;
  return state === 'completed' || state === 'abandoned';
}
