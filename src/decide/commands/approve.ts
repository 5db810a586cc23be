/** `/session approve`: work may start, where the configuration asks for an approval (L9). */
import * as words from '../../render/commands/lifecycle.ts';
import { onOpenSession, said, wrong } from './here.ts';
import type { Command } from './types.ts';

export const approve: Command = {
  verb: 'approve',
  usage: '/session approve',
  does: 'lets a planned session start, where the configuration asks for an approval',
  permission: 'write',
  examples: ['/session approve'],
  run(asked) {
    return onOpenSession(asked, ({ session }) => {
      const waits = session.holds?.some((hold) => hold.kind === 'approval') ?? false;
      const mine = session.records.approved?.key === asked.key;
      if (!waits && !mine) return wrong(words.noApprovalNeeded());
      const note = said(asked);
      return {
        kind: 'ask',
        log: words.logApproved(),
        ask: { by: asked.author, update: (records) => ({ ...records, approved: records.approved ?? note }) },
      };
    });
  },
};
