/** `/session log <text>`: a line for the worklog, honest failures included (L9). */
import * as words from '../../render/commands/lifecycle.ts';
import { cleanText } from '../../render/markdown.ts';
import { sessionHere, wrong } from './here.ts';
import type { Command } from './types.ts';

const MAX = 1000;

export const log: Command = {
  verb: 'log',
  usage: '/session log <text>',
  does: 'writes a line into the worklog',
  permission: 'triage',
  examples: ['/session log tried a cache per request; it made things slower'],
  takesLines: (rest) => rest === '',
  run({ facts, author, rest, below }) {
    if (!sessionHere(facts)) return wrong(words.noSession());
    const text = cleanText(rest === '' ? below.join(' ') : rest, MAX);
    return text === '' ? wrong(words.noText()) : { kind: 'ask', ask: { by: author, update: (records) => records }, log: text };
  },
};
