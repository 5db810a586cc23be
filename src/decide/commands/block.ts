/** `/session block <why> [on #n | on owner]`: says what a session waits for, and on whom (W8). */
import type { Block } from '../../model/records.ts';
import { splitRepo } from '../../model/repo.ts';
import * as words from '../../render/commands/lifecycle.ts';
import { cleanText } from '../../render/markdown.ts';
import { onOpenSession, said, wrong } from './here.ts';
import type { Command } from './types.ts';

const MAX = 300;

export const block: Command = {
  verb: 'block',
  usage: '/session block <why> [on #n | on owner | on @login]',
  does: 'marks the session as blocked and says why, since when and on whom',
  permission: 'triage',
  examples: ['/session block the price service answers 500 on #12', '/session block needs the contract on @carol'],
  run(asked) {
    return onOpenSession(asked, ({ session }) => {
      const { why, on } = readBlock(asked.rest, splitRepo(session.repo).owner);
      if (!/[\p{L}\p{N}]/u.test(why)) return wrong(words.noBlocker());
      if (on?.kind === 'issue' && on.number === session.number) return wrong(words.blocksItself());
      const entry: Block = { ...said(asked), why, on, clearedAt: null };
      return {
        kind: 'ask',
        log: words.logBlocked(why, onWhom(on)),
        ask: {
          by: asked.author,
          update: (records) =>
            records.blocks.some((one) => one.key === asked.key) ? records : { ...records, blocks: [...records.blocks, entry] },
        },
      };
    });
  },
};

/** `owner` stands for the account that the repository belongs to. */
function readBlock(rest: string, owner: string): Pick<Block, 'why' | 'on'> {
  const text = cleanText(rest, MAX);
  const match = /^(.*?)(?:^|\s+)on\s+(?:#(\d{1,9})|@([A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[\w.-]+)?)|(owner))$/i.exec(text);
  if (!match) return { why: text, on: null };
  const [, why = '', number, login] = match;
  if (number !== undefined) return { why, on: { kind: 'issue', number: Number(number) } };
  return { why, on: { kind: 'owner', login: login ?? owner } };
}

function onWhom(on: Block['on']): string {
  if (on === null) return '';
  return on.kind === 'issue' ? ` on #${on.number}` : ` on ${on.login}`;
}
