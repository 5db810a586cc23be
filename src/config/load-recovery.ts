/** A recovery's file → the facts of a failed plan, or everything that is wrong with it (B6). */
import type { FailedTask, RecoveryFacts } from '../model/recovery.ts';
import type { SessionsFault } from './load-sessions.ts';
import { openFile, readEntry, readTasks, type TasksSource } from './load-tasks.ts';
import { faultsOf, located, type Say, unknownWords } from './plan-faults.ts';
import { FAILED_KEYS, failedSchema, idsSchema, slipHint } from './tasks-schema.ts';
import { kindOf } from './yaml-source.ts';

const LISTS = ['tasks', 'done', 'running', 'failed'];

/** Never throws; nothing is returned while anything is wrong. At least one task failed. */
export function loadRecovery(source: TasksSource): { facts: RecoveryFacts } | { faults: SessionsFault[] } {
  const file = openFile(source);
  if ('faults' in file) return file;
  const whole = file.parsed.value;
  if (file.under.length === 0 || typeof whole !== 'object' || whole === null) {
    return { faults: [{ field: '', message: 'must be a map with tasks, done and failed, not a list', line: null }] };
  }
  const { say, all } = faultsOf();
  const { tasks, ids } = readTasks(file, say);
  const free = LISTS.filter((key) => !Object.hasOwn(whole, key));
  for (const key of Object.keys(whole)) {
    const hint = LISTS.includes(key) ? null : slipHint(key, free);
    if (hint !== null) say([key], `is no key of this${hint}`);
  }
  const failed = readFailed('failed' in whole ? whole.failed : undefined, say);
  const facts = {
    tasks,
    done: readIds('done', 'done' in whole ? whole.done : null, say),
    running: readIds('running', 'running' in whole ? whole.running : null, say),
    failed: failed.filter((one) => one !== null),
  };
  checkIds({ ...facts, failed: failed.map((one) => one?.id ?? null) }, ids, say);
  return all.length > 0 ? { faults: located(all, file.parsed) } : { facts };
}

function readIds(key: string, value: unknown, say: Say): string[] {
  if (value === null || value === undefined) return [];
  const result = idsSchema.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    say([key, ...path.map((part) => (typeof part === 'number' ? part : String(part)))], message);
  return [];
}

function readFailed(value: unknown, say: Say): (FailedTask | null)[] {
  const example = 'such as {"id": "b", "error": "what it said", "kind": "syntax"}';
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    say(['failed'], `names no task; nothing is to be recovered without one, ${example}`);
    return [];
  }
  if (!Array.isArray(value)) {
    say(['failed'], `must be a list, not ${kindOf(value)}: ${example}`);
    return [];
  }
  return value.map((entry: unknown, index): FailedTask | null => {
    const data = readEntry(failedSchema, FAILED_KEYS, entry, ['failed', index], say);
    if (data === null) return null;
    return { id: data.id, error: data.error || null, kind: data.kind ?? 'unknown', attempts: data.attempts ?? 0 };
  });
}

type Lists = Record<'done' | 'running' | 'failed', (string | null)[]>;

/** Each is a task, and in one list only. Null stands for an entry with faults of its own. */
function checkIds(lists: Lists, ids: ReadonlyMap<string, number>, say: Say): void {
  const unknown = unknownWords([...ids.keys()]);
  const seen = new Map<string, string>();
  for (const key of ['done', 'running', 'failed'] as const) {
    for (const [index, id] of lists[key].entries()) {
      if (id === null) continue;
      const path = key === 'failed' ? [key, index, 'id'] : [key, index];
      const before = seen.get(id);
      if (!ids.has(id)) say(path, unknown(id));
      else if (before !== undefined) say(path, `${JSON.stringify(id)} stands twice, first in ${before}`);
      seen.set(id, before ?? key);
    }
  }
}
