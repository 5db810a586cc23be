/** Words of `/session module`. */
import { code } from '../markdown.ts';
import { listed } from '../session/module.ts';

export const noSession = (served: number | null): string =>
  served === null ? 'There is no session here.' : `The session is on #${served}: write the command there.`;
export const noRegistry = (): string =>
  'This repository keeps no module registry. It is the file `.github/playcaller.modules.yml` on the default branch.';
export const noId = (ids: readonly string[]): string => `Say which module. There are: ${listed(ids)}.`;
export const inBody = (id: string): string =>
  `The description names the module ${code(id)} in its \`Module:\` line, and that line counts. Change it there.`;
export const ended = (): string => 'This session is completed: its module stays as it is.';
export const said = (id: string): string => `works on the module ${id}`;

export function unknown(id: string, near: string | null, ids: readonly string[]): string {
  const hint = near === null ? '' : ` Did you mean ${code(near)}?`;
  return `The registry has no module ${code(id, 60)}.${hint} There are: ${listed(ids)}.`;
}
