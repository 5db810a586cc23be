/** What a card's memory looks like, field by field; the writer is src/render/session/card-state.ts. */
import { z } from 'zod';
import type { CardState, KeptEntry, KeptMove, KeptPull, KeptSession } from '../model/card-state.ts';
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
import { at, count, flag, list, number, perhaps, type Shape, text } from './card-state-fields.ts';
import { notebook } from './card-state-notebook.ts';

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
