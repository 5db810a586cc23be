/** The report of an idea session: the ranking, and the backlog before and after (P6). */
import type { Idea } from '../../model/records.ts';
import { quoteText, table } from '../markdown.ts';
import { report } from './report.ts';

export interface ShownIdea {
  number: number;
  score: number;
  place: 'backlog' | 'incubator' | 'rejected';
  idea: Idea;
}

export interface Counts {
  total: number;
  backlog: number;
  incubator: number;
}

export interface IdeasView {
  /** Best first. */
  ideas: ShownIdea[];
  before: Counts;
}

const PLACES = { backlog: 'Backlog', incubator: 'Incubator', rejected: 'Rejected' } as const;
const HORIZONS = { backlog: '1–3 months', incubator: '3–12+ months', rejected: '–' } as const;
const KINDS = { core: 'core', feature: 'new feature', 'spin-off': 'spin-off', platform: 'platform' } as const;

export function ideasReport({ ideas, before }: IdeasView): string {
  const places = ['backlog', 'incubator', 'rejected'] as const;
  const blocks = places.flatMap((place) => placeBlock(place, ideas));
  const lenses = new Set(ideas.map(({ idea }) => idea.lens).filter((lens) => lens !== null));
  return report('ideas', [
    `### Ideas: ${ideas.length}`,
    'Ranked by ICE = impact × confidence × ease ÷ 100. The best three go to the backlog, the next five to the incubator.',
    ...blocks,
    counters(ideas, before),
    lenses.size === 0 ? '' : `**Lenses:** ${[...lenses].sort().join(', ')}`,
    '<sub>`/session idea promote <number>` makes an issue of an idea; the same title again gives it new scores.</sub>',
  ]);
}

function placeBlock(place: ShownIdea['place'], ideas: readonly ShownIdea[]): string[] {
  const chosen = ideas.filter((each) => each.place === place);
  if (chosen.length === 0) return [];
  const lowest = ideas.filter((each) => each.place === 'incubator').at(-1)?.score ?? 0;
  const rejected = place === 'rejected';
  const head = ['No.', 'Idea', 'ICE', 'I · C · E', 'Kind', 'Lens', 'Horizon', rejected ? 'Reason' : 'Depends on', 'Issue'];
  const rows = chosen.map(({ number, score, idea }) => [
    String(number),
    quoteText(idea.title, 160),
    `**${score.toFixed(2)}**`,
    `${idea.impact} · ${idea.confidence} · ${idea.effort}`,
    idea.kind === null ? '–' : KINDS[idea.kind],
    idea.lens ?? '–',
    HORIZONS[place],
    rejected ? reason(score, lowest, idea) : idea.needs === null ? '–' : quoteText(idea.needs, 160),
    idea.issue !== null ? `#${idea.issue}` : idea.promoted ? 'on its way' : '–',
  ]);
  return [`#### ${PLACES[place]}`, table([head, ...rows])];
}

function reason(score: number, lowest: number, { needs }: Idea): string {
  const why =
    score < lowest
      ? `ICE ${score.toFixed(2)}: eight ideas score higher, the last of them ${lowest.toFixed(2)}`
      : `ICE ${score.toFixed(2)}: as good as the eighth idea, but named later`;
  return needs === null ? why : `${why}; depends on ${quoteText(needs, 120)}`;
}

function counters(ideas: readonly ShownIdea[], before: Counts): string {
  const here = (place: ShownIdea['place']) => ideas.filter((each) => each.place === place).length;
  const row = (name: string, was: number, more: number) => [name, String(was), String(was + more)];
  return table([
    ['In this repository', 'before', 'after'],
    row('All ideas', before.total, ideas.length),
    row('Backlog', before.backlog, here('backlog')),
    row('Incubator', before.incubator, here('incubator')),
  ]);
}
