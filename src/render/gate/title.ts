/** Words of the gate item "title". */
import { code } from '../markdown.ts';

export const title = 'Title';

export type TitleFault =
  | { kind: 'empty' }
  | { kind: 'no-type' }
  | { kind: 'unknown-type'; type: string }
  | { kind: 'unfinished' }
  | { kind: 'form' };

export function good(type: string, landing: 'title' | 'title-and-commit'): string {
  const both = landing === 'title-and-commit' ? '; so is the message of the only commit, which is what a squash merge lands' : '';
  return `A conventional ${code(type)} title${both}`;
}

export function fault(text: string, found: TitleFault, of: 'title' | 'commit'): string {
  const what = of === 'title' ? `The title ${code(text, 100)}` : `The only commit's message ${code(text, 100)}`;
  const why = reason(found, of);
  const lands = of === 'commit' ? '. With one commit, a squash merge lands this and not the title' : '';
  return found.kind === 'empty'
    ? of === 'title'
      ? 'There is no title'
      : 'The only commit has no message'
    : `${what} ${why}${lands}`;
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
