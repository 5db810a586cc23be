/** The shape of one session in a sweep's file (S2, W13); keys come in our own spelling. */
import { z } from 'zod';
import { categoryKey } from '../model/category.ts';
import type { SweepStatus } from '../model/plan.ts';
import { shown } from './explain-issues.ts';
import { closest } from './suggest.ts';

/** By their words, however they are joined and whatever their case: `PR created`, `pr_created`. S2 uses both lists. */
const STATUSES = new Map<string, SweepStatus>([
  ['pr-ready', 'pr-ready'],
  ['pr-open', 'pr-open'],
  ['pr-created', 'pr-open'],
  ['needs-more-work', 'needs-more-work'],
  ['archived', 'archived'],
]);

/** What people write instead, or begin to. */
const MEANT = new Map<string, string>([
  ...[...STATUSES.keys()].map((word): [string, string] => [word, word]),
  ['ready', 'pr-ready'],
  ['open', 'pr-open'],
  ['created', 'pr-created'],
  ['needs-work', 'needs-more-work'],
  ['more-work', 'needs-more-work'],
  ['in-progress', 'needs-more-work'],
  ['active', 'needs-more-work'],
  ['closed', 'archived'],
  ['completed', 'archived'],
  ['done', 'archived'],
  ['merged', 'archived'],
]);

/** Our spelling by key without case, `_` and `-`: `remaining_steps` and `remainingSteps` are one. */
const FIELDS = {
  name: 'name',
  status: 'status',
  category: 'category',
  remainingsteps: 'remainingSteps',
  blocked: 'blocked',
  blocker: 'blocker',
  age: 'ageDays',
  agedays: 'ageDays',
  started: 'started',
  startedat: 'started',
} as const;
export type SessionField = (typeof FIELDS)[keyof typeof FIELDS];

/** As S2 spells them; what people are told to write. */
export const SPELLING: Record<SessionField, string> = {
  name: 'name',
  status: 'status',
  category: 'category',
  remainingSteps: 'remaining_steps',
  blocked: 'blocked',
  blocker: 'blocker',
  ageDays: 'age_days',
  started: 'started',
};

const BY_KEY = new Map<string, SessionField>(Object.entries(FIELDS));

/** Null for a key that is none of ours. */
export function fieldOf(key: string): SessionField | null {
  return BY_KEY.get(key) ?? BY_KEY.get(key.toLowerCase().replace(/[\s_-]/g, '')) ?? null;
}

/** Finds the field that an unknown key is a slip of; null for none. Remembers keys: a file has few, but many times. */
export function slipFinder(): (key: string) => SessionField | null {
  const known = new Map<string, SessionField | null>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const near = closest(key, Object.values(SPELLING));
    const field = near === null ? null : fieldOf(near);
    known.set(key, field);
    return field;
  };
}

/** Null for a word that is no status. */
export function statusOf(word: string): SweepStatus | null {
  return STATUSES.get(word) ?? STATUSES.get(categoryKey(word)) ?? null;
}

const ONE_OF = `one of ${[...STATUSES.keys()].join(', ')}`;

const must = (kind: string, meaning = kind) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? `is missing: ${meaning}` : `must be ${kind}, not ${shown(input)}`,
});
const words = z.string(must('text')).trim().nullish();
const VISIBLE = /[^\s\p{C}]/u;

export const sessionSchema = z.object({
  name: z.string(must('text', "the session's name")).trim().regex(VISIBLE, 'must not be empty'),
  status: z.string(must('text', ONE_OF)).transform((word, context): SweepStatus => {
    const status = statusOf(word);
    if (status !== null) return status;
    context.addIssue(`${shown(word)} is no status${hint(word)}`);
    return z.NEVER;
  }),
  category: words,
  remainingSteps: z.int(must('a whole number from 0')).min(0, must('a whole number from 0')).nullish(),
  blocked: z.boolean(must('true or false')).nullish(),
  blocker: words,
  ageDays: z.number(must('a number of days from 0')).min(0, must('a number of days from 0')).nullish(),
  started: z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })], must('a date such as 2026-11-20')).nullish(),
});

function hint(word: string): string {
  const meant = closest(categoryKey(word), [...MEANT.keys()]);
  return meant === null ? `; ${ONE_OF}` : ` (did you mean ${MEANT.get(meant)}?)`;
}

export type SessionEntry = z.infer<typeof sessionSchema>;
