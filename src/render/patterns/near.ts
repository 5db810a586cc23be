/** The nearest past sessions on the card of one that started: what can be taken over, what it cost and saved (B5). */
import type { Near } from '../../model/history.ts';
import type { Session } from '../../model/session.ts';
import { tokensPhrase } from '../../model/tokens.ts';
import { code, quoteText } from '../markdown.ts';
import { tiersPhrase, timePhrase, totalPhrase } from './phrases.ts';

/** Empty where nothing is near, and once the session has ended. */
export function nearBlock({ state, records }: Session): string {
  const near = records.near ?? [];
  if (near.length === 0 || state === 'completed' || state === 'abandoned') return '';
  return ['**Done before, and close to this:**', ...near.map(line)].join('\n');
}

function line(near: Near): string {
  const { number, title, type, hours, firstTry, pattern, cost, saved } = near;
  const facts = [
    code(type, 50),
    ...(hours === null ? [] : [timePhrase(hours)]),
    ...(firstTry === true ? ['first try'] : []),
    ...(cost === null ? [] : [totalPhrase(cost)]),
  ];
  const less = [
    ...(saved.tokens === null ? [] : [`${tokensPhrase(saved.tokens)} tokens`]),
    ...(saved.hours === null ? [] : [timePhrase(saved.hours)]),
  ];
  const saving = less.length === 0 ? '' : ` It took ${less.join(' and ')} less than is usual for its playbook.`;
  const reuse = pattern === null ? '' : ` Its prompt: ${code(`/session prompt ${pattern}`, 60)}.`;
  return `- #${number} ${quoteText(title, 80)} (${facts.join(', ')}).${reuse}${saving}`;
}

/** Rows of the card's table: what prompts were made, and what people told of the cost. */
export function patternRows({ records }: Session): [string, string][] {
  const names = [...new Set((records.prompts ?? []).map(({ pattern }) => pattern))];
  const costs = records.costs ?? [];
  const sum = costs.reduce(
    (total, cost) => ({
      planner: total.planner + cost.planner,
      coder: total.coder + cost.coder,
      validator: total.validator + cost.validator,
    }),
    { planner: 0, coder: 0, validator: 0 },
  );
  return [
    ...(names.length === 0 ? [] : [['Pattern', names.map((name) => code(name, 50)).join(', ')] satisfies [string, string]]),
    ...(costs.length === 0 ? [] : [['Tokens', tiersPhrase(sum)] satisfies [string, string]]),
  ];
}
