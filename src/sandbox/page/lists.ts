/** A repository's issues and pull requests, as lists. */
import { html } from 'hono/html';
import type { Api, Repo } from './api.ts';
import { type Html, icon, labelChip, labelOf, look, when } from './html.ts';
import type { RepoFrame } from './layout.ts';

async function fetchAll(api: Api, at: Repo) {
  return api.paginate(api.rest.issues.listForRepo, { ...at, state: 'all', per_page: 100 });
}

export type ListedIssue = Awaited<ReturnType<typeof fetchAll>>[number];

/** All issues and pull requests of the repository, newest first, and the frame with their counts. */
export async function readLists(api: Api, at: Repo, tab: RepoFrame['tab']): Promise<{ all: ListedIssue[]; frame: RepoFrame }> {
  const all = await fetchAll(api, at);
  const open = all.filter((one) => one.state === 'open');
  const pulls = open.filter((one) => one.pull_request).length;
  return { all, frame: { ...at, tab, issues: open.length - pulls, pulls } };
}

export function listPage(at: Repo, all: ListedIssue[], tab: 'issues' | 'pulls', state: 'open' | 'closed'): Html {
  const base = `/${at.owner}/${at.repo}`;
  const ofTab = all.filter((one) => Boolean(one.pull_request) === (tab === 'pulls'));
  const shown = ofTab.filter((one) => one.state === state);
  const open = ofTab.filter((one) => one.state === 'open').length;
  const word = tab === 'pulls' ? 'pull requests' : 'issues';
  return html`<div class="toolbar"><h1 class="page-title">${tab === 'pulls' ? 'Pull requests' : 'Issues'}</h1>
<a class="btn btn-primary" href="${base}/${tab === 'pulls' ? 'compare' : 'issues/new'}">New ${tab === 'pulls' ? 'pull request' : 'issue'}</a></div>
<div class="box">
<div class="box-head">
<a href="?state=open" class="filter" ${state === 'open' ? 'aria-current=true' : ''}>${open} Open</a>
<a href="?state=closed" class="filter" ${state === 'closed' ? 'aria-current=true' : ''}>${ofTab.length - open} Closed</a>
</div>
${shown.length === 0 ? html`<div class="blank">${icon(tab === 'pulls' ? 'git-pull-request' : 'issue-opened')}<p>No ${state} ${word} here.</p></div>` : ''}
<ul class="rows">${shown.map((one) => row(base, one))}</ul>
</div>`;
}

function row(base: string, one: ListedIssue): Html {
  const pull = Boolean(one.pull_request);
  const it = look({
    pull,
    state: one.state,
    reason: one.state_reason ?? null,
    draft: one.draft ?? false,
    merged: Boolean(one.pull_request?.merged_at),
  });
  const href = `${base}/${pull ? 'pull' : 'issues'}/${one.number}`;
  return html`<li class="row" id="item-${one.number}"><span class="tone-${it.tone}" title="${it.word}">${icon(it.icon)}</span>
<div class="row-main"><a class="row-title" href="${href}">${one.title}</a>
${one.labels.map((label) => labelChip(labelOf(label)))}
<div class="hint">#${one.number} opened ${when(one.created_at)} by ${one.user?.login ?? 'ghost'}</div></div>
${one.comments > 0 ? html`<a class="row-end hint" href="${href}" aria-label="${one.comments} comments">${icon('comment')} ${one.comments}</a>` : ''}</li>`;
}
