/** The issues that ideas and urgent gaps become. */
import type { Gap, Idea } from '../../model/records.ts';
import { cleanText, link, quoteText, table } from '../markdown.ts';

/** GitHub takes 256. */
const MAX_TITLE = 120;

export interface Origin {
  /** Hidden in the body: by it a repeated look finds the issue that it made. */
  mark: string;
  number: number;
  url: string;
}

/** Titles are shown as text, never as Markdown: what could name a person or an issue is only spaced. */
function titleOf(text: string): string {
  return cleanText(text, MAX_TITLE);
}

function from({ mark, number, url }: Origin, what: string): string[] {
  return [mark, `${what} in the session of ${link(`issue ${number}`, url)}.`];
}

export function ideaIssue(idea: Idea, score: number, origin: Origin): { title: string; body: string } {
  const rows = [
    ['Idea', quoteText(idea.title, 500)],
    ['ICE', `**${score.toFixed(2)}**: impact ${idea.impact}, confidence ${idea.confidence}, ease ${idea.effort}`],
    ['Kind', idea.kind ?? '–'],
    ['Depends on', idea.needs === null ? '–' : quoteText(idea.needs, 200)],
    ['Noted by', quoteText(idea.by, 40)],
  ];
  return { title: titleOf(idea.title), body: [...from(origin, 'An idea'), '', table(rows)].join('\n') };
}

export function gapIssue(gap: Gap, origin: Origin): { title: string; body: string } {
  const rows = [
    ['Current', quoteText(gap.current, 300)],
    ['Gap', quoteText(gap.gap, 300)],
    ['Risk', quoteText(gap.risk, 300)],
    ['Impact', gap.impact],
    ['Mitigation', quoteText(gap.mitigation, 300)],
    ['Owner', quoteText(gap.owner, 100)],
    ['Effort', `${gap.effort} ${gap.effort === 1 ? 'day' : 'days'}`],
    ['Noted by', quoteText(gap.by, 40)],
  ];
  const title = titleOf(`${gap.priority}: ${gap.gap}`);
  return { title, body: [...from(origin, `A gap of priority ${gap.priority}, found`), '', table(rows)].join('\n') };
}
