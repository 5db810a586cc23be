/** The words around commands: help, refusals, what was wrong. */
import type { CommandPermission, Verb } from '../../model/verbs.ts';
import { code, quoteText } from '../markdown.ts';

export interface CommandHelp {
  verb: Verb;
  usage: string;
  /** What it does, in a phrase. */
  does: string;
  permission: CommandPermission;
  /** Whatever a repository sets, nobody with less may use it. */
  floor?: CommandPermission;
  examples: string[];
}

export function helpText(commands: readonly CommandHelp[]): string {
  const rows = commands.map((command) => `| ${code(command.usage)} | ${command.does} | ${command.permission} |`);
  return [
    'Write a command on a line of its own, in a comment on a session’s issue or pull request.',
    '',
    '| command | what it does | who |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

export function unknownVerb(verb: string, nearest: string | null, commands: readonly CommandHelp[]): string {
  const hint = nearest === null ? '' : ` Did you mean ${code(nearest)}?`;
  return `There is no command ${code(`/session ${verb}`, 60)}.${hint}\n\n${helpText(commands)}`;
}

export function wrongUse(because: string, command: CommandHelp): string {
  return `${because}\n\nUsage: ${code(command.usage)}, for example ${code(command.examples[0] ?? command.usage)}`;
}

export function tooMany(lines: number, most: number): string {
  return `This comment holds ${lines} commands; the first ${most} are taken. Put the others into further comments.`;
}

export function notAllowed(author: string, command: CommandHelp, has: string): string {
  const who = quoteText(author, 40);
  return `${code(`/session ${command.verb}`)} needs ${command.permission} permission on this repository; ${who} has ${has}. Nothing was done.`;
}
