/** One issue: thread on the left, labels on the right. */
import { html } from 'hono/html';
import type { Repo } from './api.ts';
import { type Html, person, type StateOf, when } from './html.ts';
import { commentBox, conversation, headLine, labelsPane, type Thread } from './thread.ts';

export function issuePage(at: Repo, thread: Thread, user: string): Html {
  const { issue } = thread;
  const state: StateOf = { pull: false, state: issue.state, reason: issue.state_reason ?? null, draft: false, merged: false };
  const opened = html`${person(issue.user?.login ?? 'ghost')} opened this ${when(issue.created_at)}`;
  return html`${headLine(at, thread, state, opened)}
<div class="columns"><div class="column">${conversation(at, thread)}${commentBox(at, thread, user)}</div>
<aside class="side">${labelsPane(at, thread)}</aside></div>`;
}

export function newIssuePage(at: Repo): Html {
  return html`<h1 class="page-title">New issue</h1>
<form class="form" method="post" action="/-/repos/${at.owner}/${at.repo}/issues">
<label for="title">Title</label><input class="form-control" id="title" name="title" required>
<label for="body">Description</label><textarea class="form-control" id="body" name="body" rows="10">## Acceptance criteria
- [ ] </textarea>
<label for="labels">Labels <span class="hint">separated by commas</span></label><input class="form-control" id="labels" name="labels" placeholder="session:bug-fix">
<div class="form-end"><button class="btn btn-primary">Create issue</button></div></form>`;
}
