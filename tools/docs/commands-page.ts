/** The page docs/commands.md: every command with usage, permission and examples. */
import type { CommandHelp } from '../../src/render/commands/help.ts';
import { table } from '../../src/render/markdown.ts';
import { fencedBlock } from '../../src/render/playbook/fenced-block.ts';
import { generatedFrom } from './generated-from.ts';

export function commandsPage(commands: readonly CommandHelp[]): string {
  const rows = commands.map(({ verb, does, permission }) => [`[\`${verb}\`](#${verb})`, does, permission]);
  return [
    '# Commands',
    '',
    generatedFrom('src/decide/commands'),
    '',
    "Write a command at the beginning of a line, in a comment on the session's issue or pull request. Several in one comment are done in order, each once; an edited comment runs only what is new. What stands in a code block, a quotation or an HTML comment is no command.",
    '',
    'A rocket on the comment says that it was done. A command that is written wrongly gets one reply that shows how to write it right; one by somebody who may not use it gets a refusal, and nothing is done.',
    '',
    table([['Command', 'What it does', 'Who'], ...rows]),
    '',
    '*Who* is the least permission on the repository: `read`, `triage`, `write` or `maintain`. [Configuration](configuration.md#who-may-use-a-command) can change it.',
    '',
    ...commands.flatMap(commandLines),
  ].join('\n');
}

function commandLines({ verb, usage, does, permission, examples }: CommandHelp): string[] {
  const told = examples.filter((example) => example !== usage);
  // Short ones share a block; one with lines below it stands alone, as it would in its comment.
  const short = told.filter((example) => !example.includes('\n'));
  const blocks = [...(short.length > 0 ? [short.join('\n')] : []), ...told.filter((example) => example.includes('\n'))];
  return [
    `## ${verb}`,
    '',
    `${does.charAt(0).toUpperCase()}${does.slice(1)}. Needs ${permission}.`,
    '',
    ...fencedBlock(usage),
    '',
    ...(blocks.length > 0 ? ['For example:', ''] : []),
    ...blocks.flatMap((block) => [...fencedBlock(block), '']),
  ];
}
