/** What a command is: usage, permission, examples (its help is made from them), and its decision. */
import type { Effects, GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { CommandHelp } from '../../render/commands/help.ts';
import type { Ask } from '../session/move.ts';
import type { TakesLines } from './parse.ts';

export interface Asked {
  facts: LaneFacts;
  author: string;
  /** What follows the verb on its line. */
  rest: string;
  /** Lines below it, up to the next command, for commands that take `Key: value` lines. */
  below: string[];
  /** Stable over retries: what is written under it is written once. */
  key: string;
}

export type CommandResult =
  /** Answered with one comment. */
  | { kind: 'reply'; body: string }
  /** Done; a reaction says so. */
  | { kind: 'done'; effects: Effects }
  /** Asks something of the session that the subject carries; `reply` is said beside it, `log` goes into the worklog, `github` and `ledger` are done too. */
  | {
      kind: 'ask';
      ask: Omit<Ask, 'key' | 'log'>;
      reply?: string;
      log?: string;
      github?: GitHubEffect[];
      ledger?: LedgerEffect[];
    }
  /** Used wrongly: the reply says how to write it right. */
  | { kind: 'wrong'; because: string };

export interface Command extends CommandHelp {
  /** Which lines below it are part of it, given what stands behind the verb; absent: none. */
  takesLines?(rest: string): TakesLines;
  run(asked: Asked): CommandResult;
}
