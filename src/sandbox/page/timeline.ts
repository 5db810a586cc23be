/** One line for each thing that happened to an issue: labels, closing, renaming. */
import { html } from 'hono/html';
import { avatar, type Html, icon, labelChip, labelOf, person, when } from './html.ts';

/** What the pages read of GitHub's issue events. */
export interface IssueEvent {
  id: number;
  event: string;
  created_at: string;
  actor?: { login: string } | null;
  label?: { name: string | null; color: string | null };
  rename?: { from: string; to: string };
}

const ICONS: Record<string, string> = {
  labeled: 'tag',
  unlabeled: 'tag',
  closed: 'issue-closed',
  reopened: 'issue-reopened',
  merged: 'git-merge',
  renamed: 'pencil',
  head_ref_deleted: 'git-branch',
  ready_for_review: 'eye',
  convert_to_draft: 'git-pull-request-draft',
};

/** Plain words for the rest: GitHub has some fifty kinds. */
function words(event: IssueEvent): Html | string {
  const label = event.label ? labelChip(labelOf({ name: event.label.name ?? '', color: event.label.color })) : '';
  if (event.event === 'labeled') return html`put on ${label}`;
  if (event.event === 'unlabeled') return html`took off ${label}`;
  if (event.event === 'renamed' && event.rename)
    return html`changed the title from <del>${event.rename.from}</del> to <strong>${event.rename.to}</strong>`;
  if (event.event === 'head_ref_deleted') return 'deleted the branch';
  if (event.event === 'ready_for_review') return 'marked this as ready for review';
  if (event.event === 'convert_to_draft') return 'made this a draft';
  if (event.event === 'closed' || event.event === 'reopened' || event.event === 'merged') return `${event.event} this`;
  return event.event.replaceAll('_', ' ');
}

export function eventLine(event: IssueEvent): Html {
  const login = event.actor?.login ?? 'ghost';
  return html`<div class="event" id="event-${event.id}"><span class="event-sign event-${event.event}">${icon(ICONS[event.event] ?? 'dot-fill')}</span>
<div class="event-words">${avatar(login)} ${person(login)} ${words(event)} <span class="hint">${when(event.created_at)}</span></div></div>`;
}
