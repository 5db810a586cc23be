/** What the sub-sessions of a session mean for it: it completes after them (L10). */
import type { NextAction } from '../../model/plan.ts';
import type { Child, Children, Session } from '../../model/session.ts';

/** An issue that was closed without a session is done, and one that was given up holds nobody back. */
function isOpen({ state }: Child): boolean {
  return state === 'planned' || state === 'active' || state === 'failed' || state === 'open';
}

export function openChildren(children: Children | undefined): number {
  return children ? children.list.filter(isOpen).length + children.openBeyond : 0;
}

export function firstOpenChild({ children }: Session): NextAction | null {
  const first = children?.list.find(isOpen);
  return first ? { kind: 'child', number: first.number, repo: first.repo, title: first.title } : null;
}
