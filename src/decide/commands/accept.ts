/** `/session accept <text>`: one more acceptance criterion; the session cannot complete while it is open (L8). */
import type { Records } from '../../model/records.ts';
import type { Session } from '../../model/session.ts';
import * as words from '../../render/commands/lifecycle.ts';
import { cleanText } from '../../render/markdown.ts';
import { onOpenSession, said, wrong } from './here.ts';
import type { Asked, Command } from './types.ts';

const MAX_TEXT = 300;
/** Playbook and criteria must fit into one comment. */
const MOST = 50;

export const accept: Command = {
  verb: 'accept',
  usage: '/session accept <text>',
  does: 'adds an acceptance criterion to the playbook comment, to be ticked there',
  permission: 'triage',
  examples: ['/session accept a cart of 500 items opens in less than a second'],
  run(asked) {
    return onOpenSession(asked, ({ session }) => {
      const text = cleanText(asked.rest, MAX_TEXT);
      if (!/[\p{L}\p{N}]/u.test(text)) return wrong(words.noCriterion());
      const mine = session.records.accepted.some((one) => one.key === asked.key);
      const there = mine ? null : sameCriterion(session, text);
      if (there) return wrong(words.criterionThere(there.id ?? null));
      if (!mine && session.records.accepted.length >= MOST) return wrong(words.tooManyCriteria(MOST));
      return {
        kind: 'ask',
        log: words.logAccepted(text),
        ask: { by: asked.author, update: (records) => withAccepted(records, text, asked) },
      };
    });
  },
};

function sameCriterion(session: Session, text: string) {
  return session.criteria.find((one) => cleanText(one.text, MAX_TEXT).toLowerCase() === text.toLowerCase());
}

/** Ids count up and are never given twice: ticks are kept by them. */
function withAccepted(records: Records, text: string, asked: Asked): Records {
  if (records.accepted.some((one) => one.key === asked.key)) return records;
  const last = Math.max(0, ...records.accepted.map(({ id }) => Number(id.replace('accept-', ''))));
  return { ...records, accepted: [...records.accepted, { ...said(asked), id: `accept-${last + 1}`, text }] };
}
