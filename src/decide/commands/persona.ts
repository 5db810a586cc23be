/** `/session persona <name>`: posts that persona's questions as a checklist (L11). */
import * as words from '../../render/commands/lifecycle.ts';
import { personaRole } from '../session/personas.ts';
import { onOwnOpenSession, wrong } from './here.ts';
import { nearest } from './nearest.ts';
import type { Command } from './types.ts';

export const persona: Command = {
  verb: 'persona',
  usage: '/session persona <name>',
  does: 'posts the questions of a reviewer’s point of view as a checklist: dana (data), oscar (architecture), argo (risk)',
  permission: 'triage',
  examples: ['/session persona oscar'],
  run(asked) {
    const { facts, author, rest, key } = asked;
    return onOwnOpenSession(asked, ({ session, artefacts, worklog }) => {
      const personas = facts.repo.personas ?? [];
      const names = personas.map((one) => one.name);
      const name = rest.trim().toLowerCase();
      if (name === '') return wrong(words.noPersona(names));
      const found = personas.find((one) => one.name === name);
      if (!found) return wrong(words.unknownPersona(rest, nearest(name, names), names));
      const id = artefacts[personaRole(name)];
      const stands = id !== undefined && facts.subject.comments.some((comment) => comment.id === id);
      const mine = worklog.some((entry) => entry.key === `said:${key}`);
      if (stands && !mine && session.records.personas.includes(name)) return wrong(words.personaThere(found.title));
      return {
        kind: 'ask',
        log: words.logPersona(found.title),
        ask: {
          by: author,
          persona: name,
          update: (records) =>
            records.personas.includes(name) ? records : { ...records, personas: [...records.personas, name] },
        },
      };
    });
  },
};
