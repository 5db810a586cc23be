/** The repository's files, a form that changes one, and the form that makes branch, commit and pull request in one go. */
import { html } from 'hono/html';
import { type Api, orElse, type Repo } from './api.ts';
import { type Html, icon } from './html.ts';

/** @returns the text, or null where there is no such file. */
async function readText(api: Api, at: Repo, ref: string, path: string): Promise<string | null> {
  const answer = await orElse(
    api.rest.repos.getContent({ ...at, path, ref }).then(({ data }) => data),
    null,
  );
  if (answer === null || Array.isArray(answer) || !('content' in answer)) return null;
  return Buffer.from(answer.content, 'base64').toString('utf8');
}

/** `HEAD` is the default branch. */
async function branchOf(api: Api, at: Repo, ref: string): Promise<string> {
  return ref === 'HEAD' ? (await api.rest.repos.get({ ...at })).data.default_branch : ref;
}

export async function treePage(api: Api, at: Repo, wanted: string): Promise<Html> {
  const ref = await branchOf(api, at, wanted);
  const [commit, branches] = await Promise.all([
    api.rest.repos.getCommit({ ...at, ref }).then(({ data }) => data),
    orElse(api.paginate(api.rest.repos.listBranches, { ...at, per_page: 100 }), []),
  ]);
  const tree = (await api.rest.git.getTree({ ...at, tree_sha: commit.commit.tree.sha, recursive: '1' })).data.tree;
  const base = `/${at.owner}/${at.repo}`;
  return html`<div class="toolbar"><details class="menu"><summary class="btn">${icon('git-branch')} ${ref} ${icon('triangle-down')}</summary>
<div class="menu-list"><p class="menu-title">Branches</p><div class="menu-scroll">${branches.map(
    (one) => html`<a class="menu-item" href="${base}/tree/${one.name}">${one.name}</a>`,
  )}</div></div></details><a class="btn" href="${base}/compare">New pull request</a></div>
<div class="box"><div class="box-head"><code>${commit.sha.slice(0, 7)}</code> <span>${commit.commit.message.split('\n', 1)[0]}</span></div>
<ul class="rows">${tree
    .filter((one) => one.type === 'blob')
    .map(
      (one) =>
        html`<li class="row">${icon('file', 'muted')}<a class="row-main" href="${base}/blob/${ref}?path=${encodeURIComponent(one.path)}">${one.path}</a></li>`,
    )}</ul></div>`;
}

export async function blobPage(api: Api, at: Repo, wanted: string, path: string): Promise<Html> {
  const ref = await branchOf(api, at, wanted);
  const text = await readText(api, at, ref, path);
  return html`<div class="box"><div class="box-head">${icon('file')}<code class="file-name">${path}</code><a href="/${at.owner}/${at.repo}/edit?branch=${encodeURIComponent(ref)}&path=${encodeURIComponent(path)}">Edit</a></div>
${text === null ? html`<p class="blank-line hint">There is no such file on ${ref}.</p>` : html`<pre class="blob">${text}</pre>`}</div>`;
}

export async function editPage(api: Api, at: Repo, branch: string, path: string): Promise<Html> {
  const text = path === '' ? null : await readText(api, at, branch, path);
  return html`<h1 class="page-title">${text === null ? 'Add a file' : 'Edit a file'} on <code class="branch">${branch}</code></h1>
<form class="form" method="post" action="/-/repos/${at.owner}/${at.repo}/commit"><input type="hidden" name="branch" value="${branch}">
<label for="path">Path</label><input class="form-control mono" id="path" name="path" value="${path}" required ${text === null ? '' : 'readonly'}>
<label for="content">Content</label><textarea class="form-control mono" id="content" name="content" rows="16">${text ?? ''}</textarea>
<label for="message">Commit message</label><input class="form-control" id="message" name="message" placeholder="What this commit does">
<div class="form-end">${text === null ? '' : html`<button class="btn btn-danger" name="act" value="delete">Delete the file</button>`}<button class="btn btn-primary" name="act" value="save">Commit to ${branch}</button></div></form>`;
}

export function comparePage(at: Repo, head: string): Html {
  return html`<h1 class="page-title">New pull request</h1><p class="hint">One file on one branch. A branch that does not exist is made from the default branch; leave path and content empty to use it as it is.</p>
<form class="form" method="post" action="/-/repos/${at.owner}/${at.repo}/pulls">
<label for="branch">Branch</label><input class="form-control mono" id="branch" name="branch" value="${head}" placeholder="session/2026-01-31-login" required>
<label for="path">Path of the file</label><input class="form-control mono" id="path" name="path" placeholder="src/login.ts">
<label for="content">Its content</label><textarea class="form-control mono" id="content" name="content" rows="8"></textarea>
<label for="title">Title</label><input class="form-control" id="title" name="title" placeholder="fix(login): keep the session after a reload" required>
<label for="body">Description</label><textarea class="form-control" id="body" name="body" rows="8" placeholder="Closes #1"></textarea>
<label class="check"><input type="checkbox" name="draft" value="1"> Draft</label>
<div class="form-end"><button class="btn btn-primary">Create pull request</button></div></form>`;
}
