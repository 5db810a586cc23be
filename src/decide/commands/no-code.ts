/** `/session no-code <why>`: the same as `/session complete --no-code <why>` (L12). */
import { complete } from './complete.ts';
import type { Command } from './types.ts';

export const noCode: Command = {
  ...complete,
  verb: 'no-code',
  usage: '/session no-code <why>',
  does: 'completes a session that makes no code, as `complete --no-code` does',
  examples: ['/session no-code the audit report is in the wiki'],
  run: (asked) => complete.run({ ...asked, rest: `--no-code ${asked.rest}` }),
};
