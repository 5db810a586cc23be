/** Rules as commitlint's configuration writes them: `[level, 'always' | 'never', value]` → what they ask of which part. */
import { z } from 'zod';
import type { CommitlintDemand, CommitlintRule, LetterCase, MessagePart } from '../model/commitlint.ts';

const CASES: Record<string, LetterCase> = {
  'lower-case': 'lower-case',
  lowercase: 'lower-case',
  lowerCase: 'lower-case',
  'upper-case': 'upper-case',
  uppercase: 'upper-case',
  'camel-case': 'camel-case',
  'kebab-case': 'kebab-case',
  'pascal-case': 'pascal-case',
  'sentence-case': 'sentence-case',
  sentencecase: 'sentence-case',
  'snake-case': 'snake-case',
  'start-case': 'start-case',
};

/** What parts a scope, where the rule does not say. */
const DELIMITERS = ['/', '\\', ','];

const text = z.string().max(200);
const texts = z.array(text).max(500);
const oneCase = z.enum(Object.keys(CASES)).transform((name): LetterCase => CASES[name] ?? 'lower-case');
const caseCheck = z.union([
  oneCase.transform((name) => ({ case: name, when: 'always' as const })),
  z.object({ case: oneCase, when: z.enum(['always', 'never']).default('always') }),
]);
const cases = z.union([z.array(caseCheck).min(1).max(20), caseCheck.transform((check) => [check])]);
const delimiters = z.array(z.string().min(1).max(10)).max(20).optional();
const length = z.int().min(0).max(100_000);

const demands = {
  case: z.union([
    cases.transform((all) => ({ kind: 'case' as const, cases: all, delimiters: DELIMITERS })),
    z.object({ cases, delimiters }).transform((value) => ({
      kind: 'case' as const,
      cases: value.cases,
      delimiters: value.delimiters?.length ? value.delimiters : DELIMITERS,
    })),
  ]),
  'delimiter-style': texts
    .default([])
    .transform((all) => ({ kind: 'delimiters' as const, allowed: all.length > 0 ? all : DELIMITERS })),
  empty: z.unknown().transform(() => ({ kind: 'empty' as const })),
  enum: z.union([
    texts.transform((values) => ({ kind: 'enum' as const, values, delimiters: DELIMITERS })),
    z.object({ scopes: texts, delimiters }).transform((value) => ({
      kind: 'enum' as const,
      values: value.scopes,
      delimiters: value.delimiters?.length ? value.delimiters : DELIMITERS,
    })),
  ]),
  'exclamation-mark': z.unknown().transform(() => ({ kind: 'exclamation-mark' as const })),
  'full-stop': z
    .string()
    .min(1)
    .max(5)
    .default('.')
    .transform((mark) => ({ kind: 'full-stop' as const, mark })),
  'max-length': length.transform((value) => ({ kind: 'max-length' as const, length: value })),
  'min-length': length.transform((value) => ({ kind: 'min-length' as const, length: value })),
  trim: z.unknown().transform(() => ({ kind: 'trim' as const })),
} satisfies Record<string, z.ZodType<CommitlintDemand>>;

const PARTS: Record<MessagePart, readonly (keyof typeof demands)[]> = {
  header: ['case', 'full-stop', 'max-length', 'min-length', 'trim'],
  type: ['case', 'empty', 'enum', 'max-length', 'min-length'],
  scope: ['case', 'delimiter-style', 'empty', 'enum', 'max-length', 'min-length'],
  subject: ['case', 'empty', 'exclamation-mark', 'full-stop', 'max-length', 'min-length'],
};

/** A title has neither body nor footers: these rules are left to commitlint itself. */
const ELSEWHERE = /^(?:body|footer)-|^(?:references-empty|signed-off-by|trailer-exists|breaking-change-exclamation-mark)$/;

const ruleSchema = z.union([
  z.tuple([z.literal(0)]).rest(z.unknown()),
  z.tuple([z.int().min(1).max(2), z.enum(['always', 'never']).default('always')]).rest(z.unknown()),
]);

/** `skipped`: switched off, or of no title. `unknown`: a plugin's, or a slip. */
export type ReadRule = CommitlintRule | 'skipped' | 'unknown' | { fault: string };

export function readRule(name: string, written: unknown): ReadRule {
  const read = ruleSchema.safeParse(written);
  if (!read.success) return { fault: 'must be a list such as [2, "always", …]: the level 0, 1 or 2, then "always" or "never"' };
  const [level, when, value] = read.data;
  if (level === 0 || ELSEWHERE.test(name)) return 'skipped';
  const [, part, rest] = /^(header|type|scope|subject)-(.+)$/.exec(name) ?? [];
  const known = Object.entries(PARTS).find(([own, list]) => own === part && list.some((one) => one === rest));
  if (part === undefined || rest === undefined || !known) return 'unknown';
  const demand = Object.entries(demands)
    .find(([key]) => key === rest)?.[1]
    .safeParse(value);
  if (!demand?.success) return { fault: `has a value that ${name} does not take` };
  return {
    name,
    level: level === 1 ? 'warning' : 'error',
    when: when === 'never' ? 'never' : 'always',
    part: known[0] === 'header' || known[0] === 'type' || known[0] === 'scope' ? known[0] : 'subject',
    demand: demand.data,
  };
}
