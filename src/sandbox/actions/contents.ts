/** Commits: one file changed through the contents API, or many paths at once. */
import { appIdOf, loginOf, mustWrite } from '../access.ts';
import { SandboxError } from '../error.ts';
import { type Commit, commitOf, writeBlob, writeCommit } from '../git/objects.ts';
import { changeTree, entryAt, type PathChange } from '../git/tree.ts';
import { accountByLogin, branchSha } from '../read.ts';
import { mustAllowPush } from '../required.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from '../state/accounts.ts';
import type { Signature } from '../state/git.ts';
import type { Repository } from '../state/repository.ts';
import { moveRef } from './refs.ts';

/** As GitHub signs what is done on the web: the account's no-reply address. */
export function signatureOf(sandbox: Sandbox, actor: Actor): Signature {
  const login = loginOf(sandbox.world, actor);
  const account = accountByLogin(sandbox.world, login);
  const email = `${account?.id ?? 0}+${login}@users.noreply.github.com`;
  return { name: account?.name ?? login, email, date: sandbox.now(), login };
}

/** Who commits by the web or the API in somebody's name. */
export function webFlow(sandbox: Sandbox): Signature {
  return { name: 'GitHub', email: 'noreply@github.com', date: sandbox.now(), login: 'web-flow' };
}

/** Whose commit it is, is told by the address alone; a strange one belongs to nobody. */
export function signedBy(sandbox: Sandbox, own: Signature, given: Partial<Signature> | undefined): Signature {
  const { email } = given ?? {};
  if (email === undefined || email === own.email) return { ...own, ...given, login: own.login };
  const [, name] = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email) ?? [];
  return { ...own, ...given, login: name ? (accountByLogin(sandbox.world, name)?.login ?? null) : null };
}

export interface CommitInput {
  branch: string;
  message: string;
  changes: PathChange[];
  author?: Partial<Signature>;
  committer?: Partial<Signature>;
  /** The branch must still be here; else 409. */
  expectedHead?: string;
}

/** Commits onto a branch (the default branch of an empty repository is made). @throws 404 without the branch, 409 by its rules. */
export function commitOnBranch(sandbox: Sandbox, actor: Actor, repo: Repository, input: CommitInput): Commit {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  const head = branchSha(repo, input.branch);
  if (!head && (repo.refs.size > 0 || input.branch !== repo.defaultBranch)) {
    throw new SandboxError(404, `Branch ${input.branch} not found`);
  }
  if (input.expectedHead !== undefined && input.expectedHead !== head) {
    throw new SandboxError(409, `Expected branch to point to "${input.expectedHead}" but it did not. Pull and try again.`);
  }
  const own = signatureOf(sandbox, actor);
  const author = signedBy(sandbox, own, input.author);
  const committer = input.committer
    ? signedBy(sandbox, own, input.committer)
    : appIdOf(actor) === null
      ? webFlow(sandbox)
      : author;
  const tree = changeTree(repo, head, input.changes);
  const sha = writeCommit(repo, { tree, parents: head ? [head] : [], message: input.message, author, committer });
  if (head) mustAllowPush(sandbox.world, repo, input.branch, sha, 409);
  moveRef(sandbox, actor, repo, `refs/heads/${input.branch}`, sha);
  const commit = commitOf(repo, sha);
  if (!commit) throw new SandboxError(500, 'commit was not written');
  return commit;
}

export interface FileInput {
  path: string;
  message: string;
  branch?: string;
  /** Blob that is replaced; needed when the file exists. */
  sha?: string;
  author?: Partial<Signature>;
  committer?: Partial<Signature>;
}

/** Workflow files need the `workflows` permission from apps (GitHub docs). */
function checkWorkflow(sandbox: Sandbox, actor: Actor, repo: Repository, path: string): void {
  if (path.startsWith('.github/workflows/')) mustWrite(sandbox.world, actor, repo, 'write', 'workflows');
}

function checkPath(path: string): void {
  const parts = path.split('/');
  if (path === '' || parts.some((part) => part === '' || part === '.' || part === '..' || part === '.git')) {
    throw new SandboxError(422, 'path contains a malformed path component');
  }
}

/** @throws 422 without the SHA of a file that exists, 409 with another one. */
export function putFile(sandbox: Sandbox, actor: Actor, repo: Repository, input: FileInput, content: Buffer): Commit {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  checkWorkflow(sandbox, actor, repo, input.path);
  checkPath(input.path);
  const branch = input.branch ?? repo.defaultBranch;
  const head = branchSha(repo, branch);
  const known = head ? entryAt(repo, head, input.path) : null;
  if (known && input.sha === undefined) throw new SandboxError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (input.sha !== undefined && known?.sha !== input.sha) {
    throw new SandboxError(409, `${input.path} does not match ${input.sha}`);
  }
  const mode = known?.type === 'blob' ? known.mode : '100644';
  const changes = [{ path: input.path, mode, sha: writeBlob(repo, content) }];
  return commitOnBranch(sandbox, actor, repo, { ...input, branch, changes });
}

export function deleteFile(sandbox: Sandbox, actor: Actor, repo: Repository, input: FileInput): Commit {
  mustWrite(sandbox.world, actor, repo, 'write', 'contents');
  checkWorkflow(sandbox, actor, repo, input.path);
  const branch = input.branch ?? repo.defaultBranch;
  const head = branchSha(repo, branch);
  const known = head ? entryAt(repo, head, input.path) : null;
  if (known?.type !== 'blob') throw new SandboxError(404, 'Not Found');
  if (known.sha !== input.sha) throw new SandboxError(409, `${input.path} does not match ${input.sha}`);
  return commitOnBranch(sandbox, actor, repo, { ...input, branch, changes: [{ path: input.path, mode: '100644', sha: null }] });
}
