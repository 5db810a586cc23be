/** From facts to effects: pure, synchronous, no clock. Null when there is nothing to do. */
import type { Effects } from '../model/effect.ts';
import type { Facts } from '../model/lane-facts.ts';
import type { Trigger } from '../model/trigger.ts';
import { decideBoard } from './board.ts';
import { decideCommand } from './commands/decide-command.ts';
import { decideGone } from './gone.ts';
import { decideSubject } from './subject.ts';

export function decide(trigger: Trigger, facts: Facts): Effects | null {
  switch (facts.kind) {
    case 'irrelevant':
    case 'moved':
      return null;
    case 'gone':
      return decideGone(facts);
    case 'board':
      return trigger.kind === 'board' ? decideBoard(facts, trigger.reasons) : null;
    case 'subject':
      if (trigger.kind === 'command') return decideCommand(facts, trigger.command);
      return trigger.kind === 'subject' ? decideSubject(facts, trigger.changes) : null;
  }
}
