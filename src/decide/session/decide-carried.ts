/** Decides for the session that an issue or pull request carries, or may begin to carry. */
import type { Effects, LedgerEffect } from '../../model/effect.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { boardLane } from '../../model/repo.ts';
import type { PullRecord, Session, WorklogEntry } from '../../model/session.ts';
import { blockedByLabel, merged, moved, ticked, unblockedByLabel } from '../../render/session/worklog.ts';
import { tickable } from './accepted.ts';
import { advance, claimOf } from './advance.ts';
import { hasLabel } from './labels.ts';
import { type Advance, type Context, lastSender } from './move.ts';
import { present } from './present.ts';
import { proposals } from './proposals.ts';
import { afterWords, sayEffects } from './say.ts';
import { playbookOf } from './view.ts';
import { wakes } from './wakes.ts';

/** @param seen worklog lines that the pull request's own look just added */
export function decideCarried(context: Context, seen: readonly WorklogEntry[]): Effects {
  const { facts } = context;
  const effects: Effects = { ledger: incident(context), github: [], after: [] };
  const result = advance(context);
  if (result.session === null) {
    effects.github.push(...sayEffects(result.says, facts.subject));
    return effects;
  }
  const before = facts.own?.session ?? null;
  const session = { ...result.session, version: (before?.version ?? 0) + 1 };
  const next: Advance = { ...result, session };
  const entries = [
    ...mergeEntries(next, context),
    ...moveEntries(next),
    ...tickEntries(next, context),
    ...blockEntries(next, context),
    ...saidEntries(next, context),
  ];
  const pulls = currentPulls(facts);
  const shown = {
    session,
    pulls,
    transitions: [...(facts.own?.transitions ?? []), ...result.moves],
    worklog: [...(facts.own?.worklog ?? []), ...seen.filter(() => facts.subject.onPull), ...entries],
    cycles: facts.cycles ?? [],
  };
  const presented = present(next, shown, context);
  const said = sayEffects(result.says, facts.subject);
  effects.github.push(...afterWords(said, presented.github), ...said);
  effects.after.push(...presented.after);
  const proposed = proposals(next, shown, facts);
  effects.github.push(...proposed.github);
  effects.ledger.push(...proposed.ledger);
  const changed = before === null || !sameSession(before, session);
  if (changed || presented.github.length > 0) {
    effects.ledger.push({ kind: 'session.save', session, claim: claimOf(next, context) });
  }
  effects.ledger.push(
    ...result.moves.map((transition): LedgerEffect => ({ kind: 'transition.add', transition })),
    ...entries.map((entry): LedgerEffect => ({ kind: 'worklog.add', entry })),
    ...presented.ledger,
    ...wakes(before, next, pulls, entries, facts),
  );
  return effects;
}

/** The ledger's records, brought up to date with what GitHub shows now. */
function currentPulls(facts: LaneFacts): PullRecord[] {
  const known = facts.own?.pulls ?? [];
  const fresh = facts.subject.pulls.map((pull): PullRecord => {
    const record = known.find((candidate) => candidate.number === pull.number);
    const { id, number, title, url, state, draft, headSha, headRef } = pull;
    const sameHead = record?.headSha === headSha;
    const verdict = sameHead ? (record?.verdict ?? null) : null;
    const open = sameHead ? (record?.open ?? []) : [];
    return {
      repo: facts.repo.name,
      number,
      id,
      title,
      url,
      state,
      draft,
      headSha,
      headRef,
      session: facts.subject.number,
      verdict,
      open,
    };
  });
  return [...fresh, ...known.filter((record) => !fresh.some((pull) => pull.number === record.number))];
}

/** What someone wrote into the worklog by a command. */
function saidEntries({ session }: Advance, { ask, facts }: Context): WorklogEntry[] {
  if (!ask?.log) return [];
  return [{ repo: session.repo, number: session.number, key: `said:${ask.key}`, who: ask.by, text: ask.log, at: facts.now }];
}

/** The pull request's own lane writes the same line; the record, written now and once, must not have to wait for it. */
function mergeEntries({ session, moves }: Advance, { facts }: Context): WorklogEntry[] {
  const { evidence } = session;
  if (evidence?.kind !== 'merged' || !moves.some((move) => move.to === 'completed')) return [];
  const pull = facts.subject.pulls.find(({ number }) => number === evidence.pull);
  const key = `pr-${evidence.pull}:merged`;
  if (!pull?.mergedBy || facts.own?.worklog.some((entry) => entry.key === key)) return [];
  const { repo, number } = session;
  return [{ repo, number, key, who: pull.mergedBy, text: merged(evidence.pull), at: facts.now }];
}

function moveEntries({ session, moves }: Advance): WorklogEntry[] {
  return moves.map(({ repo, number, to, who, why, at }) => ({
    repo,
    number,
    key: `move:${session.version}:${to}`,
    who,
    text: moved(to, why),
    at,
  }));
}

/** The label was moved by hand; what a command says of it comes as its own line. */
function blockEntries({ session, moves }: Advance, context: Context): WorklogEntry[] {
  const { own, repo, now } = context.facts;
  const changed = own !== null && own.session.blocked !== session.blocked && moves.length === 0;
  if (!changed || context.ask !== null) return [];
  const text = session.blocked ? blockedByLabel() : unblockedByLabel();
  return [
    { repo: repo.name, number: session.number, key: `blocked:${session.version}`, who: lastSender(context), text, at: now },
  ];
}

function tickEntries({ session }: Advance, context: Context): WorklogEntry[] {
  const { own, repo, now } = context.facts;
  const playbook = playbookOf(session, repo);
  if (!own || !playbook) return [];
  const fresh = session.ticks.filter((id) => !own.session.ticks.includes(id));
  if (fresh.length === 0) return [];
  const { phases, criteria } = tickable(playbook, session.records);
  const steps = [...phases.flatMap((phase) => phase.steps), ...criteria];
  const texts = steps.filter((step) => fresh.includes(step.id)).map((step) => step.text);
  const key = `ticks:${session.version}`;
  return [{ repo: repo.name, number: session.number, key, who: ticker(own, context), text: ticked(texts), at: now }];
}

/** By their edit; where its event has not come yet, or got lost, by what GitHub shows. */
function ticker({ artefacts }: SessionLedger, context: Context): string {
  const id = artefacts.playbook;
  const told = context.changes.findLast(({ edit, sender }) => edit?.commentId === id && sender !== null)?.sender;
  return told ?? context.facts.subject.comments.find((comment) => comment.id === id)?.editedBy ?? lastSender(context);
}

function incident({ facts, changes }: Context): LedgerEffect[] {
  const name = facts.repo.config.labels.incident;
  const raised = changes.some((change) => change.labelMove?.move === 'on' && hasLabel([change.labelMove.label], name));
  return raised ? [{ kind: 'wake', lane: boardLane(facts.repo.name), why: 'incident', board: 'incident' }] : [];
}

function sameSession(before: Session, after: Session): boolean {
  const plain = (session: Session) => JSON.stringify(Object.entries({ ...session, version: 0 }).sort());
  return plain(before) === plain(after);
}
