/** The module of the registry that a session works on: named in the description, or by command (P5). */
import { closest, distance } from 'fastest-levenshtein';
import type { RepoFacts } from '../../model/facts.ts';
import type { Module } from '../../model/module.ts';
import type { Session } from '../../model/session.ts';
import type { ModuleView } from '../../render/session/module.ts';
import { dependencySession } from '../../render/session/module.ts';

/** Types of session that build or join modules (S0). */
const BUILDING = ['feature', 'module-integration'];

/** The id in a line `Module: <id>` of the description, outside of comments and code; null when there is none. */
export function moduleLine(body: string): string | null {
  const plain = body.replace(/<!--[\s\S]*?-->/g, '').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const line = /^[ \t]*(?:[-*][ \t]+)?\**Module:?\**:?[ \t]+`?([a-z][a-z0-9-]{0,59})`?[ \t]*\r?$/im;
  return line.exec(plain)?.[1]?.toLowerCase() ?? null;
}

/** Null where the repository keeps no registry, or the session has nothing to do with one. */
export function moduleView(session: Session, { registry }: RepoFacts): ModuleView | null {
  const id = session.records.module;
  if (!registry || registry.modules.length === 0) return null;
  const ended = session.state === 'completed' || session.state === 'abandoned';
  const ids = registry.modules.map((module) => module.id);
  if (id === null) return BUILDING.includes(session.type) && !ended ? { kind: 'unnamed', ids } : null;
  const module = registry.modules.find((candidate) => candidate.id === id);
  if (!module) return { kind: 'unknown', id, near: nearest(id, ids), ids };
  const needed = module.depends.flatMap((name) => registry.modules.find((other) => other.id === name) ?? []);
  const lacking = needed
    .filter((other) => other.status !== 'present')
    .map((other) => ({ module: other, offer: !ended && other.status === 'missing' && !split(session, other) }));
  return { kind: 'known', module, lacking };
}

/** A sub-session for it stands already. */
function split(session: Session, module: Module): boolean {
  return session.children?.list.some((child) => child.title === dependencySession(module)) ?? false;
}

export function nearest(id: string, ids: readonly string[]): string | null {
  const [first] = ids;
  if (first === undefined) return null;
  const candidate = closest(id, [...ids]);
  return distance(id, candidate) <= Math.max(2, Math.floor(id.length / 3)) ? candidate : null;
}
