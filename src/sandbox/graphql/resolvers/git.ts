/** Trees, blobs, refs, and the expressions that name them (`HEAD:path`). */
import { isBinary } from '../../git/diff.ts';
import { blobOf, treeOf } from '../../git/objects.ts';
import { entryAt } from '../../git/tree.ts';
import { nodeId } from '../../ids.ts';
import { resolveCommit } from '../../read.ts';
import type { TreeEntry } from '../../state/git.ts';
import type { Repository } from '../../state/repository.ts';
import type { PageArgs } from '../connection.ts';
import type { GitNode, RefNode, TreeEntryNode } from '../nodes.ts';
import type { Fields } from '../types.ts';
import { gitObjectFields } from './commit.ts';
import { rulesOfRef } from './rule.ts';
import { pageOfPulls } from './thread-list.ts';

const typeNames = { commit: 'Commit', tree: 'Tree', blob: 'Blob' } as const;

/** The object with this SHA, as a node of its kind. */
export function gitNode(repo: Repository, sha: string): GitNode | null {
  const object = repo.objects.get(sha);
  return object ? { __typename: typeNames[object.type], repo, sha: object.sha } : null;
}

/** `HEAD`, `main`, a SHA, or one of these with `:path`; null when it names nothing, as on GitHub. */
export function resolveExpression(repo: Repository, expression: string): GitNode | null {
  const cut = expression.indexOf(':');
  const revision = cut < 0 ? expression : expression.slice(0, cut);
  const root = resolveCommit(repo, revision === 'HEAD' ? `refs/heads/${repo.defaultBranch}` : revision)?.sha ?? revision;
  if (cut < 0) return gitNode(repo, root);
  const path = expression.slice(cut + 1);
  if (path.startsWith('/')) return null;
  const entry = entryAt(repo, root, path);
  return entry ? gitNode(repo, entry.sha) : null;
}

function entryNode(node: GitNode, entry: TreeEntry): TreeEntryNode {
  return { __typename: 'TreeEntry', repo: node.repo, entry, path: entry.path };
}

const sizeOf = ({ repo, entry }: TreeEntryNode): number => blobOf(repo, entry.sha)?.content.length ?? 0;

function extension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? '' : path.slice(dot);
}

/** GitHub gives no text of blobs over 512,000 bytes in full. */
const textAtMost = 512_000;

function contentOf({ repo, sha }: GitNode): Buffer {
  return blobOf(repo, sha)?.content ?? Buffer.alloc(0);
}

export const gitResolvers = {
  Tree: {
    ...gitObjectFields('Tree'),
    entries: (node) => (treeOf(node.repo, node.sha)?.entries ?? []).map((entry) => entryNode(node, entry)),
  } satisfies Fields<GitNode>,
  Blob: {
    ...gitObjectFields('Blob'),
    byteSize: (node) => contentOf(node).length,
    isBinary: (node) => isBinary(contentOf(node)),
    isTruncated: (node) => contentOf(node).length > textAtMost,
    text: (node) => (isBinary(contentOf(node)) ? null : contentOf(node).subarray(0, textAtMost).toString()),
  } satisfies Fields<GitNode>,
  TreeEntry: {
    name: ({ entry, path }) => path.split('/').at(-1) ?? entry.path,
    nameRaw: ({ path }) => Buffer.from(path.split('/').at(-1) ?? '').toString('base64'),
    path: ({ path }) => path,
    pathRaw: ({ path }) => Buffer.from(path).toString('base64'),
    type: ({ entry }) => entry.type,
    mode: ({ entry }) => Number.parseInt(entry.mode, 8),
    oid: ({ entry }) => entry.sha,
    object: ({ repo, entry }) => gitNode(repo, entry.sha),
    size: sizeOf,
    extension: ({ path }) => extension(path),
    isGenerated: () => false,
    language: () => null,
    lineCount: ({ repo, entry }) => blobOf(repo, entry.sha)?.content.toString().split('\n').length ?? null,
    submodule: () => null,
    repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  } satisfies Fields<TreeEntryNode>,
};

/** `refs/heads/`, `refs/tags/`: up to the second slash. */
function prefixOf(ref: string): string {
  return /^refs\/[^/]+\//.exec(ref)?.[0] ?? '';
}

export const refFields: Fields<RefNode> = {
  id: ({ repo, ref }) => nodeId('Ref', repo.id, ref),
  name: ({ ref }) => ref.slice(prefixOf(ref).length),
  prefix: ({ ref }) => prefixOf(ref),
  target: ({ repo, ref }) => gitNode(repo, repo.refs.get(ref) ?? ''),
  repository: ({ repo }) => ({ __typename: 'Repository', repo }),
  branchProtectionRule: () => null,
  refUpdateRule: () => null,
  rules: rulesOfRef,
  associatedPullRequests: ({ repo, ref }, args: PageArgs, context) =>
    pageOfPulls(context, repo, args, (issue) => issue.pull.headRepoId === repo.id && `refs/heads/${issue.pull.headRef}` === ref),
};
