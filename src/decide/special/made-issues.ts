/** Issues of promoted ideas and urgent gaps: made once, found again after a crash, their numbers kept (P6, P7). */
import { digest } from '../../model/digest.ts';
import type { GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import type { MadeIssue } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { awaitsIssue, type Gap, type Idea, isUrgent, type Records } from '../../model/records.ts';
import { subjectLane } from '../../model/repo.ts';
import type { Session } from '../../model/session.ts';
import { labelLook } from '../../render/session/label-look.ts';
import { gapIssue, ideaIssue } from '../../render/special/made-issue.ts';
import { labelId } from '../session/labels.ts';
import { iceScore } from './rank-ideas.ts';

/** A record that is or becomes an issue. */
interface Wanted {
  /** Short and stable: the role of the artefact and the mark in the issue's body hold it. */
  key: string;
  issue: number | null;
  content(origin: { mark: string; number: number; url: string }): { title: string; body: string };
}

function ideasOf({ ideas }: Records): Wanted[] {
  return ideas.filter(({ promoted, issue }) => promoted === true || issue !== null).map(ofIdea);
}

function gapsOf({ gaps }: Records): Wanted[] {
  return gaps.filter((gap) => isUrgent(gap) || gap.issue !== null).map(ofGap);
}

function ofIdea(idea: Idea): Wanted {
  return { key: digest(idea.key), issue: idea.issue, content: (origin) => ideaIssue(idea, iceScore(idea), origin) };
}

function ofGap(gap: Gap): Wanted {
  return { key: digest(gap.key), issue: gap.issue, content: (origin) => gapIssue(gap, origin) };
}

/** Fills in the numbers of issues that were made: by the id that was remembered, or by their mark. */
export function settleIssues(records: Records, facts: LaneFacts): Records {
  if (!awaitsIssue(records)) return records;
  const open = [...ideasOf(records), ...gapsOf(records)].filter(({ issue }) => issue === null);
  const numbers = new Map(open.flatMap(({ key }) => pair(key, found(key, facts)?.number ?? null)));
  if (numbers.size === 0) return records;
  const filled = <R extends Idea | Gap>(list: R[]): R[] =>
    list.map((each) => ({ ...each, issue: each.issue ?? numbers.get(digest(each.key)) ?? null }));
  return { ...records, ideas: filled(records.ideas), gaps: filled(records.gaps) };
}

function pair(key: string, number: number | null): [string, number][] {
  return number === null ? [] : [[key, number]];
}

function found(key: string, { subject, own }: LaneFacts): MadeIssue | null {
  const made = subject.made ?? [];
  const id = own?.artefacts[role(key)];
  return made.find((issue) => issue.id === id) ?? made.find((issue) => issue.body.startsWith(mark(key))) ?? null;
}

/** Makes what is missing; the lane looks once more when it is there, for only then its number is known. */
export function issueEffects(
  session: Session,
  facts: LaneFacts,
): { github: GitHubEffect[]; ledger: LedgerEffect[]; after: LedgerEffect[] } {
  const { repo, own } = facts;
  const all = [...ideasOf(session.records), ...gapsOf(session.records)];
  // A number that is known needs no remembered id: a look asks GitHub for a hundred at most.
  const settled = all.filter(({ key, issue }) => issue !== null && own?.artefacts[role(key)] !== undefined);
  const ledger = settled.map(
    ({ key }): LedgerEffect => ({ kind: 'artefact.forget', repo: repo.name, number: session.number, role: role(key) }),
  );
  // One that was made and is no longer there was deleted by someone: it is not made again.
  const missing = all.filter(({ key, issue }) => issue === null && own?.artefacts[role(key)] === undefined);
  if (missing.length === 0 || !repo.hasIssues) return { github: [], ledger, after: [] };
  const name = repo.config.labels.backlogActive;
  const id = labelId(repo, name);
  const github: GitHubEffect[] = id === null ? [{ kind: 'label.create', repoId: repo.id, name, ...labelLook('backlog') }] : [];
  for (const { key, content } of missing) {
    const { title, body } = content({ mark: mark(key), number: session.number, url: session.url });
    const remember = { number: session.number, role: role(key) };
    github.push({ kind: 'issue.create', repoId: repo.id, title, body, labels: [{ name, id }], remember });
  }
  const wake: LedgerEffect = { kind: 'wake', lane: subjectLane(repo.name, session.number), why: 'issue-made' };
  return { github, ledger, after: [wake] };
}

function role(key: string): string {
  return `issue:${key}`;
}

function mark(key: string): string {
  return `<!-- playcaller:made ${key} -->`;
}
