/** The shape of a task in a plan's file, and of what a recovery's file tells beside it (B1, B6). */
import { z } from 'zod';
import { FAULT_KINDS } from '../model/recovery.ts';
import { shown } from './explain-issues.ts';
import { didYouMean } from './suggest.ts';

/** Longer ones would fit no table. */
const MAX_ID = 200;
/** More is a slip: minutes instead of hours. */
const MAX_HOURS = 10_000;

const must = (kind: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? `is missing: ${kind}` : `must be ${kind}, not ${shown(input)}`,
});
const list = must('a list of ids');
const VISIBLE = /[^\s\p{C}]/u;

/** Issue numbers may be written as numbers. */
const id = z
  .union([z.string(), z.number().transform(String)], must('a text or a number that names the task'))
  .transform((text) => text.trim())
  .refine((text) => VISIBLE.test(text), 'must not be empty')
  .refine((text) => text.length <= MAX_ID, `must have at most ${MAX_ID} characters`);

/** One id may stand without brackets. */
const ids = z
  .union([z.array(z.unknown()), z.string(), z.number()], list)
  .nullish()
  .transform((value) => (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]))
  .pipe(z.array(id));

const amount = 'a number of tokens such as 1500 or 1.5k';
const tokens = z.union(
  [
    z.number().min(0),
    z
      .string()
      .regex(/^\s*\d+(?:\.\d+)?\s*[km]?\s*$/i)
      .transform((text) => Number.parseFloat(text) * (/m/i.test(text) ? 1_000_000 : /k/i.test(text) ? 1_000 : 1)),
  ],
  must(amount),
);
const tier = tokens.transform(Math.round).nullish();

export const taskSchema = z.object({
  id,
  title: z.string(must('text')).trim().nullish(),
  estimate: z
    .number(must('a number of hours from 0'))
    .min(0, must('a number of hours from 0'))
    .max(MAX_HOURS, must(`a number of hours up to ${MAX_HOURS}`))
    .nullish(),
  depends: ids,
  after: ids,
  prompt: z.string(must('text')).nullish(),
  tokens: z.object({ planner: tier, coder: tier, validator: tier }, must('a map of planner, coder and validator')).nullish(),
});

export const linksSchema = taskSchema.pick({ depends: true, after: true });

const KINDS = FAULT_KINDS.join(', ');

export const failedSchema = z.object({
  id,
  error: z.string(must('text')).nullish(),
  kind: z
    .string(must(`one of ${KINDS}`))
    .transform((word, context) => {
      const kind = FAULT_KINDS.find((one) => one === word.trim().toLowerCase());
      if (kind !== undefined) return kind;
      context.addIssue(`${shown(word)} is no kind of fault${didYouMean(word, FAULT_KINDS) || `; one of ${KINDS}`}`);
      return z.NEVER;
    })
    .nullish(),
  attempts: z.int(must('a whole number from 0')).min(0, must('a whole number from 0')).nullish(),
});

export const idsSchema = z.array(id, list);

export const TASK_KEYS = Object.keys(taskSchema.shape);
export const FAILED_KEYS = Object.keys(failedSchema.shape);

/** Words that other tools use, by their letters alone. A key that is lost in silence could cost a dependency. */
const OTHER_WORDS = new Map([
  ...['dependencies', 'dependson', 'needs', 'requires', 'blockedby', 'waitsfor'].map((word) => [word, 'depends'] as const),
  ...['hours', 'duration', 'effort', 'estimatehours', 'estimatedhours'].map((word) => [word, 'estimate'] as const),
  ...['soft', 'softdepends', 'prefers'].map((word) => [word, 'after'] as const),
  ...['name', 'summary'].map((word) => [word, 'title'] as const),
  ...['message', 'reason'].map((word) => [word, 'error'] as const),
]);

/** ` (did you mean "depends"?)` for a key that seems to be one of `keys`; null for one that means something else. */
export function slipHint(key: string, keys: readonly string[]): string | null {
  const meant = OTHER_WORDS.get(key.toLowerCase().replace(/[\s_-]/g, ''));
  if (meant !== undefined && keys.includes(meant)) return ` (did you mean "${meant}"?)`;
  return key.length > MAX_ID ? null : didYouMean(key, keys) || null;
}
