/** Facts of a failed plan for the tests: `a b:a c:b` with what is done and what failed. */
import type { FailedTask, RecoveryFacts, RecoveryTask } from '../../src/model/recovery.ts';
import { tasks } from '../plan/tasks.ts';

export function failed(id: string, more: Partial<FailedTask> = {}): FailedTask {
  return { id, error: 'it broke', kind: 'syntax', attempts: 0, ...more };
}

export function recovery(
  text: string,
  done: string,
  failures: FailedTask[],
  more: Record<string, Partial<RecoveryTask>> = {},
): RecoveryFacts {
  return {
    tasks: tasks(text).map((task) => ({ ...task, prompt: null, tokens: null, ...more[task.id] })),
    done: done.split(' ').filter((id) => id !== ''),
    running: [],
    failed: failures,
  };
}
