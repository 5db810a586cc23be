/** `/session idea`: notes an idea with its ICE scores, or makes an issue of one (P6). */

import { IDEA_KINDS, IDEA_LENSES, type Idea } from '../../model/records.ts';
import { cleanText } from '../../render/markdown.ts';
import * as log from '../../render/special/log.ts';
import * as say from '../../render/special/replies.ts';
import { notebookOf, putRecord, refusal, saidBefore, sameText } from '../special/notebook.ts';
import { iceScore } from '../special/rank-ideas.ts';
import { nearest } from './nearest.ts';
import { type Given, readOptions } from './options.ts';
import type { Asked, Command, CommandResult } from './types.ts';

const KINDS = { i: 'word', c: 'word', e: 'word', kind: 'word', lens: 'word', needs: 'text' } as const;
type Key = keyof typeof KINDS;

export const idea: Command = {
  verb: 'idea',
  usage:
    '/session idea <title> i=1..10 c=1..10 e=1..10 [kind=core|feature|spin-off|platform] [lens=pain|data|competition|technology|business] [needs="…"]',
  does: 'notes an idea with impact, confidence and ease, and ranks it; `/session idea promote <n>` makes an issue of one',
  permission: 'triage',
  examples: [
    '/session idea Keep answers of the search for an hour i=9 c=9 e=7',
    '/session idea One-page checkout i=8 c=6 e=4 kind=feature lens=pain needs="the new payment form"',
    '/session idea promote 2',
  ],
  run(asked) {
    const promoted = /^promote\b\s*(.*)$/i.exec(asked.rest);
    // "Promote our newsletter i=7 c=5 e=8" is an idea like any other.
    return promoted && !/\s[ice]\s*=/i.test(asked.rest) ? promote(promoted[1] ?? '', asked) : note(asked);
  },
};

function note({ facts, author, rest, key }: Asked): CommandResult {
  const session = notebookOf(facts);
  const ideas = session?.records.ideas ?? [];
  const given = readOptions<Key>(rest, KINDS);
  const title = cleanText(given.text, 500);
  const said = (other: Idea) => sameText(other.title, title);
  const room = ideas.some((other) => other.key === key || said(other)) ? 0 : ideas.length;
  const closed = refusal(session, room);
  if (closed !== null) return { kind: 'wrong', because: closed };
  const faults = faultsOf(given, title);
  if (faults.length > 0) return { kind: 'wrong', because: say.faults(faults) };
  const record: Idea = {
    key,
    by: author,
    at: facts.now,
    title,
    impact: Number(given.options.i),
    confidence: Number(given.options.c),
    effort: Number(given.options.e),
    kind: IDEA_KINDS.find((kind) => kind === given.options.kind?.toLowerCase()) ?? null,
    lens: IDEA_LENSES.find((lens) => lens === given.options.lens?.toLowerCase()) ?? null,
    needs: given.options.needs === undefined ? null : cleanText(given.options.needs, 200),
    issue: null,
  };
  return {
    kind: 'ask',
    log: log.ideaNoted(title, iceScore(record)),
    ask: {
      by: author,
      update: (records) => {
        const old = records.ideas.find((other) => other.key === key || said(other));
        const kept = { ...record, ...(old?.promoted ? { promoted: true } : {}), issue: old?.issue ?? null };
        return { ...records, ideas: putRecord(records.ideas, kept, said) };
      },
    },
  };
}

function faultsOf({ options, twice, unknown, unclosed }: Given<Key>, title: string): string[] {
  const faults: string[] = [];
  if (title === '') faults.push(say.idea.noTitle());
  for (const key of ['i', 'c', 'e'] as const) if (!isScore(options[key])) faults.push(say.idea.score(key, options[key]));
  const { kind, lens } = options;
  if (kind !== undefined && !IDEA_KINDS.some((known) => known === kind.toLowerCase()))
    faults.push(say.idea.kind(kind, nearest(kind, IDEA_KINDS)));
  if (lens !== undefined && !IDEA_LENSES.some((known) => known === lens.toLowerCase()))
    faults.push(say.idea.lens(lens, nearest(lens, IDEA_LENSES)));
  if (twice.length > 0) faults.push(say.twice(twice));
  for (const key of unknown) faults.push(say.unknownOption(key, nearest(key, Object.keys(KINDS))));
  if (unclosed) faults.push(say.unclosed());
  return faults;
}

/** 1 to 10, with at most two decimals. */
function isScore(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,2}(?:\.\d{1,2})?$/.test(text) && Number(text) >= 1 && Number(text) <= 10;
}

function promote(which: string, asked: Asked): CommandResult {
  const { facts, author } = asked;
  const session = notebookOf(facts);
  if (!session) return { kind: 'wrong', because: say.noSession() };
  if (!/^\d{1,4}$/.test(which.trim())) return { kind: 'wrong', because: say.idea.whichNumber() };
  const number = Number(which);
  const chosen = session.records.ideas[number - 1];
  if (!chosen) return { kind: 'wrong', because: say.idea.noSuch(number, session.records.ideas.length) };
  if (chosen.issue !== null && !saidBefore(asked)) return { kind: 'wrong', because: say.idea.promoted(chosen.issue) };
  if (!facts.repo.hasIssues) return { kind: 'wrong', because: say.idea.noIssues() };
  return {
    kind: 'ask',
    log: log.ideaPromoted(chosen.title),
    ask: {
      by: author,
      update: (records) => ({
        ...records,
        ideas: records.ideas.map((each) => (each.key === chosen.key ? { ...each, promoted: true } : each)),
      }),
    },
  };
}
