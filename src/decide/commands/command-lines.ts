/** The commands of a comment, each with what belongs to it and no more: an edit of the talk around them is no new command. */
import { commands } from './help.ts';
import { type CommandLine, parseCommands } from './parse.ts';

export function commandLines(body: string): CommandLine[] {
  return parseCommands(body, (verb, rest) => commands.find((command) => command.verb === verb)?.takesLines?.(rest) ?? false);
}
