/** Web addresses of things, as GitHub makes them, on the sandbox's own address. */
import { fullName } from '../read.ts';
import type { Issue } from '../state/issues.ts';
import type { Repository } from '../state/repository.ts';
import type { Context } from './context.ts';
import type { Fields } from './types.ts';

export function repoPath(repo: Repository): string {
  return `/${fullName(repo)}`;
}

export function threadPath(repo: Repository, issue: Issue): string {
  return `${repoPath(repo)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}

export function link(context: Context, path: string): string {
  return context.world.url + path;
}

/** `url` and `resourcePath` of everything that has a page. */
export function linked<S>(path: (source: S, context: Context) => string): Fields<S> {
  return {
    url: (source, _args, context) => link(context, path(source, context)),
    resourcePath: (source, _args, context) => path(source, context),
  };
}
