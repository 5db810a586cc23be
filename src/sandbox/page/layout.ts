/** The frame around every page: head, dark bar, person switcher, notice, repository tabs. */
import { html } from 'hono/html';
import type { Repo } from './api.ts';
import { avatar, type Html, icon } from './html.ts';

export const PEOPLE = [
  { login: 'alice', role: 'admin' },
  { login: 'bob', role: 'write' },
  { login: 'carol', role: 'triage' },
  { login: 'dave', role: 'read' },
  { login: 'mallory', role: 'outsider' },
];

export interface RepoFrame extends Repo {
  tab: 'issues' | 'pulls' | 'code';
  issues: number | null;
  pulls: number | null;
}

export interface View {
  title: string;
  user: string;
  /** Path of this page; the switcher comes back to it. */
  path: string;
  notice: string | null;
  repo: RepoFrame | null;
  main: Html;
}

export function page(view: View): Html {
  return html`<!DOCTYPE html>
<html lang="en" data-color-mode="auto" data-light-theme="light" data-dark-theme="dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${view.title} · sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/-/primer.css">
<link rel="stylesheet" href="/-/page.css">
<script type="module" src="/-/client.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${bar(view)}
<div id="page">
${view.notice ? html`<div class="notice" role="status">${icon('alert')}<span>${view.notice}</span></div>` : ''}
${view.repo ? tabs(view.repo) : ''}
<main id="main" class="${view.repo ? 'wide' : 'narrow'}">${view.main}</main>
</div>
<footer class="foot">A local GitHub for Playcaller: nothing leaves this machine, and all is gone when it stops.</footer>
</body>
</html>`;
}

function bar(view: View): Html {
  const { repo } = view;
  return html`<header class="bar">
<a class="home" href="/" aria-label="All repositories">${icon('mark-github', 'home-sign')}</a>
<nav class="crumbs" aria-label="Where you are">${
    repo
      ? html`<a href="/">${repo.owner}</a><span>/</span><a href="/${repo.owner}/${repo.repo}"><strong>${repo.repo}</strong></a>`
      : html`<strong>Sandbox</strong>`
  }</nav>
<details class="menu menu-right">
<summary aria-label="Act as someone else">${avatar(view.user)}<span class="menu-name">${view.user}</span>${icon('triangle-down')}</summary>
<form class="menu-list" method="post" action="/-/user">
<input type="hidden" name="back" value="${view.path}">
<p class="menu-title">Act as</p>
${PEOPLE.map(
  ({
    login,
    role,
  }) => html`<button class="menu-item" name="login" value="${login}" ${login === view.user ? 'aria-current=true' : ''}>
${avatar(login)}<span>${login}</span><span class="hint">${role}</span>${login === view.user ? icon('check') : ''}</button>`,
)}
</form>
</details>
</header>`;
}

function tabs(repo: RepoFrame): Html {
  const base = `/${repo.owner}/${repo.repo}`;
  const tab = (id: RepoFrame['tab'], href: string, sign: string, name: string, count: number | null) =>
    html`<a class="tab" href="${href}" ${id === repo.tab ? 'aria-current=page' : ''}>${icon(sign)} ${name}${
      count === null ? '' : html` <span class="count">${count}</span>`
    }</a>`;
  return html`<nav class="tabs" aria-label="Repository">
${tab('code', `${base}/tree/HEAD`, 'code', 'Code', null)}
${tab('issues', `${base}/issues`, 'issue-opened', 'Issues', repo.issues)}
${tab('pulls', `${base}/pulls`, 'git-pull-request', 'Pull requests', repo.pulls)}
</nav>`;
}
