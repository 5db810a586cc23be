/** A session whose card is gone or cannot be believed: from labels, branch, checklist, and the commands in its thread. */
import type { LinkedPull, SessionLedger } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { FoundSession, RebuildFacts } from '../../model/rebuild.ts';
import { NO_RECORDS } from '../../model/records.ts';
import type { PullRecord, Session, SessionState, Transition } from '../../model/session.ts';
import * as why from '../../render/session/reasons.ts';
import { restored, restoredLog } from '../../render/session/restored.ts';
import { readTicks } from '../progress.ts';
import { mergedEvidence } from '../session/complete.ts';
import { hasLabel, stateLabels, suffixes } from '../session/labels.ts';
import { refresh } from '../session/refresh.ts';
import { firstVersion } from './first-version.ts';
import { laneOf } from './lane-of.ts';
import { replayCommands } from './replay-commands.ts';
import { idOf } from './session-name.ts';

/** @param others sessions that are known already: ids are given once. Null: nothing tells which playbook it follows. */
export function fromRest(found: FoundSession, others: readonly SessionLedger[], facts: RebuildFacts): SessionLedger | null {
  const type = typeOf(found, facts);
  if (type === null) return null;
  const taken = new Set(others.map(({ session }) => session.id));
  const pulls = found.subject.pulls.map((pull) => unjudged(pull, found, facts));
  const first = { session: bare(found, type, taken, facts), pulls, transitions: [], worklog: [], artefacts: {} };
  const told = replayCommands(first, found, facts);
  const lane = laneOf(found, told, facts);
  const fresh = refresh(told, { facts: lane, changes: [], ask: null }).session;
  const session = ended({ ...fresh, type, ticks: ticksOf(found, type, facts) }, lane);
  const { repo, number, plannedAt } = session;
  const note = { repo, number, key: `restored:${session.version}`, who: 'Playcaller', text: restoredLog(), at: facts.now };
  return {
    ...told,
    session,
    transitions: movesOf(session),
    worklog: [...told.worklog.filter(({ at }) => at >= plannedAt), note],
  };
}

/** Without a verdict, so that its own lane looks at it. */
function unjudged(pull: LinkedPull, { subject }: FoundSession, { repo }: RebuildFacts): PullRecord {
  const { number, id, title, url, state, draft, headSha, headRef } = pull;
  return {
    repo: repo.name,
    number,
    id,
    title,
    url,
    state,
    draft,
    headSha,
    headRef,
    session: subject.number,
    verdict: null,
    open: [],
  };
}

function typeOf({ subject, comments, card }: FoundSession, { repo }: RebuildFacts): string | null {
  const known = repo.playbooks.map((playbook) => playbook.type);
  const labelled = suffixes(subject.labels, repo.config.labels.sessionPrefix).filter((type) => known.includes(type));
  const playbook = comments.find(({ ours, body }) => ours && body.startsWith('<!-- playcaller:playbook -->'));
  const written = /^\*\*Type:\*\* `([^`\n]+)`/m.exec(playbook?.body ?? '')?.[1];
  const shown = /^\| Playbook \| ([a-z0-9-]+)/m.exec(card?.body ?? '')?.[1];
  return [...labelled, written, shown].find((type) => type !== undefined && known.includes(type)) ?? null;
}

function bare(found: FoundSession, type: string, taken: ReadonlySet<string>, facts: RebuildFacts): Session {
  const { subject, card } = found;
  const state = stateOf(found, facts);
  const id = idOf(found, taken, facts);
  const [pull] = subject.pulls;
  const born = utc(card?.createdAt ?? found.createdAt);
  const since = startOf(found, born);
  const over = state === 'completed' || state === 'abandoned';
  return {
    repo: facts.repo.name,
    number: subject.number,
    id,
    subjectId: subject.id,
    onPull: subject.onPull,
    type,
    state,
    category: null,
    title: subject.title,
    url: subject.url,
    branch: subject.onPull && pull ? pull.headRef : facts.repo.config.branches.prefix + id,
    fastLane: false,
    blocked: false,
    plannedAt: since < born ? since : born,
    startedAt: state === 'planned' ? null : since,
    endedAt: over ? utc(found.closedAt ?? facts.now) : null,
    endedBy: null,
    ticks: [],
    criteria: [],
    evidence: null,
    records: NO_RECORDS,
    version: firstVersion(facts.now),
  };
}

/** The card's heading decides where several labels stand, or none. */
function stateOf({ subject, card }: FoundSession, { repo }: RebuildFacts): SessionState {
  const labelled = stateLabels(subject.labels, repo.config.labels);
  const heading = /^### Session [^\n]* (planned|active|completed|abandoned)$/m.exec(card?.body ?? '')?.[1];
  const shown = (['planned', 'active', 'completed', 'abandoned'] as const).find((state) => state === heading);
  if (shown && (labelled.length === 0 || labelled.includes(shown))) return shown;
  return labelled[0] ?? (subject.state === 'closed' ? 'abandoned' : 'planned');
}

/** The day that the card shows, where that is another than its own first. */
function startOf({ card }: FoundSession, born: string): string {
  const day = /^\| (?:Started|Planned) \| (\d{4}-\d{2}-\d{2}) \|$/m.exec(card?.body ?? '')?.[1];
  return day === undefined || day === born.slice(0, 10) || Number.isNaN(Date.parse(day)) ? born : `${day}T00:00:00.000Z`;
}

function ticksOf({ comments }: FoundSession, type: string, { repo }: RebuildFacts): string[] {
  const comment = comments.find(({ ours, body }) => ours && body.startsWith('<!-- playcaller:playbook -->'));
  const playbook = repo.playbooks.find((candidate) => candidate.type === type);
  if (!comment || !playbook) return [];
  const steps = [...playbook.phases.flatMap((phase) => phase.steps), ...playbook.criteria].map((step) => step.id);
  const { ticks } = readTicks(comment.body);
  return [...steps.filter((id) => ticks.includes(id)), ...ticks.filter((id) => !steps.includes(id))];
}

function ended(session: Session, lane: LaneFacts): Session {
  if (session.state === 'completed') {
    const evidence = session.evidence ?? mergedEvidence(lane) ?? { kind: 'no-code', why: restored(), by: 'Playcaller' };
    return { ...session, evidence };
  }
  if (session.state !== 'abandoned') return { ...session, evidence: null };
  const { labels } = lane.repo.config;
  const labelled = hasLabel(lane.subject.labels, labels.sessionPrefix + session.type);
  const endedBy = lane.subject.state === 'closed' ? 'closed' : labelled ? 'asked' : 'unlabelled';
  return { ...session, evidence: null, endedBy };
}

function movesOf(session: Session): Transition[] {
  const { repo, number, state, startedAt, endedAt, plannedAt } = session;
  const move = (from: SessionState | null, to: SessionState, at: string, reason = restored()): Transition => {
    return { repo, number, from, to, who: 'Playcaller', why: reason, at };
  };
  const moves = [move(null, 'planned', plannedAt)];
  if (startedAt !== null) moves.push(move('planned', 'active', startedAt));
  const last = startedAt === null ? 'planned' : 'active';
  if (state === 'completed' && session.evidence)
    moves.push(move(last, state, endedAt ?? plannedAt, why.completed(session.evidence)));
  if (state === 'abandoned') moves.push(move(last, state, endedAt ?? plannedAt));
  return moves;
}

/** GitHub leaves the milliseconds out; the ledger has them. */
function utc(time: string): string {
  return new Date(time).toISOString();
}
