/** `/session abandon <why>`: gives the session up; its slot is free, its record is kept (L13). */
import * as words from '../../render/commands/lifecycle.ts';
import { cleanText } from '../../render/markdown.ts';
import * as why from '../../render/session/reasons.ts';
import { wrong } from './here.ts';
import type { Command } from './types.ts';

const MAX = 500;

export const abandon: Command = {
  verb: 'abandon',
  usage: '/session abandon <why>',
  does: 'gives the session up: the slot is free, the record is kept',
  permission: 'triage',
  examples: ['/session abandon the new vendor does this for us'],
  run({ facts, author, rest }) {
    const { own, served } = facts;
    if (!own) return wrong(served ? words.onIssue(served.session.number) : words.noSession());
    if (own.session.state === 'completed') return wrong(words.completedNotAbandoned());
    const reason = cleanText(rest, MAX);
    if (!/[\p{L}\p{N}]/u.test(reason)) return wrong(words.noAbandonReason());
    if (own.session.state !== 'abandoned') return { kind: 'ask', ask: { by: author, abandon: reason } };
    const last = own.transitions.at(-1);
    if (last?.why === reason && last.who === author) return { kind: 'ask', ask: { by: author } };
    // Given up by label, without a word: the reason still finds its way into the record.
    const silent = last?.why === why.asked();
    return silent ? { kind: 'ask', ask: { by: author }, log: words.logGivenUp(reason) } : wrong(words.abandonedAlready());
  },
};
