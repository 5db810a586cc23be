/** What is wrong with the links of a plan, and what two sub-issues of one batch have in common. */
import type { BatchPlan, LinkKind } from '../../model/batches.ts';
import { code } from '../markdown.ts';

export interface OddLinkView {
  task: number;
  link: LinkKind;
  repo: string | null;
  number: number;
  why: 'self' | 'elsewhere' | 'pull' | 'open' | 'closed' | 'gone';
}

export interface CommonFileView {
  batch: number;
  path: string;
  tasks: number[];
}

const MOST = 20;

/** Each cycle link by link. */
export function cycleLines({ cycles, moreCycles }: BatchPlan): string[] {
  if (cycles.length === 0) return [];
  const lines = cycles.map((cycle) => `- ${cycleWords(cycle)}.`);
  const more = moreCycles > 0 ? [`- ${moreCycles} more links close a cycle; they are named once these are open.`] : [];
  return [
    ['**Cycles:** none of these can be first. Take one link of each out, or make it an `After #n`.', '', ...lines, ...more].join(
      '\n',
    ),
  ];
}

function cycleWords(cycle: readonly string[]): string {
  const links = cycle.slice(0, -1).map((id, index) => `${id} waits for ${cycle[index + 1]}`);
  if (links.length <= MOST) return links.join(', ');
  return [...links.slice(0, MOST - 1), `… ${links.length - MOST} more links …`, ...links.slice(-1)].join(', ');
}

export function oddLines(odd: readonly OddLinkView[]): string[] {
  if (odd.length === 0) return [];
  const lines = odd
    .slice(0, MOST)
    .map((one) => `- #${one.task} ${one.link === 'hard' ? 'depends on' : 'comes after'} ${targetWords(one)}`);
  const more = odd.length > MOST ? [`- and ${odd.length - MOST} more`] : [];
  return [['**Links that the plan goes without:**', '', ...lines, ...more].join('\n')];
}

function targetWords({ repo, number, why }: OddLinkView): string {
  switch (why) {
    case 'self':
      return 'itself: take that link out.';
    case 'elsewhere':
      return `${code(`${repo}#${number}`)}, in another repository: look there before it starts.`;
    case 'pull':
      return `#${number}, a pull request: name the issue that it serves.`;
    case 'closed':
      return `#${number}, no sub-issue here; it is closed, so nothing is left to wait for.`;
    case 'open':
      return `#${number}, which is open but no sub-issue here: add it to this issue, and the plan waits for it.`;
    case 'gone':
      return `#${number}, which is not there: deleted, moved away, or not for Playcaller to see.`;
  }
}

export function commonLines(common: readonly CommonFileView[]): string[] {
  if (common.length === 0) return [];
  const lines = common.slice(0, MOST).map(
    ({ batch, path, tasks }) =>
      `- ${code(path, 120)} in batch ${batch}: ${tasks
        .slice(0, MOST)
        .map((task) => `#${task}`)
        .join(', ')}${tasks.length > MOST ? ` and ${tasks.length - MOST} more` : ''}`,
  );
  const more = common.length > MOST ? [`- and ${common.length - MOST} more files`] : [];
  return [
    [
      '**Files in common:** these meet in one file if they run side by side. An `After #n` puts one behind the other.',
      '',
      ...lines,
      ...more,
    ].join('\n'),
  ];
}
