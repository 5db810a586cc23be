/** The shape of a playbook file (`playbooks/<type>.yml`), as people write it (P1, P3). */
import { z } from 'zod';
import type { Playbook, Step } from '../model/playbook.ts';
import { GATE_ITEMS } from './gate-options.ts';

/** Longest type: with the session prefix it must fit into a label. */
const MAX_TYPE = 30;
/** All texts together must fit into one comment of 65,536 characters, with room for boxes and markers. */
const MAX_TEXT = 40_000;
const MAX_STEPS = 200;

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

const id = z.string().max(60).regex(KEBAB, 'must be kebab-case: lower-case letters and digits, joined by "-"');
const line = (max: number) => z.string().trim().min(1).max(max).regex(ONE_LINE, 'must be one line without control characters');

function range(unit: string, least: number, most: number) {
  return z
    .strictObject({ min: z.number().min(least).max(most), max: z.number().min(least).max(most) })
    .refine(({ min, max }) => min <= max, { error: 'has a min above its max', path: ['min'] })
    .describe(`Time budget in ${unit}, least and most.`);
}

const step = z.strictObject({
  id: id.describe('Stable name: ticks are kept by it, so change it only when the step becomes another one.'),
  text: line(500).describe('What to do, in one line.'),
  details: z.array(line(500)).max(20).default([]).describe('Finer points, shown below the step without boxes.'),
});

const phase = z.strictObject({
  id,
  title: line(100),
  minutes: range('minutes', 0, 10_000),
  steps: z.array(step).min(1).max(50),
});

const criterion = z.strictObject({ id, text: line(500) });
const level = z.enum(['off', 'advisory', 'required']).optional();
const levels = Object.fromEntries(GATE_ITEMS.map((item) => [item, level]));

const shape = z.strictObject({
  type: id.max(MAX_TYPE).describe('Name of the session type; the label is the session prefix and this.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'must be a version like 1.0.0')
    .describe('Semantic version of the text.'),
  title: line(100).describe('Name for people.'),
  goal: line(500).describe('What is true at the end.'),
  chooseFor: line(200).describe('When to choose it; shown in the chooser.'),
  hours: range('hours', 0, 200),
  reading: z.array(line(500)).max(30).default([]).describe('What to read before the start.'),
  phases: z.array(phase).min(1).max(20),
  criteria: z.array(criterion).min(1).max(30).describe('Success criteria; each is a box to tick.'),
  commit: z.string().trim().min(1).max(4000).describe('Template of the commit message.'),
  gate: z.strictObject(levels).prefault({}).describe('Gate items whose level this playbook sets.'),
});

export const playbookSchema = shape.superRefine((file, context) => {
  const say = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  const seen = new Set<string>();
  const once = (name: string, path: PropertyKey[]) => {
    if (seen.has(name)) say(path, `the id "${name}" stands twice in this playbook`);
    seen.add(name);
  };
  // Steps and criteria share one list of ticks.
  for (const [p, { steps }] of file.phases.entries()) {
    for (const [s, one] of steps.entries()) once(one.id, ['phases', p, 'steps', s, 'id']);
  }
  for (const [c, one] of file.criteria.entries()) once(one.id, ['criteria', c, 'id']);
  const phases = new Set<string>();
  for (const [p, one] of file.phases.entries()) {
    if (phases.has(one.id)) say(['phases', p, 'id'], `the id "${one.id}" stands twice among the phases`);
    phases.add(one.id);
  }
  if (seen.size > MAX_STEPS) say(['phases'], `${seen.size} steps and criteria; at most ${MAX_STEPS} fit into one comment`);
  const length = JSON.stringify(file).length;
  if (length > MAX_TEXT) say([], `the playbook has ${length} characters of text; at most ${MAX_TEXT} fit into one comment`);
});

type PlaybookFile = z.infer<typeof playbookSchema>;

export function toPlaybook(file: PlaybookFile): Playbook {
  const criteria: Step[] = file.criteria.map((one) => ({ ...one, details: [] }));
  const gate: Playbook['gate'] = {};
  for (const [item, chosen] of Object.entries(file.gate)) if (chosen) gate[item] = chosen;
  return { ...file, criteria, gate };
}
