/** Reads the truth: one GraphQL query, what only REST has, and the ledger. */
import type { Facts } from '../model/lane-facts.ts';
import type { Trigger } from '../model/trigger.ts';
import { gatherBoard } from './gather-board.ts';
import { gatherSubject } from './gather-subject.ts';
import type { Reading } from './reading.ts';

/** @throws a `GitHubFault` when GitHub cannot be read */
export async function gather(trigger: Trigger, reading: Reading): Promise<Facts> {
  switch (trigger.kind) {
    case 'board':
      return gatherBoard(trigger, reading);
    case 'subject':
    case 'command':
      return gatherSubject(trigger, reading);
  }
}
