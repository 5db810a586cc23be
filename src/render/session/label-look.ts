/** How our labels look when we make them: colour (hex, no #) and a description of at most 100 characters. */
import type { SessionState } from '../../model/session.ts';

const STATES: Record<SessionState, { color: string; description: string }> = {
  planned: { color: 'c5def5', description: 'Playcaller: waits for a slot' },
  active: { color: '1f883d', description: 'Playcaller: work is under way' },
  completed: { color: '8250df', description: 'Playcaller: done, with its record' },
  abandoned: { color: '6e7781', description: 'Playcaller: given up, the record is kept' },
};

export function labelLook(
  role: SessionState | 'type' | 'tracker' | 'blocked' | 'backlog' | 'category',
  /** Of the session, or the category. */
  name = '',
): { color: string; description: string } {
  if (role === 'type') return { color: 'fbca04', description: `Playcaller: starts a ${name} session`.slice(0, 100) };
  if (role === 'tracker') return { color: '0969da', description: 'Playcaller: the board and the daily sweep' };
  if (role === 'blocked') return { color: 'd1242f', description: 'Playcaller: waits for something else' };
  if (role === 'backlog') return { color: 'bfdadc', description: 'Playcaller: may be started next' };
  if (role === 'category') return { color: 'd4c5f9', description: `Playcaller: work on ${name}`.slice(0, 100) };
  return STATES[role];
}
