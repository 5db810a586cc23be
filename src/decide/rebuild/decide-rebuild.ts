/** Decides what goes into an emptied ledger: each session from its card's memory, else from what else GitHub shows. */
import type { Cycle } from '../../model/board-facts.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { FoundSession, RebuildFacts, Restoration } from '../../model/rebuild.ts';
import { commandLines } from '../commands/command-lines.ts';
import { artefactsOf } from './artefacts.ts';
import { fromRest } from './from-rest.ts';
import { fromState } from './from-state.ts';

export interface Rebuilt {
  restoration: Restoration;
  /** Numbers of sessions whose card was unreadable, or gone. */
  withoutCard: number[];
  /** Numbers of what carries a state label and could not be made a session: no type is known. */
  lost: number[];
}

export function decideRebuild(facts: RebuildFacts): Rebuilt {
  const { repo, installationId, sessions } = facts;
  const ledgers = sessions.flatMap((found) => (found.state ? [fromState(found, found.state, facts)] : []));
  const unreadable = sessions.filter(({ state }) => state === null);
  const withoutCard: SessionLedger[] = [];
  for (const found of unreadable) {
    const ledger = fromRest(found, [...ledgers, ...withoutCard], facts);
    if (ledger) withoutCard.push(ledger);
  }
  const numbers = withoutCard.map(({ session }) => session.number);
  const restoration: Restoration = {
    repo: repo.name,
    installationId,
    files: repo.filesToKeep,
    sessions: [...ledgers, ...withoutCard].map((own) => ({ ...own, artefacts: artefactsOf(own, sessions) })),
    artefacts: trackerArtefacts(facts),
    cycles: cyclesOf(facts),
    done: sessions.flatMap(doneCommands),
    look: numbers,
  };
  const lost = unreadable.map(({ subject }) => subject.number).filter((number) => !numbers.includes(number));
  return { restoration, withoutCard: numbers, lost };
}

/** What our own reaction stands under was answered: an edit of that comment must not do it again. */
function doneCommands({ comments }: FoundSession): Restoration['done'] {
  return comments
    .filter(({ ours, done, refused }) => !ours && (done || refused))
    .flatMap(({ id, body }) => commandLines(body).map(({ line }) => ({ commentId: id, line })));
}

const SWEEP = /^<!-- playcaller:sweep (\d{4}-\d{2}-\d{2}) -->\s+## Sweep of [^\n]*\bcycle (\d{1,9})\b/;

function sweeps({ tracker }: RebuildFacts) {
  return (tracker?.comments ?? []).flatMap(({ id, ours, body, createdAt }) => {
    const [, day, number] = (ours && SWEEP.exec(body)) || [];
    return day && number ? [{ id, day, number: Number(number), startedAt: createdAt }] : [];
  });
}

/** Its comment came a moment after the cycle had begun: the nearest time that GitHub knows. */
function cyclesOf(facts: RebuildFacts): Cycle[] {
  return sweeps(facts).map(({ day, number, startedAt }) => ({
    repo: facts.repo.name,
    day,
    number,
    startedAt: new Date(startedAt).toISOString(),
  }));
}

function trackerArtefacts(facts: RebuildFacts): Record<string, string> {
  if (!facts.tracker) return {};
  return { tracker: facts.tracker.id, ...Object.fromEntries(sweeps(facts).map(({ day, id }) => [`sweep:${day}`, id])) };
}
