/** What a playbook file adds to the playbook that it extends: phases, steps, criteria, reading (P3). */
import type { Phase, Playbook, Step } from '../model/playbook.ts';
import type { AddedPhase, AddedStep, ExtensionFile } from './extension-schema.ts';
import { toCriterion } from './playbook-schema.ts';
import { didYouMean } from './suggest.ts';

/** Tells a misfit at a path of the file. */
export type Say = (path: PropertyKey[], message: string) => void;

/** In the order: phases, steps, criteria, reading; each as far as it fits. */
export function addTo(draft: Playbook, added: ExtensionFile['add'], say: Say): void {
  if (Array.isArray(added)) {
    for (const [index, step] of added.entries()) addStep(draft, step, within(say, 'add', index));
    return;
  }
  if (!added) return;
  for (const [index, phase] of added.phases.entries()) addPhase(draft, phase, within(say, 'add', 'phases', index));
  for (const [index, step] of added.steps.entries()) addStep(draft, step, within(say, 'add', 'steps', index));
  for (const [index, criterion] of added.criteria.entries()) {
    if (isNew(draft, criterion.id, within(say, 'add', 'criteria', index))) draft.criteria.push(toCriterion(criterion));
  }
  draft.reading.push(...added.reading);
}

function addPhase(draft: Playbook, { after, ...phase }: AddedPhase, say: Say): void {
  const names = draft.phases.map(({ id }) => id);
  if (names.includes(phase.id)) {
    say(['id'], `there is a phase "${phase.id}" already; to change it, use "replace"`);
    return;
  }
  if (after !== undefined && !names.includes(after)) say(['after'], `there is no phase "${after}"${didYouMean(after, names)}`);
  const steps: Step[] = [];
  for (const [index, step] of phase.steps.entries()) {
    const twice = steps.some(({ id }) => id === step.id);
    if (twice) say(['steps', index, 'id'], `the id "${step.id}" stands twice in this playbook`);
    else if (isNew(draft, step.id, within(say, 'steps', index))) steps.push(step);
  }
  insert(draft.phases, { ...phase, steps }, after);
}

function addStep(draft: Playbook, { phase: into, after, ...step }: AddedStep, say: Say): void {
  if (!isNew(draft, step.id, say)) return;
  const names = draft.phases.map(({ id }) => id);
  const follows = draft.phases.find(({ steps }) => steps.some(({ id }) => id === after));
  const misses = (path: string, message: string) => say([path], message);
  if (into === undefined && after === undefined) misses('phase', `is missing; must be one of ${names.join(', ')}`);
  if (into !== undefined && !names.includes(into)) misses('phase', `there is no phase "${into}"${didYouMean(into, names)}`);
  if (after !== undefined && !follows) misses('after', `there is no step "${after}"${didYouMean(after, stepIds(draft))}`);
  if (follows && into !== undefined && follows.id !== into) {
    misses('after', `the step "${after}" is in the phase "${follows.id}", not in "${into}"`);
  }
  const phase: Phase | undefined = draft.phases.find(({ id }) => id === (into ?? follows?.id));
  if (phase) insert(phase.steps, step, after);
}

function isNew(draft: Playbook, id: string, say: Say): boolean {
  const there = stepIds(draft).includes(id);
  if (there) say(['id'], `the id "${id}" is there already; to change it, use "replace"`);
  return !there;
}

/** Behind `after`, else to the end. */
function insert<T extends { id: string }>(list: T[], one: T, after: string | undefined): void {
  const at = list.findIndex(({ id }) => id === after);
  list.splice(at < 0 ? list.length : at + 1, 0, one);
}

export function within(say: Say, ...parents: PropertyKey[]): Say {
  return (path, message) => say([...parents, ...path], message);
}

/** Steps and criteria: they share one list of ticks. */
export function stepIds({ phases, criteria }: Playbook): string[] {
  return [...phases.flatMap(({ steps }) => steps), ...criteria].map(({ id }) => id);
}
