/** Which tasks build on others, directly or through further ones. */
import type { PlanTask } from '../../model/batches.ts';

export type Dependents = ReadonlyMap<string, readonly string[]>;

/** By id: who depends hard on it. */
export function dependentsOf(tasks: readonly PlanTask[]): Dependents {
  const dependents = new Map<string, string[]>(tasks.map(({ id }) => [id, []]));
  for (const { id, depends } of tasks) for (const on of new Set(depends)) if (on !== id) dependents.get(on)?.push(id);
  return dependents;
}

/** All that build on `ids`, themselves included. */
export function withDependents(ids: Iterable<string>, dependents: Dependents): Set<string> {
  const found = new Set(ids);
  for (const id of found) for (const dependent of dependents.get(id) ?? []) found.add(dependent);
  return found;
}
