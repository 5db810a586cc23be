/** The first page: the repositories that the chosen person can see. */
import { html } from 'hono/html';
import { type Api, orElse } from './api.ts';
import { type Html, icon } from './html.ts';

export async function repositoriesPage(api: Api): Promise<Html> {
  const mine = await orElse(
    api.rest.repos.listForAuthenticatedUser({ per_page: 100 }).then((answer) => answer.data),
    [],
  );
  const known =
    mine.length > 0
      ? mine
      : await orElse(
          api.rest.repos.listForOrg({ org: 'acme' }).then((answer) => answer.data),
          [],
        );
  return html`<h1 class="page-title">Repositories</h1>
${
  known.length === 0
    ? html`<div class="blank">${icon('repo')}<p>Nothing to see for this person. Choose another one above.</p></div>`
    : html`<ul class="box">${known.map(
        (repo) => html`<li class="row">${icon(repo.fork ? 'repo-forked' : 'repo', 'muted')}
<div class="row-main"><a class="row-title" href="/${repo.full_name}">${repo.full_name}</a>
<div class="hint">${repo.description ?? 'No description'} · ${repo.open_issues_count ?? 0} open</div></div></li>`,
      )}</ul>`
}`;
}
