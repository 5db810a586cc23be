/** Which of our comments is which: by the marker that it begins with. */
import type { SessionLedger } from '../../model/facts.ts';
import type { FoundSession } from '../../model/rebuild.ts';

const MARKER = /^<!-- playcaller:([^\n>]{1,100}?) -->/;
/** The one reply that a session remembers; its key begins with its role. */
const SIMILAR = /^reply similar:/;

export function artefactsOf({ session }: SessionLedger, sessions: readonly FoundSession[]): Record<string, string> {
  const found = sessions.find(({ subject }) => subject.number === session.number);
  const artefacts: Record<string, string> = {};
  for (const { id, ours, body } of found?.comments ?? []) {
    const mark = ours ? MARKER.exec(body)?.[1] : undefined;
    const role = mark === undefined ? null : roleOf(mark);
    if (role !== null) artefacts[role] ??= id;
  }
  return artefacts;
}

function roleOf(mark: string): string | null {
  if (SIMILAR.test(mark)) return 'similar';
  return mark.startsWith('reply ') || mark.startsWith('sweep ') ? null : mark;
}
