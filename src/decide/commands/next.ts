/** `/session next [text]`: sets a person's own next action; without text shows the one that stands (L6). */
import * as words from '../../render/commands/lifecycle.ts';
import { cleanText, quoteText } from '../../render/markdown.ts';
import { nextStep } from '../../render/sweep/next-step.ts';
import { mainOf, nextAction } from '../session/next-action.ts';
import { queuePlace } from '../session/slots.ts';
import { playbookOf } from '../session/view.ts';
import { isOpen, onOpenSession, sessionHere, wrong } from './here.ts';
import type { Asked, Command, CommandResult } from './types.ts';

const MAX = 300;

export const next: Command = {
  verb: 'next',
  usage: '/session next [text]',
  does: 'sets the next action on the card; `--clear` goes back to the reckoned one; without text shows it',
  permission: 'triage',
  examples: ['/session next ask Bob for the export', '/session next --clear', '/session next'],
  run(asked) {
    const text = cleanText(asked.rest, MAX);
    if (text === '') return show(asked);
    return onOpenSession(asked, ({ session, worklog }) => {
      if (text === '--clear') {
        // A retry finds its own work done.
        const mine = worklog.some((entry) => entry.key === `said:${asked.key}`);
        if (session.records.next === null && !mine) return wrong(words.noNext());
        return set(null, words.logNextCleared(), asked);
      }
      return set(text, words.logNext(text), asked);
    });
  },
};

function set(text: string | null, log: string, { author }: Asked): CommandResult {
  return { kind: 'ask', log, ask: { by: author, update: (records) => ({ ...records, next: text }) } };
}

function show({ facts }: Asked): CommandResult {
  const ledger = sessionHere(facts);
  if (!ledger) return wrong(words.noSession());
  const { session, pulls } = ledger;
  const place = session.state === 'planned' ? queuePlace(facts.slots, session.number) : null;
  const action = nextAction({ session, pull: mainOf(pulls), playbook: playbookOf(session, facts.repo), place });
  const own = isOpen(session.state) && session.records.next !== null;
  return { kind: 'reply', body: words.nextIs(nextStep(action, quoteText), own) };
}
