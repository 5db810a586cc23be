/** One pull request: conversation, checks and changed files, and the box that merges it. */
import { html } from 'hono/html';
import type { Api, Repo } from './api.ts';
import { type Checks, checkList, readChecks, summaryOf } from './checks.ts';
import { fileList } from './files.ts';
import { type Html, icon, person, type StateOf } from './html.ts';
import { actions, commentBox, conversation, headLine, labelsPane, type Thread } from './thread.ts';

export type PullTab = 'conversation' | 'checks' | 'files';

async function readPull(api: Api, at: Repo, number: number) {
  const pull = (await api.rest.pulls.get({ ...at, pull_number: number })).data;
  const [files, checks] = await Promise.all([
    api.paginate(api.rest.pulls.listFiles, { ...at, pull_number: number, per_page: 100 }),
    readChecks(api, at, pull.head.sha),
  ]);
  return { pull, files, checks };
}

type Read = Awaited<ReturnType<typeof readPull>>;

export async function pullPage(api: Api, at: Repo, thread: Thread, user: string, tab: PullTab): Promise<Html> {
  const read = await readPull(api, at, thread.issue.number);
  const { pull } = read;
  const state: StateOf = { pull: true, state: pull.state, reason: null, draft: pull.draft ?? false, merged: pull.merged };
  const under = html`${person(pull.user.login)} ${pull.merged ? 'merged' : 'wants to merge'} <code class="branch">${pull.head.label}</code> into <code class="branch">${pull.base.ref}</code>`;
  return html`${headLine(at, thread, state, under)}${tabs(at, read, thread, tab)}
<div class="columns"><div class="column">${body(at, read, thread, user, tab)}</div>
<aside class="side">${labelsPane(at, thread)}${ciPane(at, read)}</aside></div>`;
}

function tabs(at: Repo, { pull, files, checks }: Read, thread: Thread, tab: PullTab): Html {
  const base = `/${at.owner}/${at.repo}/pull/${pull.number}`;
  const one = (id: PullTab, href: string, sign: string, word: string, count: number) =>
    html`<a class="tab" href="${href}" ${id === tab ? 'aria-current=page' : ''}>${icon(sign)} ${word} <span class="count">${count}</span></a>`;
  return html`<nav class="tabs subtabs" aria-label="Pull request">
${one('conversation', base, 'comment-discussion', 'Conversation', thread.comments.length)}
${one('checks', `${base}/checks`, 'checklist', 'Checks', checks.runs.length + checks.statuses.length)}
${one('files', `${base}/files`, 'file-diff', 'Files', files.length)}</nav>`;
}

function body(at: Repo, read: Read, thread: Thread, user: string, tab: PullTab): Html {
  if (tab === 'checks') {
    const none = read.checks.runs.length + read.checks.statuses.length === 0;
    return none ? html`<div class="box blank">${icon('checklist')}<p>No checks yet.</p></div>` : checkList(at, read.checks, true);
  }
  if (tab === 'files') {
    const notes = read.checks.runs.flatMap(({ run, annotations }) =>
      annotations.map((note) => ({
        path: note.path,
        line: note.start_line,
        level: note.annotation_level ?? 'notice',
        text: `${run.name}: ${note.message ?? ''}`,
      })),
    );
    const branch = read.pull.head.ref;
    return html`${fileList(at, branch, read.files, notes)}
<p><a class="btn" href="/${at.owner}/${at.repo}/edit?branch=${encodeURIComponent(branch)}">Add a file</a></p>`;
  }
  return html`${conversation(at, thread)}${mergeBox(at, read)}${commentBox(at, thread, user)}`;
}

function mergeBox(at: Repo, { pull, checks }: Read): Html {
  if (pull.merged)
    return html`<div class="box merge merge-done"><div class="row">${icon('git-merge')}<strong>Merged and closed</strong></div></div>`;
  if (pull.state === 'closed') return html``;
  const sum = summaryOf(checks as Checks);
  const post = actions(at, pull.number);
  return html`<div class="box merge" id="merge-box"><div class="row"><span class="tone-${sum.tone}">${icon(sum.sign)}</span><strong>${sum.words}</strong></div>
${checks.runs.length + checks.statuses.length > 0 ? checkList(at, checks, false) : ''}
<form method="post" action="${post}/pull" class="row merge-acts">${
    pull.draft
      ? html`<button class="btn" name="act" value="ready">Ready for review</button><span class="hint">A draft cannot be merged.</span>`
      : html`<button class="btn btn-primary" name="act" value="merge">Squash and merge</button><button class="btn" name="act" value="draft">Convert to draft</button>`
  }</form></div>`;
}

/** The sandbox alone has no CI: these report as `sandbox-ci` would. */
function ciPane(at: Repo, { pull }: Read): Html {
  if (pull.state !== 'open') return html``;
  return html`<section class="pane"><div class="pane-title">CI</div><form method="post" action="${actions(at, pull.number)}/ci" class="pane-body">
<input type="hidden" name="sha" value="${pull.head.sha}">
<button class="btn btn-sm" name="conclusion" value="success">Report success</button>
<button class="btn btn-sm" name="conclusion" value="failure">Report failure</button></form></section>`;
}
