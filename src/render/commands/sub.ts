/** Words of `/session sub`, and the sub-issue that it makes (L10). */
import { cleanText, code, quoteText } from '../markdown.ts';

export const noSession = (served: number | null): string =>
  served === null
    ? 'There is no session here to split. Put a session label on this issue first.'
    : `The session is on #${served}: write the command there.`;
export const onPull = (): string =>
  'This session is on a pull request, and only issues have sub-issues. Start the session on an issue to split it.';
export const ended = (state: string): string => `This session is ${state}: it takes no more sub-sessions.`;
export const noTitle = (): string => 'Say in a few words what the sub-session is about.';
export const oddOptions = (): string => 'The options are `type=…` and `module=…`, each once.';
export const noModule = (id: string): string => `The registry has no module ${code(id, 60)}.`;
export const full = (most: number): string => `This issue has ${most} sub-issues, and GitHub takes no more below one issue.`;
export const asked = (title: string, type: string): string => `sub-session asked for: “${title}” (${type})`;

export function noType(type: string, near: string | null, types: readonly string[]): string {
  const hint = near === null ? '' : ` Did you mean ${code(near)}?`;
  return `There is no playbook ${code(type, 60)}.${hint} There are: ${types.map((name) => code(name)).join(', ')}.`;
}

/** GitHub takes titles of 256 characters at most. */
export function title(text: string): string {
  return cleanText(text, 200);
}

export function body(view: { mark: string; parent: number; author: string; module: string | null }): string {
  const lines = [
    `<!-- playcaller:sub ${view.mark} -->`,
    `Part of #${view.parent}, split off by ${quoteText(view.author, 40)}.`,
    ...(view.module === null ? [] : [`Module: ${view.module}`]),
    'Write below what has to be true at the end, as a task list under `## Acceptance criteria`.',
  ];
  return lines.join('\n\n');
}
