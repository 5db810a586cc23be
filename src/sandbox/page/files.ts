/** The changed files of a pull request, as patches with line numbers. */
import { html } from 'hono/html';
import type { Repo } from './api.ts';
import { type Html, icon } from './html.ts';

export interface ChangedFile {
  filename: string;
  previous_filename?: string;
  status: string;
  additions: number;
  deletions: number;
  patch?: string;
}

export interface Note {
  path: string;
  line: number;
  level: string;
  text: string;
}

interface Line {
  kind: 'hunk' | 'add' | 'del' | 'same';
  old: number | null;
  now: number | null;
  text: string;
}

/** Lines of a unified diff with their numbers before and after. */
export function linesOf(patch: string): Line[] {
  let old = 0;
  let now = 0;
  return patch.split('\n').map((text): Line => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (hunk) {
      old = Number(hunk[1]);
      now = Number(hunk[2]);
      return { kind: 'hunk', old: null, now: null, text };
    }
    if (text.startsWith('+')) return { kind: 'add', old: null, now: now++, text };
    if (text.startsWith('-')) return { kind: 'del', old: old++, now: null, text };
    if (text.startsWith('\\')) return { kind: 'hunk', old: null, now: null, text };
    return { kind: 'same', old: old++, now: now++, text };
  });
}

export function fileList(at: Repo, branch: string, files: ChangedFile[], notes: Note[]): Html {
  if (files.length === 0) return html`<div class="box blank">${icon('file')}<p>Nothing is changed.</p></div>`;
  return html`${files.map((file, index) =>
    changed(
      at,
      branch,
      file,
      notes.filter((note) => note.path === file.filename),
      index,
    ),
  )}`;
}

function changed(at: Repo, branch: string, file: ChangedFile, notes: Note[], index: number): Html {
  const name = file.previous_filename ? `${file.previous_filename} → ${file.filename}` : file.filename;
  return html`<details class="box file" open id="file-${index}"><summary class="box-head">${icon('chevron-down', 'muted')}<code class="file-name">${name}</code>
<span class="hint">${file.status}</span><span class="plus">+${file.additions}</span><span class="minus">−${file.deletions}</span></summary>
${
  file.status === 'removed'
    ? ''
    : html`<p class="file-edit"><a href="/${at.owner}/${at.repo}/edit?branch=${encodeURIComponent(branch)}&path=${encodeURIComponent(file.filename)}">${icon('pencil')} Edit this file</a></p>`
}
${
  file.patch === undefined
    ? html`<p class="blank-line hint">No patch to show: binary, or too large.</p>`
    : html`<div class="patch"><table>${linesOf(file.patch).map((line) => row(line, notes))}</table></div>`
}</details>`;
}

function row(line: Line, notes: Note[]): Html {
  const said = line.now === null ? [] : notes.filter((note) => note.line === line.now);
  return html`<tr class="line-${line.kind}"><td class="ln">${line.old ?? ''}</td><td class="ln">${line.now ?? ''}</td><td class="code">${line.text}</td></tr>${said.map(
    (note) => html`<tr><td colspan="3"><div class="annotation annotation-${note.level}">${note.text}</div></td></tr>`,
  )}`;
}
