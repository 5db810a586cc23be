/** What is still open of the 48-hour lists of merged sessions, read from their records (W11). */

import type { AfterMerge } from '../../model/backlog.ts';
import type { SessionLedger } from '../../model/facts.ts';
import type { BoardQuery } from '../generated/graphql.ts';
import { present } from '../map-subject.ts';

/** `nodes(ids:)` takes 100. */
const MOST = 100;
const OPEN_LINE = /^\s*[-*+] \[ \] .*<!-- step:([\w-]+) -->\s*$/gm;

/** Merged sessions with a record, newest first. */
export function withRecords(ledgers: readonly SessionLedger[]): SessionLedger[] {
  return ledgers
    .filter(({ session, artefacts }) => session.evidence?.kind === 'merged' && artefacts.record !== undefined)
    .toSorted((a, b) => (b.session.endedAt ?? '').localeCompare(a.session.endedAt ?? ''))
    .slice(0, MOST);
}

export function afterMergeOf(merged: readonly SessionLedger[], data: BoardQuery): AfterMerge[] {
  const bodies = new Map(
    present(data.records).flatMap((node) => (node.__typename === 'IssueComment' ? [[node.id, node.body] as const] : [])),
  );
  return merged.flatMap(({ session, artefacts }) => {
    const { evidence, number, id: name, title, url, endedAt } = session;
    if (evidence?.kind !== 'merged' || endedAt === null) return [];
    const body = bodies.get(artefacts.record ?? '');
    const open = body === undefined ? null : [...body.matchAll(OPEN_LINE)].map(([, id]) => id ?? '');
    return [{ number, name, title, url, pull: evidence.pull, mergedAt: endedAt, open }];
  });
}
