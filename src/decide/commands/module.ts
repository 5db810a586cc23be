/** `/session module <id>`: names the module of the registry that this session works on (P5). */
import * as words from '../../render/commands/module.ts';
import { moduleLine, nearest } from '../session/module.ts';
import type { Command } from './types.ts';

export const module: Command = {
  verb: 'module',
  usage: '/session module <id>',
  does: 'names the module that this session works on',
  permission: 'write',
  examples: ['/session module payments'],
  run({ facts, author, rest }) {
    const session = facts.own?.session;
    if (!session) return { kind: 'wrong', because: words.noSession(facts.served?.session.number ?? null) };
    const modules = facts.repo.registry?.modules ?? [];
    if (modules.length === 0) return { kind: 'wrong', because: words.noRegistry() };
    const ids = modules.map((one) => one.id);
    const id = rest.replace(/^`|`$/g, '').toLowerCase();
    if (id === '') return { kind: 'wrong', because: words.noId(ids) };
    if (!ids.includes(id)) return { kind: 'wrong', because: words.unknown(id, nearest(id, ids), ids) };
    const line = moduleLine(facts.subject.body);
    if (line !== null && line !== id) return { kind: 'wrong', because: words.inBody(line) };
    if (session.state === 'completed') return { kind: 'wrong', because: words.ended() };
    const update = (records: typeof session.records) => ({ ...records, module: id });
    return { kind: 'ask', ask: { by: author, update }, log: words.said(id) };
  },
};
