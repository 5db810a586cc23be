/** `/session sweep`: publishes today's sweep now (W1). */
import { boardLane } from '../../model/repo.ts';
import type { Command } from './types.ts';

export const sweep: Command = {
  verb: 'sweep',
  usage: '/session sweep',
  does: "publishes today's sweep, or brings it up to date",
  permission: 'triage',
  examples: ['/session sweep'],
  run: ({ facts }) => ({
    kind: 'done',
    effects: {
      ledger: [{ kind: 'wake', lane: boardLane(facts.repo.name), why: 'command', board: 'command' }],
      github: [],
      after: [],
    },
  }),
};
