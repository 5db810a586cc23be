/** What is due by the count of cycles and after incidents (W7). */
import type { IncidentIssue } from '../../model/backlog.ts';
import { governanceWords, hardeningWords, retrospectiveWords, schedulerWords } from '../../render/sweep/duty-words.ts';
import type { Draft } from './duties.ts';
import type { SweepView } from './sweep-view.ts';

const CADENCE = [
  { kind: 'governance', every: 12, type: 'documentation', words: governanceWords },
  { kind: 'scheduler', every: 30, type: 'feature', words: schedulerWords },
] as const;
/** Cycles within which hardening has begun; S2 wants both in the next one after a rollout incident. */
const AFTER_INCIDENT = 2;
const AFTER_ROLLOUT = 1;
const ROLLOUT = /\broll(?:ed|ing)?[\s_-]*(?:out|back)s?\b|\b(?:re)?deploy|\breleas/i;

/** Due from its cycle on, also when that one was skipped. One that is still open stands for the next. */
export function cadenceDuties({ facts }: SweepView): Draft[] {
  return CADENCE.flatMap(({ kind, every, type, words }): Draft[] => {
    const open = (facts.duties ?? []).find(({ key, state }) => state === 'open' && new RegExp(`^${kind}:\\d+$`).test(key));
    const cycle = open ? Number(open.key.slice(kind.length + 1)) : Math.floor(facts.cycle.number / every) * every;
    if (cycle <= 0) return [];
    return [{ kind, key: `${kind}:${cycle}`, type, category: null, due: cycle, ...words(cycle, every) }];
  });
}

export function incidentDuties(view: SweepView): Draft[] {
  const seen = new Set<number>();
  const incidents = (view.facts.incidents ?? []).filter(({ number }) => seen.size < seen.add(number).size);
  return incidents.flatMap((incident): Draft[] => {
    const { number, category } = incident;
    const first = firstSeen(incident, view);
    if (first === null) return [];
    const rollout = isRollout(incident);
    const due = first + (rollout ? AFTER_ROLLOUT : AFTER_INCIDENT);
    // Its gate asks for the root cause and a test that holds it: that is what hardening is.
    const hardening = { kind: 'hardening', type: 'bug-fix', ...hardeningWords(number, rollout) } as const;
    const drafts: Draft[] = [{ ...hardening, key: `hardening:#${number}`, category, due }];
    if (rollout) {
      const look = { kind: 'retrospective', type: 'documentation', ...retrospectiveWords(number) } as const;
      drafts.push({ ...look, key: `retrospective:#${number}`, category, due });
    }
    return drafts;
  });
}

/** The cycle that saw it first; null for one from before our memory, which was dealt with then. */
function firstSeen({ createdAt }: IncidentIssue, { facts }: SweepView): number | null {
  const oldest = facts.history?.at(-1);
  if (oldest && oldest.number > 1 && Date.parse(createdAt) < Date.parse(oldest.startedAt)) return null;
  const saw = (facts.history ?? []).filter(({ startedAt }) => Date.parse(startedAt) >= Date.parse(createdAt));
  return saw.reduce((first, { number }) => Math.min(first, number), facts.cycle.number);
}

export function isRollout({ title, labels }: IncidentIssue): boolean {
  return [title, ...labels].some((text) => ROLLOUT.test(text));
}
