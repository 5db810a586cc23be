/** `/session help`: every command, from the commands' own words. */
import { helpText } from '../../render/commands/help.ts';
import { complete } from './complete.ts';
import { types } from './list-types.ts';
import { sub } from './sub.ts';
import { sweep } from './sweep.ts';
import type { Command } from './types.ts';

export const help: Command = {
  verb: 'help',
  usage: '/session help',
  does: 'shows this list',
  permission: 'read',
  examples: ['/session help'],
  run: () => ({ kind: 'reply', body: helpText(commands) }),
};

/** A new command is a file of its own and a line here. */
export const commands: readonly Command[] = [types, sub, sweep, complete, help];
