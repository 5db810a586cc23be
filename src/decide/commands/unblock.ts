/** `/session unblock`: nothing blocks any more; the label goes (W8). */
import * as words from '../../render/commands/lifecycle.ts';
import { clearBlocks, openBlocks } from '../session/blocks.ts';
import { onOwnOpenSession, wrong } from './here.ts';
import type { Command } from './types.ts';

export const unblock: Command = {
  verb: 'unblock',
  usage: '/session unblock',
  does: 'says that nothing blocks the session any more',
  permission: 'triage',
  examples: ['/session unblock'],
  run(asked) {
    const { facts, author, key } = asked;
    return onOwnOpenSession(asked, ({ session, worklog }) => {
      // A retry finds its own work done, and still has to take the label off.
      const mine = worklog.some((entry) => entry.key === `said:${key}`);
      if (!session.blocked && openBlocks(session.records).length === 0 && !mine) return wrong(words.notBlocked());
      return {
        kind: 'ask',
        log: words.logUnblocked(),
        ask: { by: author, unblock: true, update: (records) => clearBlocks(records, facts.now) },
      };
    });
  },
};
