/** Check runs and statuses of a commit, with the tables and annotations that apps write into them. */
import { html } from 'hono/html';
import type { Api, Repo } from './api.ts';
import { orElse } from './api.ts';
import { type Html, icon } from './html.ts';
import { markdown } from './markdown.ts';

export async function readChecks(api: Api, at: Repo, ref: string) {
  const [runs, statuses] = await Promise.all([
    orElse(api.paginate(api.rest.checks.listForRef, { ...at, ref, per_page: 100 }), []),
    orElse(
      api.rest.repos.getCombinedStatusForRef({ ...at, ref }).then((answer) => answer.data.statuses),
      [],
    ),
  ]);
  const buttons = runs.length === 0 ? {} : await readButtons(api, at, ref);
  return { runs: await Promise.all(runs.map((run) => withParts(api, at, run, buttons))), statuses };
}

type Run = Awaited<ReturnType<Api['rest']['checks']['get']>>['data'];

/** What a check run's app lets people press. GitHub's API does not tell; the sandbox's own path does. */
type Buttons = Record<string, { label: string; description: string; identifier: string }[]>;

async function readButtons(api: Api, { owner, repo }: Repo, sha: string): Promise<Buttons> {
  const path = { baseUrl: 'http://sandbox', owner, repo, sha };
  const asked = api.request('GET /_sandbox/repos/{owner}/{repo}/commits/{sha}/actions', path);
  return orElse(
    asked.then((answer): Buttons => answer.data),
    {},
  );
}

async function withParts(api: Api, at: Repo, run: Run, buttons: Buttons) {
  const none = run.output.annotations_count === 0;
  const all = { ...at, check_run_id: run.id, per_page: 100 };
  const annotations = none ? [] : await orElse(api.paginate(api.rest.checks.listAnnotations, all), []);
  return { run, annotations, buttons: buttons[String(run.id)] ?? [] };
}

/** One run, as its own page shows it. */
export async function runPage(api: Api, at: Repo, id: number): Promise<{ title: string; main: Html }> {
  const { data } = await api.rest.checks.get({ ...at, check_run_id: id });
  const shown = await withParts(api, at, data, await readButtons(api, at, data.head_sha));
  const main = html`<h1 class="page-title">${data.name}</h1>${checkList(at, { runs: [shown], statuses: [] }, true)}`;
  return { title: data.name, main };
}

export type Checks = Awaited<ReturnType<typeof readChecks>>;
type ShownRun = Checks['runs'][number];

type Tone = 'open' | 'closed' | 'wait' | 'muted';

function toneOf(state: string | null): { tone: Tone; sign: string } {
  if (state === 'success') return { tone: 'open', sign: 'check-circle-fill' };
  if (state === 'neutral' || state === 'skipped' || state === 'stale') return { tone: 'muted', sign: 'skip' };
  if (state === null || state === 'pending') return { tone: 'wait', sign: 'dot-fill' };
  return { tone: 'closed', sign: 'x-circle-fill' };
}

/** GitHub's one line over the merge button. */
export function summaryOf(checks: Checks): { tone: Tone; sign: string; words: string } {
  const states = [
    ...checks.runs.map(({ run }) => (run.status === 'completed' ? run.conclusion : null)),
    ...checks.statuses.map((status) => status.state),
  ].map(toneOf);
  if (states.length === 0) return { tone: 'muted', sign: 'dot-fill', words: 'No checks yet' };
  const failed = states.filter((one) => one.tone === 'closed').length;
  const waiting = states.filter((one) => one.tone === 'wait').length;
  if (failed > 0)
    return {
      tone: 'closed',
      sign: 'x-circle-fill',
      words: `${failed} of ${states.length} checks failing`,
    };
  if (waiting > 0) return { tone: 'wait', sign: 'dot-fill', words: `${waiting} of ${states.length} checks still running` };
  return { tone: 'open', sign: 'check-circle-fill', words: 'All checks have passed' };
}

export function checkList(at: Repo, checks: Checks, open: boolean): Html {
  return html`<ul class="box checks">${checks.runs.map((one) => run(at, one, open))}${checks.statuses.map((status) => {
    const it = toneOf(status.state);
    return html`<li class="row"><span class="tone-${it.tone}">${icon(it.sign)}</span><div class="row-main"><strong>${status.context}</strong> <span class="hint">${status.description ?? ''}</span></div><span class="hint">${status.state}</span></li>`;
  })}</ul>`;
}

/** GitHub's own and the app's; whoever may not press is told so. */
function buttonRow(at: Repo, { run: one, buttons }: ShownRun): Html {
  const post = `/-/repos/${at.owner}/${at.repo}/runs/${one.id}`;
  const again = html`<form method="post" action="${post}/rerequest"><button class="btn btn-sm">Re-run</button></form>`;
  return html`<div class="check-acts">${one.status === 'completed' ? again : ''}${
    buttons.length === 0
      ? ''
      : html`<form method="post" action="${post}/action">${buttons.map(
          ({ label, description, identifier }) =>
            html`<button class="btn btn-sm" name="identifier" value="${identifier}" title="${description}">${label}</button>`,
        )}</form>`
  }</div>`;
}

function run(at: Repo, shown: ShownRun, open: boolean): Html {
  const { run: one, annotations } = shown;
  const it = toneOf(one.status === 'completed' ? one.conclusion : null);
  const repo = `${at.owner}/${at.repo}`;
  const said = one.output;
  return html`<li id="run-${one.id}"><details ${open ? 'open' : ''}><summary class="row"><span class="tone-${it.tone}">${icon(it.sign)}</span>
<div class="row-main"><strong><a href="/${repo}/runs/${one.id}">${one.name}</a></strong> <span class="hint">${said.title ?? ''}</span></div>
<span class="hint row-end">${one.conclusion ?? one.status.replace('_', ' ')} ${icon('chevron-down')}</span></summary>
<div class="check-body"><p class="hint">${one.app?.name ?? 'unknown app'} on <code>${one.head_sha.slice(0, 7)}</code></p>${buttonRow(at, shown)}
${said.summary ? html`<div class="markdown-body">${markdown(said.summary, { repo })}</div>` : ''}
${said.text ? html`<div class="markdown-body">${markdown(said.text, { repo })}</div>` : ''}
${
  annotations.length === 0
    ? ''
    : html`<h3 class="check-sub">Annotations</h3><ul class="annotations">${annotations.map(
        (
          note,
        ) => html`<li class="annotation annotation-${note.annotation_level ?? 'notice'}"><code>${note.path}:${note.start_line}</code>
<strong>${note.title ?? note.annotation_level ?? ''}</strong><p>${note.message ?? ''}</p></li>`,
      )}</ul>`
}
${said.title || said.summary || said.text ? '' : html`<p class="hint">It says nothing more.</p>`}</div></details></li>`;
}
