/** What a command is: usage, permission, examples (its help is made from them), and its decision. */
import type { Effects } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/facts.ts';
import type { Evidence } from '../../model/session.ts';
import type { CommandHelp } from '../../render/commands/help.ts';

export interface Asked {
  facts: LaneFacts;
  author: string;
  rest: string;
}

export type CommandResult =
  /** Answered with one comment. */
  | { kind: 'reply'; body: string }
  /** Done; a reaction says so. */
  | { kind: 'done'; effects: Effects }
  /** Brings evidence for the session that the subject carries. */
  | { kind: 'evidence'; evidence: Evidence }
  /** Used wrongly: the reply says how to write it right. */
  | { kind: 'wrong'; because: string };

export interface Command extends CommandHelp {
  run(asked: Asked): CommandResult;
}
