/** Who may use a command: whoever has its permission or more. */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { CommandHelp } from '../../render/commands/help.ts';

const RANKS = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

export function isAllowed(has: NonNullable<LaneFacts['permission']>, needs: CommandHelp['permission']): boolean {
  return RANKS.indexOf(has) >= RANKS.indexOf(needs);
}
