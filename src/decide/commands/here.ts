/** Which session a command means: that of its own issue or pull request, else the one that the pull request serves. */
import type { SessionLedger } from '../../model/facts.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Said } from '../../model/records.ts';
import type { SessionState } from '../../model/session.ts';
import * as words from '../../render/commands/lifecycle.ts';
import type { Asked, CommandResult } from './types.ts';

export function sessionHere(facts: LaneFacts): SessionLedger | null {
  return facts.own ?? facts.served;
}

export function isOpen(state: SessionState): boolean {
  return state === 'planned' || state === 'active';
}

export function wrong(because: string): CommandResult {
  return { kind: 'wrong', because };
}

/** Runs `run` on the open session that is meant, else says why that cannot be. */
export function onOpenSession(asked: Asked, run: (ledger: SessionLedger) => CommandResult): CommandResult {
  const ledger = sessionHere(asked.facts);
  if (!ledger) return wrong(words.noSession());
  return isOpen(ledger.session.state) ? run(ledger) : wrong(words.ended(ledger.session.state));
}

/** Like `onOpenSession`, for what is only possible where the session itself is. */
export function onOwnOpenSession(asked: Asked, run: (ledger: SessionLedger) => CommandResult): CommandResult {
  const { own, served } = asked.facts;
  return !own && served ? wrong(words.onIssue(served.session.number)) : onOpenSession(asked, run);
}

export function said({ key, author, facts }: Asked): Said {
  return { key, by: author, at: facts.now };
}
