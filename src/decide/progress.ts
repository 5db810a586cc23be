/** Reads people's ticks from the playbook comment, and how far a session is with them (L7). */
import type { Phase, Playbook, Step } from '../model/playbook.ts';
import { stepText } from '../render/playbook/step-line.ts';
import { taskLines } from './task-lines.ts';

export interface Ticks {
  /** Ids of ticked lines, in the order of the comment, each once. */
  ticks: string[];
  /** Ids of all lines found: what is not here was deleted, and says nothing about its tick. */
  steps: string[];
}

/**
 * Lines count by the stable id at their end, in whatever order people left them. With the playbook given, ids are
 * those of its steps and criteria only, and a line that lost its id is known by its exact text.
 */
export function readTicks(body: string, playbook?: Playbook): Ticks {
  const steps = playbook && [...playbook.phases.flatMap((phase) => phase.steps), ...playbook.criteria];
  const ids = steps && new Set(steps.map((step) => step.id));
  const lines = taskLines(body).map((line) => ({ ...line, id: markerOf(line.text) }));
  const isLost = (id: string | null) => ids !== undefined && !(id !== null && ids.has(id));
  // Texts are compared only where a line has lost its id: that is rare, and takes most of the time.
  const byText = steps && lines.some(({ id }) => isLost(id)) ? idsByText(steps) : new Map<string, string[]>();
  const marked = new Set(lines.map(({ id }) => id));
  const found = new Map<string, boolean>();
  for (const { checked, text, id: marker } of lines) {
    const id = isLost(marker)
      ? byText.get(oneSpace(withoutComments(text)))?.find((one) => !marked.has(one) && !found.has(one))
      : marker;
    if (id) found.set(id, checked || found.get(id) === true);
  }
  return { ticks: [...found].flatMap(([id, checked]) => (checked ? [id] : [])), steps: [...found.keys()] };
}

export interface PhaseProgress {
  id: string;
  title: string;
  done: number;
  total: number;
}

export interface Progress {
  /** Steps of the phases; criteria are counted apart. */
  done: number;
  total: number;
  perPhase: PhaseProgress[];
  criteria: { done: number; total: number };
  /** The first open step, in the playbook's order. */
  next: Step | null;
  /** Title of the phase that `next` belongs to. */
  nextPhase: string | null;
}

export function progress(playbook: Playbook, ticks: Iterable<string>): Progress {
  const ticked = new Set(ticks);
  const isOpen = (step: Step) => !ticked.has(step.id);
  const count = (steps: Step[]) => ({ done: steps.filter((step) => !isOpen(step)).length, total: steps.length });
  const perPhase = playbook.phases.map(({ id, title, steps }) => ({ id, title, ...count(steps) }));
  const phase: Phase | undefined = playbook.phases.find((candidate) => candidate.steps.some(isOpen));
  return {
    ...count(playbook.phases.flatMap((candidate) => candidate.steps)),
    perPhase,
    criteria: count(playbook.criteria),
    next: phase?.steps.find(isOpen) ?? null,
    nextPhase: phase?.title ?? null,
  };
}

/** Text as shown, and as written in the playbook → ids that carry it, in order; several steps may share one. */
function idsByText(steps: Step[]): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const step of steps) {
    for (const text of new Set([oneSpace(stepText(step)), oneSpace(step.text)])) {
      texts.set(text, [...(texts.get(text) ?? []), step.id]);
    }
  }
  return texts;
}

function markerOf(line: string): string | null {
  return [...line.matchAll(/<!-- *step:([^\s<>]+) *-->/g)].at(-1)?.[1] ?? null;
}

/** Index by index, not by one pattern: a line of nothing but `<!--` would take quadratic time. */
function withoutComments(line: string): string {
  const pieces = line.split('-->');
  const last = pieces.pop() ?? '';
  const shown = pieces.map((piece) => (piece.includes('<!--') ? piece.slice(0, piece.indexOf('<!--')) : `${piece}-->`));
  return shown.join('') + last;
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
