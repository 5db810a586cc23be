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

export const id = z.string().max(60).regex(KEBAB, 'must be kebab-case: lower-case letters and digits, joined by "-"');
export const line = (max: number) =>
  z.string().trim().min(1).max(max).regex(ONE_LINE, 'must be one line without control characters');

export function range(unit: string, least: number, most: number) {
  return z
    .strictObject({ min: z.number().min(least).max(most), max: z.number().min(least).max(most) })
    .refine(({ min, max }) => min <= max, { error: 'has a min above its max', path: ['min'] })
    .describe(`Time budget in ${unit}, least and most.`);
}

export const step = z.strictObject({
  id: id.describe('Stable name: ticks are kept by it, so change it only when the step becomes another one.'),
  text: line(500).describe('What to do, in one line.'),
  details: z.array(line(500)).max(20).default([]).describe('Finer points, shown below the step without boxes.'),
});

export const persona = id.nullable().describe('Id of the persona whose questions belong to this phase.');

export const phase = z.strictObject({
  id,
  title: line(100),
  minutes: range('minutes', 0, 10_000),
  persona: persona.default(null),
  steps: z.array(step).min(1).max(50),
});

export const criterion = z.strictObject({ id, text: line(500) });
const level = z.enum(['off', 'advisory', 'required']).optional();
const levels = Object.fromEntries(GATE_ITEMS.map((item) => [item, level]));

export const shape = z.strictObject({
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
  for (const { path, message } of faultsOfWhole(file)) context.addIssue({ code: 'custom', path, message });
});

export type PlaybookFile = z.infer<typeof shape>;

/** A fault at a place within the file. */
export interface Misfit {
  path: PropertyKey[];
  message: string;
}

/** What no single field shows: ids that stand twice, and more than fits into one comment. */
function faultsOfWhole(file: PlaybookFile): Misfit[] {
  const faults: Misfit[] = [];
  const once = (seen: Set<string>, name: string, path: PropertyKey[], where: string) => {
    if (seen.has(name)) faults.push({ path, message: `the id "${name}" stands twice ${where}` });
    seen.add(name);
  };
  // Steps and criteria share one list of ticks.
  const steps = new Set<string>();
  const phases = new Set<string>();
  for (const [p, one] of file.phases.entries()) {
    for (const [s, { id }] of one.steps.entries()) once(steps, id, ['phases', p, 'steps', s, 'id'], 'in this playbook');
    once(phases, one.id, ['phases', p, 'id'], 'among the phases');
  }
  for (const [c, { id }] of file.criteria.entries()) once(steps, id, ['criteria', c, 'id'], 'in this playbook');
  return [...faults, ...tooMuch(file)];
}

/** More than fits into one comment. */
export function tooMuch(file: { phases: { steps: unknown[] }[]; criteria: unknown[] }): Misfit[] {
  const boxes = file.phases.reduce((sum, { steps }) => sum + steps.length, file.criteria.length);
  const length = JSON.stringify(file).length;
  const faults: Misfit[] = [];
  if (boxes > MAX_STEPS)
    faults.push({ path: ['phases'], message: `${boxes} steps and criteria; at most ${MAX_STEPS} fit into one comment` });
  if (length > MAX_TEXT)
    faults.push({
      path: [],
      message: `the playbook has ${length} characters of text; at most ${MAX_TEXT} fit into one comment`,
    });
  return faults;
}

export function toPlaybook(file: PlaybookFile): Playbook {
  return { ...file, base: null, criteria: file.criteria.map(toCriterion), gate: chosenLevels(file.gate) };
}

export function toCriterion(written: { id: string; text: string }): Step {
  return { ...written, details: [] };
}

export function chosenLevels(gate: PlaybookFile['gate']): Playbook['gate'] {
  const levels: Playbook['gate'] = {};
  for (const [item, chosen] of Object.entries(gate)) if (chosen) levels[item] = chosen;
  return levels;
}
