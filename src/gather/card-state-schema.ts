/** What a card's memory looks like, field by field; the writer is src/render/session/card-state.ts. */
import { z } from 'zod';
import type { CardState, KeptEntry, KeptMove, KeptPull, KeptSession } from '../model/card-state.ts';
import type { Failure, Recovery } from '../model/failure.ts';
import type { Near } from '../model/history.ts';
import type { Tokens } from '../model/pattern.ts';
import * as records from '../model/records.ts';
import { FAULT_KINDS, RECOVERY_OUTCOMES, RECOVERY_QUESTIONS } from '../model/recovery.ts';
import {
  type Child,
  type Children,
  type Criterion,
  type Evidence,
  type Forgotten,
  type Hold,
  type Scope,
  SESSION_STATES,
} from '../model/session.ts';
import type { InPlan } from '../model/sub-plan.ts';

/** Every key must be named here, or a restore would lose it. */
type Shape<T> = { [K in keyof Required<T>]: z.ZodType<T[K]> };

const text = z.string();
const at = z.iso.datetime();
const count = z.int().min(0);
const number = z.int().positive();
const flag = z.boolean().default(false);
const list = <T extends z.ZodType>(of: T) => z.array(of).default([]);
const perhaps = <T extends z.ZodType>(of: T) => of.nullable().default(null);

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
const figure = perhaps(z.number());
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

const notebook = z.object({
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

const evidence: z.ZodType<Evidence> = z.union([
  z.object({ kind: z.literal('merged'), pull: number, headSha: text, baseSha: text, mergeSha: text }),
  z.object({ kind: z.literal('no-code'), why: text, by: text }),
]);
const hold: z.ZodType<Hold> = z.union([
  z.object({ kind: z.literal('similar'), sessions: list(number), pulls: list(number) }),
  z.object({ kind: z.literal('approval') }),
  z.object({ kind: z.literal('depends') }),
]);
const child = z.object({
  number,
  repo: perhaps(text),
  title: text,
  url: text,
  state: z.enum([...SESSION_STATES, 'failed', 'open', 'closed']),
} satisfies Shape<Child>);
const children = z.object({ list: list(child), total: count, openBeyond: count } satisfies Shape<Children>);
const criterion = z.object({ text, met: flag, id: text.optional() } satisfies Shape<Criterion>);
const scope = z.object({ problem: perhaps(text), user: perhaps(text), smallest: perhaps(text) } satisfies Shape<Scope>);
const inPlan = z.object({
  parent: number,
  batch: perhaps(number),
  of: count,
  waits: list(number),
  abandoned: list(number),
  after: z.array(number).optional(),
  unseen: z.literal(true).optional(),
} satisfies Shape<InPlan>);
const forgotten = z.object({ log: count, records: count, moves: count, texts: count } satisfies Shape<Forgotten>);

const session = z.object({
  id: z.string().regex(/^\d{4}-\d{2}-\d{2}-[a-z0-9-]{1,80}$/),
  type: text.min(1).max(100),
  state: z.enum(SESSION_STATES),
  branch: text.min(1).max(255),
  category: perhaps(text),
  fastLane: flag,
  blocked: flag,
  plannedAt: at,
  startedAt: perhaps(at),
  endedAt: perhaps(at),
  endedBy: perhaps(z.enum(['closed', 'unlabelled', 'asked', 'gone'])),
  ticks: list(text),
  criteria: list(criterion),
  evidence: perhaps(evidence),
  children: children.optional(),
  holds: z.array(hold).optional(),
  scope: scope.optional(),
  plan: inPlan.optional(),
  records: notebook,
  forgotten: forgotten.optional(),
} satisfies Shape<KeptSession>);

const pull = z.object({
  number,
  id: text,
  state: z.enum(['open', 'merged', 'closed']),
  draft: flag,
  headSha: text,
  headRef: text,
  verdict: perhaps(z.enum(['pass', 'fail', 'waiting', 'neutral'])),
  open: list(text),
} satisfies Shape<KeptPull>);
const move = z.object({
  from: perhaps(z.enum(SESSION_STATES)),
  to: z.enum(SESSION_STATES),
  who: text,
  why: text,
  at,
} satisfies Shape<KeptMove>);
const entry = z.object({ key: text, who: text, text, at } satisfies Shape<KeptEntry>);

export const cardStateSchema = z.object({
  v: z.literal(1),
  session,
  pulls: list(pull),
  moves: list(move),
  log: list(entry),
} satisfies Shape<CardState>);
