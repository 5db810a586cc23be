/** Words of the gate item "title". */
import { code } from '../markdown.ts';

export const title = 'Title';

export type TitleFault =
  | { kind: 'empty' }
  | { kind: 'no-type' }
  | { kind: 'unknown-type'; type: string }
  | { kind: 'unfinished' }
  | { kind: 'form' };

export function good(type: string): string {
  return `A conventional ${code(type)} title`;
}

export const commitIsGood = 'So is the message of the only commit, which is what a squash merge lands';

/** The title or the message as it is named in a sentence. */
export function named(text: string, of: 'title' | 'commit'): string {
  return of === 'title' ? `The title ${code(text, 100)}` : `The only commit's message ${code(text, 100)}`;
}

/** Why the message of a commit matters. */
export const commitLands = 'With one commit, a squash merge lands its message and not the title';

export function fault(text: string, found: TitleFault, of: 'title' | 'commit'): string {
  if (found.kind === 'empty') return of === 'title' ? 'There is no title' : 'The only commit has no message';
  return `${named(text, of)} ${reason(found, of)}`;
}

function reason(found: TitleFault, of: 'title' | 'commit'): string {
  switch (found.kind) {
    case 'unknown-type':
      return `begins with ${code(found.type, 30)}, which is no type in use here`;
    case 'unfinished':
      return of === 'title' ? 'says that the work is unfinished' : 'is one that git means to fold into another';
    case 'form':
      return 'is nearly there: the form is `type: subject` or `type(scope): subject`';
    default:
      return 'does not say what kind of change it is';
  }
}

export function mendTitle(suggestion: string | null, types: readonly string[]): string {
  if (suggestion !== null) return `Try ${code(suggestion, 120)}.`;
  return `Write ${code('type: what changes')}, with one of the types ${types.map((type) => code(type, 30)).join(', ')}.`;
}

export function mendCommit(wish: string | null): string {
  const message = wish === null ? '' : `, for example to ${code(wish, 120)}`;
  return `Reword the commit (${code('git commit --amend')}, then force-push)${message}. Or have an admin set squash merges to use the pull request's title.`;
}

export const commitUnread = 'The message of the only commit, which a squash merge lands, could not be read yet';
