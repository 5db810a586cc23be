/** Branches, and commits made on them. */
import type {
  CreateCommitOnBranchInput,
  CreateRefInput,
  DeleteRefInput,
  FileAddition,
  UpdateRefInput,
} from '@octokit/graphql-schema';
import { mustWrite } from '../../access.ts';
import * as actions from '../../actions/index.ts';
import { SandboxError } from '../../error.ts';
import { writeBlob } from '../../git/objects.ts';
import { entryAt, type PathChange } from '../../git/tree.ts';
import { branchSha } from '../../read.ts';
import type { Repository } from '../../state/repository.ts';
import type { Context } from '../context.ts';
import { apiError, unprocessable } from '../errors.ts';
import { needNode } from '../lookup.ts';
import { commitNode, type RefNode, refNode } from '../nodes.ts';
import { repositoryNamed } from '../resolvers/owner.ts';
import type { Fields } from '../types.ts';
import { mutation } from './mutation.ts';

/** GraphQL words a taken name in its own way. */
function renameTaken(error: unknown, ref: string): unknown {
  const taken = error instanceof SandboxError && error.message === 'Reference already exists';
  return taken ? unprocessable(`A ref named "${ref}" already exists in the repository.`) : error;
}

function branchOf(context: Context, { branch }: CreateCommitOnBranchInput): RefNode {
  if (branch.id) return needNode(context, branch.id, 'Ref');
  const [owner, name] = (branch.repositoryNameWithOwner ?? '').split('/');
  if (!owner || !name || !branch.branchName) {
    throw unprocessable('A branch needs its id, or repositoryNameWithOwner and branchName.');
  }
  const { repo } = repositoryNamed(context, owner, name);
  return refNode(repo, `refs/heads/${branch.branchName.replace(/^refs\/heads\//, '')}`);
}

function addition(repo: Repository, head: string | null, { path, contents }: FileAddition): PathChange {
  const bad = path.split('/').some((part) => part === '' || part === '.' || part === '..' || part === '.git');
  if (bad) throw unprocessable(`A path was requested that is malformed: \`${path}\``);
  const known = head ? entryAt(repo, head, path) : null;
  const mode = known?.type === 'blob' ? known.mode : '100644';
  return { path, mode, sha: writeBlob(repo, Buffer.from(String(contents), 'base64')) };
}

function deletion(repo: Repository, head: string | null, path: string): PathChange {
  if (!head || entryAt(repo, head, path)?.type !== 'blob') {
    throw unprocessable(`A path was requested for deletion which does not exist as of commit oid \`${head}\`: ${path}`);
  }
  return { path, mode: '100644', sha: null };
}

const createCommitOnBranch = mutation<CreateCommitOnBranchInput>((input, context, ...by) => {
  const { repo, ref } = branchOf(context, input);
  mustWrite(context.world, context.actor, repo, 'write', 'contents');
  const branch = ref.slice('refs/heads/'.length);
  const head = branchSha(repo, branch);
  if (!head) throw unprocessable(`No such branch: ${branch}`);
  const expectedHead = String(input.expectedHeadOid);
  if (head !== expectedHead) {
    throw apiError('STALE_DATA', `Expected branch to point to "${expectedHead}" but it did not. Pull and try again.`);
  }
  const additions = input.fileChanges?.additions ?? [];
  const deletions = input.fileChanges?.deletions ?? [];
  if ([...additions, ...deletions].some(({ path }) => path.startsWith('.github/workflows/'))) {
    mustWrite(context.world, context.actor, repo, 'write', 'workflows');
  }
  const { headline, body } = input.message;
  const commit = actions.commitOnBranch(...by, repo, {
    branch,
    message: body ? `${headline}\n\n${body}` : headline,
    changes: [...deletions.map(({ path }) => deletion(repo, head, path)), ...additions.map((file) => addition(repo, head, file))],
    expectedHead,
  });
  return { commit: commitNode(repo, commit.sha), ref: refNode(repo, ref) };
});

export const refMutations: Fields<unknown> = {
  createCommitOnBranch,
  createRef: mutation<CreateRefInput>((input, context, ...by) => {
    const { repo } = needNode(context, input.repositoryId, 'Repository');
    try {
      actions.createRef(...by, repo, input.name, String(input.oid));
    } catch (error) {
      throw renameTaken(error, input.name);
    }
    return { ref: refNode(repo, input.name) };
  }),
  updateRef: mutation<UpdateRefInput>((input, context, ...by) => {
    const { repo, ref } = needNode(context, input.refId, 'Ref');
    actions.updateRef(...by, repo, ref, String(input.oid), input.force ?? false);
    return { ref: refNode(repo, ref) };
  }),
  deleteRef: mutation<DeleteRefInput>((input, context, ...by) => {
    const { repo, ref } = needNode(context, input.refId, 'Ref');
    actions.deleteRef(...by, repo, ref);
    return {};
  }),
};
