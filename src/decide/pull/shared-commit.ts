/** Pull requests that share a head commit share its check run (G5): all their verdicts, and who must look again. */
import type { LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { PullFacts } from '../../model/pull-facts.ts';
import { subjectLane } from '../../model/repo.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import type { PullVerdict, Verdict } from '../../model/verdict.ts';

const WHY = 'shared-commit';
/** Of our own timer's look. */
const AGAIN = 'shared-commit-again';
/** How soon we look again at one that may move on without telling us, for it has not seen us yet. */
const LOOK_AGAIN_MS = 120_000;

/** This pull request's verdict and those of all others with the same head, by number. */
export function onCommit(facts: LaneFacts, pull: PullFacts, verdict: Verdict): PullVerdict[] {
  const own = { number: pull.number, title: pull.title, verdict };
  return [...(facts.siblings ?? []), own].sort((a, b) => a.number - b.number);
}

/**
 * Whoever shares the check run, or did until now, composes it anew when this part of it changed: whichever lane
 * looks last then writes the truth. Only a change of one's own wakes others, so this comes to rest.
 */
export function wakeSiblings(
  facts: LaneFacts,
  pull: PullFacts,
  verdict: Verdict | null,
  changes: readonly ChangeInput[],
): LedgerEffect[] {
  const before = facts.detail ?? null;
  const now = facts.siblings ?? [];
  const strangers = pull.state === 'open' ? now.filter(({ knows }) => !knows).map(({ number }) => number) : [];
  const changed = before === null || partOf(before.headSha, before.pull.title, before.verdict) !== ownPart(pull, verdict);
  const all = [...now.map(({ number }) => number), ...(before?.pull.siblings ?? [])];
  // A stranger's event may have been lost. Woken by one of the others we only look, or two strangers would wake each other.
  const again = changes.some(({ event }) => event === `playcaller.${AGAIN}`);
  const fromOutside = changes.some(({ event }) => event !== `playcaller.${WHY}`);
  const concerned = new Set(changed ? all : fromOutside ? strangers : []);
  const wake = (number: number, why = WHY) => ({ kind: 'wake', lane: subjectLane(facts.repo.name, number), why }) as const;
  const wakes: LedgerEffect[] = [...concerned].sort((a, b) => a - b).map((number) => wake(number));
  // Once: who still does not know us then was woken, and a third look would tell nothing new.
  if (strangers.length > 0 && !again) {
    const at = new Date(Date.parse(facts.now) + LOOK_AGAIN_MS).toISOString();
    wakes.push({ ...wake(pull.number, AGAIN), at });
  }
  return wakes;
}

function ownPart(pull: PullFacts, verdict: Verdict | null): string {
  return partOf(pull.headSha, pull.title, verdict);
}

function partOf(headSha: string, title: string, verdict: Verdict | null): string {
  return JSON.stringify([headSha, title, verdict]);
}
