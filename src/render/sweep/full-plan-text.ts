/** A repository's sweep for the terminal: the words of its comment, without the sessions' updates. */
import { inColumns, wrapped } from './columns.ts';
import { doNow } from './do-now.ts';
import { pressureLines, shipOrder, WIDTH } from './plan-text.ts';
import { ageWords, figures, heatWord } from './section-figures.ts';
import { missingWords, sections } from './sections.ts';
import type { Section, SweepReport } from './sweep-report.ts';
import { PLAIN } from './tongue.ts';

/** Plain text that ends with a line break; what users wrote is shown without control characters. Same plan, same bytes. */
export function fullPlanText(report: SweepReport): string {
  const { plan, archived, missing } = report;
  const blocked = plan.shipOrder.filter((rank) => rank.blocked).length;
  const blocks = [
    [...(missing > 0 ? wrapped('', missingWords(missing), WIDTH) : []), ...doNow(report, PLAIN).flatMap(paragraph)],
    pressureLines(plan, archived, blocked),
    shipOrder(plan),
    ...sections(report, PLAIN).map(sectionText),
    figureLines(report),
    heatLines(report),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function paragraph(line: string): string[] {
  return wrapped('', line, WIDTH, 2);
}

function sectionText({ title, lines, ordered }: Section): string[] {
  if (title === '') return lines.flatMap(paragraph);
  return [
    `${title}${title.includes(':') ? '' : ':'}`,
    ...lines.flatMap((line, at) => wrapped(ordered ? `  ${at + 1}. ` : '  - ', line, WIDTH)),
  ];
}

function figureLines(report: SweepReport): string[] {
  const { ages } = report.plan.metrics;
  const words = ageWords(ages);
  const aged = ages.some(({ sessions }) => sessions > 0)
    ? [['Age of open sessions', ages.map(({ sessions }, at) => `${words[at]}: ${sessions}`).join(', ')]]
    : [];
  const lines = [...figures(report, PLAIN), ...aged];
  return lines.length === 0 ? [] : ['Figures:', ...lines.flatMap(([name, value]) => wrapped('  - ', `${name}: ${value}`, WIDTH))];
}

const CATEGORY = 24;

function heatLines({ plan }: SweepReport): string[] {
  const { heat } = plan.metrics;
  if (heat.every(({ active, planned, moved }) => active + planned === 0 && !moved)) return [];
  return [
    'Heat map (active, planned, blocked):',
    ...heat.map((one) => {
      const counts = [one.active, one.planned, one.blocked].map((n) => String(n).padStart(3)).join(' ');
      return `  ${inColumns(PLAIN.say(one.category, CATEGORY), CATEGORY)} ${counts}  ${heatWord(one)}`;
    }),
  ];
}
