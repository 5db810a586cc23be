/** A playbook and what a file changes in it → the changed playbook, and what of the file does not fit (P3). */
import type { Playbook } from '../model/playbook.ts';
import { addTo, type Say, stepIds, within } from './add-to-playbook.ts';
import type { ExtensionFile, Replacement } from './extension-schema.ts';
import { chosenLevels, type Misfit, tooMuch } from './playbook-schema.ts';
import { didYouMean } from './suggest.ts';

export interface Extended {
  /** With everything of the file that fits; null when no playbook would be left, or too much of one. */
  playbook: Playbook | null;
  /** What does not fit, by its path in the file. */
  misfits: Misfit[];
}

/** What is removed goes first, so that its id may be added in another place; a phase without steps is left out. */
export function extendPlaybook(base: Playbook, file: ExtensionFile, type: string): Extended {
  const misfits: Misfit[] = [];
  const say: Say = (path, message) => misfits.push({ path, message });
  const draft = overridden(base, file, type);
  const ids = idsOf(draft);
  remove(draft, file.remove, say);
  for (const [index, one] of file.replace.entries()) {
    const twice = file.replace.findIndex(({ id }) => id === one.id) < index;
    if (twice) say(['replace', index, 'id'], `the id "${one.id}" stands twice in this list`);
    else replace(draft, one, ids, within(say, 'replace', index));
  }
  addTo(draft, file.add, say);
  draft.phases = draft.phases.filter(({ steps }) => steps.length > 0);
  const whole = [
    ...(draft.phases.length === 0 ? [{ path: ['remove'], message: 'leaves no step in the playbook' }] : []),
    ...(draft.criteria.length === 0 ? [{ path: ['remove'], message: 'leaves no success criterion in the playbook' }] : []),
    ...tooMuch(draft),
  ];
  return { playbook: whole.length === 0 ? draft : null, misfits: [...misfits, ...whole] };
}

function overridden(base: Playbook, file: ExtensionFile, type: string): Playbook {
  const { version, title, goal, chooseFor, hours, reading, commit } = file;
  const given = Object.entries({ version, title, goal, chooseFor, hours, reading, commit });
  return {
    ...structuredClone(base),
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    type,
    gate: { ...base.gate, ...chosenLevels(file.gate) },
  };
}

function remove(draft: Playbook, ids: readonly string[], say: Say): void {
  const known = idsOf(draft);
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) say(['remove', index], `the id "${id}" stands twice in this list`);
    else if (!known.includes(id)) say(['remove', index], unknown(id, known));
    seen.add(id);
    // Steps and criteria first: a phase may have the name of one of its steps.
    const boxes = stepIds(draft).includes(id);
    const other = (one: { id: string }) => one.id !== id;
    if (!boxes) draft.phases = draft.phases.filter(other);
    for (const phase of draft.phases) phase.steps = phase.steps.filter(other);
    draft.criteria = draft.criteria.filter(other);
  }
}

/** `ids`: all of the playbook that is changed, so that a removed one is told from an unknown one. */
function replace(draft: Playbook, { id, ...words }: Replacement, ids: readonly string[], say: Say): void {
  const given = Object.entries(words).filter(([, value]) => value !== undefined);
  const mustFit = (what: string, keys: readonly string[]) => {
    for (const [key] of given) {
      if (!keys.includes(key)) say([key], `"${id}" is a ${what}, which has no ${key}; it has ${keys.join(', ')}`);
    }
  };
  const steps = draft.phases.flatMap((phase) => phase.steps);
  const step = steps.find((one) => one.id === id);
  const criterion = draft.criteria.find((one) => one.id === id);
  const phase = draft.phases.find((one) => one.id === id);
  if (step ?? criterion) {
    mustFit(step ? 'step' : 'criterion', step ? ['text', 'details'] : ['text']);
    if (words.text === undefined) say(['text'], 'is missing');
    else Object.assign(step ?? criterion ?? {}, { text: words.text, details: (step && words.details) ?? [] });
  } else if (phase) {
    const keys = ['title', 'minutes', 'persona'];
    mustFit('phase', keys);
    Object.assign(phase, Object.fromEntries(given.filter(([key]) => keys.includes(key))));
  } else say(['id'], ids.includes(id) ? `"${id}" is also in "remove": keep one of the two` : unknown(id, idsOf(draft)));
}

function idsOf(playbook: Playbook): string[] {
  return [...stepIds(playbook), ...playbook.phases.map(({ id }) => id)];
}

function unknown(id: string, known: readonly string[]): string {
  return `nothing here has the id "${id}"${didYouMean(id, known)}`;
}
