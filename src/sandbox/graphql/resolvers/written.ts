/** What issues, pull requests, comments and reviews have in common: someone wrote them. */
import { atLeast } from '../../access.ts';
import { authorAssociation } from '../../payload/issue.ts';
import type { Repository } from '../../state/repository.ts';
import { type PageArgs, paginate } from '../connection.ts';
import type { Context } from '../context.ts';
import { actsAsInstallation } from '../guard.ts';
import type { Fields } from '../types.ts';
import { actorNode } from './account.ts';

/** The parts of a text that someone wrote. */
export interface Written {
  repo: Repository;
  user: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  lastEditor: string | null;
  lastEditedAt: string | null;
}

/** Not GitHub's rendering, but safe: the text with its special characters escaped, a paragraph each. */
export function plainHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return escaped
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((paragraph) => `<p dir="auto">${paragraph}</p>`)
    .join('\n');
}

/** Whether the viewer could change what someone else wrote. */
export function mayModerate(context: Context, repo: Repository, scope: string): boolean {
  if (context.actor.kind === 'user') return atLeast(context.permission(repo), 'write');
  return (
    context.actor.kind === 'installation' && actsAsInstallation(context, repo) && context.actor.permissions[scope] === 'write'
  );
}

function canUpdate(context: Context, it: Written): boolean {
  return context.isAuthor(it.user) || mayModerate(context, it.repo, 'issues');
}

/** Fields of everything written; `read` takes the parts from the node. */
export function written<S>(read: (source: S) => Written): Fields<S> {
  return {
    author: (source, _args, context) => actorNode(context, read(source).user),
    authorAssociation: (source, _args, context) => authorAssociation(context.world, read(source).repo, read(source).user),
    body: (source) => read(source).body,
    bodyText: (source) => read(source).body,
    bodyHTML: (source) => plainHtml(read(source).body),
    createdAt: (source) => read(source).createdAt,
    publishedAt: (source) => read(source).createdAt,
    updatedAt: (source) => read(source).updatedAt,
    lastEditedAt: (source) => read(source).lastEditedAt,
    editor: (source, _args, context) => actorNode(context, read(source).lastEditor),
    includesCreatedEdit: (source) => read(source).lastEditedAt !== null,
    createdViaEmail: () => false,
    userContentEdits: (source, args: PageArgs, context) => {
      const { lastEditedAt, lastEditor } = read(source);
      const edits = lastEditedAt === null ? [] : [lastEditedAt];
      return paginate(edits, args, String, (at) => ({
        createdAt: at,
        editedAt: at,
        updatedAt: at,
        deletedAt: null,
        diff: read(source).body,
        editor: actorNode(context, lastEditor),
      }));
    },
    viewerDidAuthor: (source, _args, context) => context.isAuthor(read(source).user),
    viewerCanUpdate: (source, _args, context) => canUpdate(context, read(source)),
    viewerCannotUpdateReasons: (source, _args, context) => (canUpdate(context, read(source)) ? [] : ['INSUFFICIENT_ACCESS']),
    viewerCanReact: (_source, _args, context) => context.login !== null,
  };
}
