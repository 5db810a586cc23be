/** `/session help`: every command, from the commands' own words. */
import type { Config } from '../../model/config.ts';
import { helpText } from '../../render/commands/help.ts';
import { abandon } from './abandon.ts';
import { accept } from './accept.ts';
import { isAllowed } from './allowed.ts';
import { approve } from './approve.ts';
import { block } from './block.ts';
import { complete } from './complete.ts';
import { cost } from './cost.ts';
import { fail } from './fail.ts';
import { gap } from './gap.ts';
import { idea } from './idea.ts';
import { joint } from './joint.ts';
import { types } from './list-types.ts';
import { log } from './log.ts';
import { measure } from './measure.ts';
import { module } from './module.ts';
import { next } from './next.ts';
import { noCode } from './no-code.ts';
import { persona } from './persona.ts';
import { plan } from './plan.ts';
import { prompt } from './prompt.ts';
import { recover } from './recover.ts';
import { start } from './start.ts';
import { sub } from './sub.ts';
import { sweep } from './sweep.ts';
import type { Command } from './types.ts';
import { unblock } from './unblock.ts';
import { waive } from './waive.ts';

export const help: Command = {
  verb: 'help',
  usage: '/session help',
  does: 'shows this list',
  permission: 'read',
  examples: ['/session help'],
  run: ({ facts }) => ({ kind: 'reply', body: helpText(commandsOf(facts.repo.config)) }),
};

/** A new command is a file of its own and a line here. */
export const commands: readonly Command[] = [
  start,
  types,
  plan,
  log,
  next,
  accept,
  block,
  unblock,
  fail,
  recover,
  persona,
  approve,
  noCode,
  abandon,
  idea,
  gap,
  measure,
  joint,
  prompt,
  cost,
  waive,
  sub,
  module,
  sweep,
  complete,
  help,
];

/** With the permissions that the repository sets; none goes below the command's own floor. */
export function commandsOf({ commands: { permissions } }: Config): Command[] {
  return commands.map((command) => {
    const asked = permissions[command.verb] ?? command.permission;
    return { ...command, permission: command.floor && !isAllowed(asked, command.floor) ? command.floor : asked };
  });
}
