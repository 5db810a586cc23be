/** The shape of a playbook file that changes another playbook: `extends`, then what to add, replace, remove (P3). */
import { z } from 'zod';
import { criterion, id, line, persona, phase, range, shape, step } from './playbook-schema.ts';

const addedStep = z.strictObject({
  ...step.shape,
  phase: id.optional().describe('The phase that it goes into; may be left out where `after` says it.'),
  after: id.optional().describe('The step that it follows; without it, it goes to the end of its phase.'),
});

const addedPhase = z.strictObject({
  ...phase.shape,
  after: id.optional().describe('The phase that it follows; without it, it goes to the end.'),
});

const added = z.strictObject({
  phases: z.array(addedPhase).max(20).default([]).describe('New phases, with their steps.'),
  steps: z.array(addedStep).max(100).default([]).describe('New steps in phases that are there.'),
  criteria: z.array(criterion).max(30).default([]).describe('Further success criteria.'),
  reading: z.array(line(500)).max(30).default([]).describe('Further things to read before the start.'),
});

/** What its id names decides which of the keys fit. */
const replaced = z.strictObject({
  id,
  text: line(500).optional().describe('New words of a step or criterion.'),
  details: step.shape.details.removeDefault().optional().describe('New finer points of a step; left out, it has none.'),
  title: line(100).optional().describe('New title of a phase; its steps stay.'),
  minutes: range('minutes', 0, 10_000).optional(),
  persona: persona.optional(),
});

const { type, version, title, goal, chooseFor, hours, reading, commit, gate } = shape.shape;

export const extensionSchema = z.strictObject({
  type: type.optional().describe('Name of the session type; the name of the file where it is left out.'),
  extends: id.describe('The type that it changes. Its own type: the one that the owner or Playcaller has.'),
  version: version.optional(),
  title: title.optional(),
  goal: goal.optional(),
  chooseFor: chooseFor.optional(),
  hours: hours.optional(),
  reading: reading.removeDefault().optional().describe('What to read before the start, instead of what the other one says.'),
  commit: commit.optional(),
  gate: gate.describe('Gate items whose level this playbook sets; the others are as in the one that it extends.'),
  add: z
    .union([z.array(addedStep).max(100), added])
    .optional()
    .describe('New steps; or a map of steps, phases, criteria, reading.'),
  replace: z.array(replaced).max(200).default([]).describe('Steps, criteria and phases with new words, by their id.'),
  remove: z.array(id).max(200).default([]).describe('Ids of steps, criteria and phases that are left out.'),
});

export type ExtensionFile = z.infer<typeof extensionSchema>;
export type AddedStep = z.infer<typeof addedStep>;
export type AddedPhase = z.infer<typeof addedPhase>;
export type Replacement = z.infer<typeof replaced>;
