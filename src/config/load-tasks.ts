/** A plan's file → its tasks, or everything that is wrong with them (B1). */
import type { z } from 'zod';
import type { RecoveryTask } from '../model/recovery.ts';
import type { SessionsFault } from './load-sessions.ts';
import { type Parsed, parseSessions } from './parse-sessions.ts';
import { type FieldPath, faultsOf, located, type Say, unknownWords } from './plan-faults.ts';
import { didYouMean } from './suggest.ts';
import { linksSchema, slipHint, TASK_KEYS, taskSchema } from './tasks-schema.ts';
import { kindOf } from './yaml-source.ts';

export interface TasksSource {
  text: string;
  format: 'json' | 'yaml' | 'either';
}

const EXPECTED = 'a map with a list of tasks is expected, such as {"tasks": [{"id": "a"}]}';

/** Never throws; not one task is returned while anything is wrong. Cycles are the plan's to find. */
export function loadTasks(source: TasksSource): { tasks: RecoveryTask[] } | { faults: SessionsFault[] } {
  const file = openFile(source);
  if ('faults' in file) return file;
  const { say, all } = faultsOf();
  const { tasks } = readTasks(file, say);
  return all.length > 0 ? { faults: located(all, file.parsed) } : { tasks };
}

export interface OpenFile {
  parsed: Extract<Parsed, { value: unknown }>;
  entries: unknown[];
  /** Where the entries stand: `['tasks']`, or nowhere in a file that is a list. */
  under: FieldPath;
}

/** The tasks are the file itself or stand under `tasks`. */
export function openFile({ text, format }: TasksSource): OpenFile | { faults: SessionsFault[] } {
  const parsed = parseSessions(text, format, EXPECTED);
  if ('message' in parsed) return { faults: [{ field: '', ...parsed }] };
  const { value } = parsed;
  if (Array.isArray(value)) return { parsed, entries: value, under: [] };
  const fault = (message: string) => ({ faults: [{ field: '', message, line: null }] });
  if (typeof value !== 'object' || value === null) return fault(`must be a map with a list of tasks, not ${kindOf(value)}`);
  if (!('tasks' in value)) {
    const slip = Object.keys(value).find((key) => didYouMean(key, ['tasks']) !== '');
    return fault(
      slip === undefined ? `has no "tasks": ${EXPECTED}` : `has a key ${JSON.stringify(slip)} (did you mean "tasks"?)`,
    );
  }
  if (!Array.isArray(value.tasks)) return fault(`must have a list under "tasks", not ${kindOf(value.tasks)}`);
  return { parsed, entries: value.tasks, under: ['tasks'] };
}

/** `ids` holds those of faulty tasks too, so that a link to one is no further fault. */
export function readTasks({ entries, under }: OpenFile, say: Say): { tasks: RecoveryTask[]; ids: Map<string, number> } {
  const ids = new Map<string, number>();
  const read = entries.map((entry, index) => {
    const path = [...under, index];
    const task = readTask(entry, path, say);
    const id = task?.id ?? idOf(entry);
    const first = id === null ? undefined : ids.get(id);
    if (first !== undefined) say([...path, 'id'], `${JSON.stringify(id)} stands twice, first in ${under.join('')}[${first}]`);
    else if (id !== null) ids.set(id, index);
    return task;
  });
  const unknown = unknownWords([...ids.keys()]);
  for (const [index, task] of read.entries()) {
    const links = task ?? linksOf(entries[index]);
    const own = task?.id ?? idOf(entries[index]);
    for (const key of ['depends', 'after'] as const) {
      for (const [place, to] of links[key].entries()) {
        const path = [...under, index, key, place];
        if (to === own) say(path, `${JSON.stringify(to)} waits for itself; take it out`);
        else if (!ids.has(to)) say(path, unknown(to));
      }
    }
  }
  return { tasks: read.filter((task) => task !== null), ids };
}

function readTask(entry: unknown, path: FieldPath, say: Say): RecoveryTask | null {
  const data = readEntry(taskSchema, TASK_KEYS, entry, path, say);
  if (data === null) return null;
  const { tokens } = data;
  return {
    id: data.id,
    title: data.title || data.id,
    estimate: data.estimate ?? null,
    depends: data.depends,
    after: data.after,
    state: 'planned',
    prompt: data.prompt || null,
    tokens: tokens ? { planner: tokens.planner ?? 0, coder: tokens.coder ?? 0, validator: tokens.validator ?? 0 } : null,
  };
}

/** Keys that are none of ours may stand beside ours, unless they look like a slip of one that is not given. */
export function readEntry<T>(schema: z.ZodType<T>, keys: readonly string[], entry: unknown, path: FieldPath, say: Say): T | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    say(path, `must be a map with ${keys.slice(0, 3).join(', ')} …, not ${kindOf(entry)}`);
    return null;
  }
  const free = keys.filter((key) => !Object.hasOwn(entry, key));
  for (const key of Object.keys(entry)) {
    const hint = keys.includes(key) ? null : slipHint(key, free);
    if (hint !== null) say([...path, key], `is no key of this${hint}`);
  }
  const result = schema.safeParse(entry);
  if (result.success) return result.data;
  for (const issue of result.error.issues)
    say([...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))], issue.message);
  return null;
}

/** Of a task that has faults elsewhere: all that is wrong is to be named at once. */
function linksOf(entry: unknown): Pick<RecoveryTask, 'depends' | 'after'> {
  const result = linksSchema.safeParse(entry);
  return result.success ? result.data : { depends: [], after: [] };
}

function idOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('id' in entry)) return null;
  return typeof entry.id === 'string' || typeof entry.id === 'number' ? String(entry.id).trim() : null;
}
