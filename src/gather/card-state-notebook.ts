/** What a card's memory keeps of its session's notebook: all that commands said (P5, B5, B6). */
import { z } from 'zod';
import type { Failure, Recovery } from '../model/failure.ts';
import type { Near } from '../model/history.ts';
import type { Tokens } from '../model/pattern.ts';
import * as records from '../model/records.ts';
import { FAULT_KINDS, RECOVERY_OUTCOMES, RECOVERY_QUESTIONS } from '../model/recovery.ts';
import { at, figure, flag, list, number, perhaps, type Shape, text } from './card-state-fields.ts';

const said = { key: text, by: text, at };
const accepted = z.object({ ...said, id: text, text } satisfies Shape<records.AcceptedCriterion>);
const blockedOn = z.union([z.object({ kind: z.literal('issue'), number }), z.object({ kind: z.literal('owner'), login: text })]);
const block = z.object({ ...said, why: text, on: perhaps(blockedOn), clearedAt: perhaps(at) } satisfies Shape<records.Block>);
const score = z.number();
const idea = z.object({
  ...said,
  title: text,
  impact: score,
  confidence: score,
  effort: score,
  kind: perhaps(z.enum(records.IDEA_KINDS)),
  lens: perhaps(z.enum(records.IDEA_LENSES)),
  needs: perhaps(text),
  promoted: z.boolean().optional(),
  issue: perhaps(number),
} satisfies Shape<records.Idea>);
const gap = z.object({
  ...said,
  current: text,
  gap: text,
  risk: text,
  impact: z.enum(['high', 'medium', 'low']),
  mitigation: text,
  owner: text,
  priority: z.enum(records.GAP_PRIORITIES),
  effort: z.number(),
  issue: perhaps(number),
} satisfies Shape<records.Gap>);
const measure = z.object({
  ...said,
  metric: text,
  before: figure,
  after: figure,
  unit: text,
  runs: figure,
  same: flag,
} satisfies Shape<records.Measure>);
const joint = z.object({
  ...said,
  producer: text,
  consumer: text,
  contract: text,
  failure: perhaps(text),
  fallback: perhaps(text),
} satisfies Shape<records.Joint>);
const waiver = z.object({ ...said, item: text, why: text, headSha: perhaps(text), sticky: flag } satisfies Shape<records.Waiver>);

const tokens = { planner: z.int(), coder: z.int(), validator: z.int() } satisfies Shape<Tokens>;
const prompt = z.object({
  ...said,
  pattern: text,
  version: text,
  values: z.record(text, text),
} satisfies Shape<records.PromptUse>);
const cost = z.object({ ...said, ...tokens } satisfies Shape<records.Cost>);
const spent = z.object(tokens);
const saved = z.object({ tokens: figure, hours: figure } satisfies Shape<Near['saved']>);
const near = z.object({
  number,
  title: text,
  type: text,
  module: perhaps(text),
  hours: figure,
  firstTry: perhaps(z.boolean()),
  pattern: perhaps(text),
  cost: perhaps(spent),
  saved,
} satisfies Shape<Near>);

const recovery = z.object({
  ...said,
  outcome: z.enum(RECOVERY_OUTCOMES),
  because: list(z.object({ question: z.enum(RECOVERY_QUESTIONS), yes: z.boolean() })),
  chosen: flag,
} satisfies Shape<Recovery>);
const failure = z.object({
  ...said,
  kind: z.enum(FAULT_KINDS),
  error: text,
  recovery: perhaps(recovery),
} satisfies Shape<Failure>);

export const notebook = z.object({
  accepted: list(accepted),
  blocks: list(block),
  ideas: list(idea),
  gaps: list(gap),
  measures: list(measure),
  joints: list(joint),
  waivers: list(waiver),
  personas: list(text),
  approved: perhaps(z.object(said)),
  anyway: perhaps(z.object(said)),
  ahead: z.object(said).optional(),
  next: perhaps(text),
  module: perhaps(text),
  prompts: z.array(prompt).optional(),
  costs: z.array(cost).optional(),
  near: z.array(near).optional(),
  failures: z.array(failure).optional(),
} satisfies Shape<records.Records>);
