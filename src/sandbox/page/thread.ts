/** What issues and pull requests share: head line, body and comments, events, labels, comment box. */
import { html } from 'hono/html';
import type { Api, Repo } from './api.ts';
import { orElse } from './api.ts';
import { avatar, type Html, icon, labelChip, labelOf, person, type StateOf, stateBadge, when } from './html.ts';
import { markdown } from './markdown.ts';
import { eventLine } from './timeline.ts';

export async function readThread(api: Api, at: Repo, number: number) {
  const subject = { ...at, issue_number: number };
  const [issue, comments, events, labels] = await Promise.all([
    api.rest.issues.get(subject).then((answer) => answer.data),
    api.paginate(api.rest.issues.listComments, { ...subject, per_page: 100 }),
    orElse(api.paginate(api.rest.issues.listEvents, { ...subject, per_page: 100 }), []),
    api.paginate(api.rest.issues.listLabelsForRepo, { ...at, per_page: 100 }),
  ]);
  return { issue, comments, events, labels };
}

export type Thread = Awaited<ReturnType<typeof readThread>>;

export function headLine(at: Repo, thread: Thread, state: StateOf, under: Html | string): Html {
  const { issue } = thread;
  return html`<div class="thread-head">
<details class="edit-title"><summary class="btn btn-sm">Edit</summary>
<form method="post" action="${actions(at, issue.number)}/edit" class="inline-form">
<input class="form-control" name="title" value="${issue.title}" aria-label="Title" required>
<button class="btn btn-primary">Save</button></form></details>
<h1>${issue.title} <span class="number">#${issue.number}</span></h1>
<div class="thread-state">${stateBadge(state)} <span class="hint">${under}</span></div>
</div>`;
}

/** Where the forms of one issue or pull request post to. */
export function actions(at: Repo, number: number): string {
  return `/-/repos/${at.owner}/${at.repo}/${number}`;
}

interface Card {
  id: string;
  login: string;
  at: string;
  edited: boolean;
  body: string;
  /** `body`, or the comment's id. */
  target: string;
}

function card(at: Repo, number: number, one: Card): Html {
  const post = `${actions(at, number)}/text/${one.target}`;
  return html`<article class="comment ${one.login.endsWith('[bot]') ? 'comment-bot' : ''}" id="${one.id}">
${avatar(one.login, 40)}
<div class="comment-box"><header class="comment-head">${person(one.login)} <a class="hint" href="#${one.id}">${when(one.at)}</a>${
    one.edited ? html` <span class="hint">· edited</span>` : ''
  }</header>
<div class="markdown-body comment-body" data-tasks="${actions(at, number)}/tick/${one.target}">${
    one.body.trim() === ''
      ? html`<p class="hint"><em>No description provided.</em></p>`
      : markdown(one.body, { repo: `${at.owner}/${at.repo}`, breaks: true, tasks: true })
  }</div>
<details class="edit"><summary>Edit</summary><form method="post" action="${post}">
<textarea class="form-control" name="body" rows="8" aria-label="Text">${one.body}</textarea>
<div class="form-end"><button class="btn btn-primary btn-sm">Update</button></div></form></details>
</div></article>`;
}

/** Body, then comments and events in the order of time. */
export function conversation(at: Repo, thread: Thread): Html {
  const { issue, comments, events } = thread;
  const entries = [
    ...comments.map((comment) => ({
      at: comment.created_at,
      id: comment.id,
      html: card(at, issue.number, {
        id: `issuecomment-${comment.id}`,
        login: comment.user?.login ?? 'ghost',
        at: comment.created_at,
        edited: comment.updated_at !== comment.created_at,
        body: comment.body ?? '',
        target: String(comment.id),
      }),
    })),
    ...events.map((event) => ({ at: event.created_at, id: event.id, html: eventLine(event) })),
  ].sort((one, other) => one.at.localeCompare(other.at) || one.id - other.id);
  return html`<div class="timeline">${card(at, issue.number, {
    id: `issue-${issue.number}`,
    login: issue.user?.login ?? 'ghost',
    at: issue.created_at,
    edited: false,
    body: issue.body ?? '',
    target: 'body',
  })}${entries.map((entry) => entry.html)}</div>`;
}

export function commentBox(at: Repo, thread: Thread, user: string): Html {
  const { issue } = thread;
  const word = issue.pull_request ? 'pull request' : 'issue';
  const merged = Boolean(issue.pull_request?.merged_at);
  return html`<form method="post" action="${actions(at, issue.number)}/comment" class="comment" id="new-comment">
${avatar(user, 40)}
<div class="comment-box comment-new"><label class="comment-head" for="new-comment-text">Add a comment</label>
<textarea class="form-control" id="new-comment-text" name="body" rows="4" placeholder="Markdown works here, and so does /session help"></textarea>
<div class="form-end">${
    merged
      ? ''
      : issue.state === 'open'
        ? html`<button class="btn" name="state" value="closed">Close ${word}</button>`
        : html`<button class="btn" name="state" value="open">Reopen ${word}</button>`
  }<button class="btn btn-primary" name="state" value="">Comment</button></div></div></form>`;
}

/** Labels of the contract that a fresh repository does not have yet. GitHub makes a missing one when it is put on. */
const SUGGESTED = [
  ...[
    'bug-fix',
    'feature',
    'quality-audit',
    'refactoring',
    'documentation',
    'idea-generation',
    'module-integration',
    'performance',
  ].map((type) => `session:${type}`),
  'fast-lane',
  'blocked',
];

export function labelsPane(at: Repo, thread: Thread): Html {
  const { issue, labels } = thread;
  const on = issue.labels.map(labelOf);
  const names = new Set(on.map((label) => label.name));
  const known = new Map(labels.map((label) => [label.name, labelOf(label)]));
  for (const name of SUGGESTED) if (!known.has(name)) known.set(name, { name, color: 'ededed', description: null });
  return html`<section class="pane"><details class="menu" id="label-picker"><summary class="pane-title">Labels ${icon('gear')}</summary>
<form class="menu-list" method="post" action="${actions(at, issue.number)}/labels">
<p class="menu-title">Put on or take off</p>
<div class="menu-scroll">${[...known.values()].map(
    (
      label,
    ) => html`<button class="menu-item" name="${names.has(label.name) ? 'off' : 'on'}" value="${label.name}" aria-pressed="${names.has(label.name)}">
<span class="menu-check">${names.has(label.name) ? icon('check') : ''}</span>${labelChip(label)}</button>`,
  )}</div></form></details>
<div class="pane-body">${on.length === 0 ? html`<span class="hint">None yet</span>` : on.map(labelChip)}</div></section>`;
}
