/** The scope block of the card: problem, user, smallest useful version (P4). */
import type { Scope } from '../../model/session.ts';
import { quoteText } from '../markdown.ts';

const PARTS: [keyof Scope, string][] = [
  ['problem', 'Problem'],
  ['user', 'User'],
  ['smallest', 'Smallest useful version'],
];

/** @param asks whether missing parts are asked for */
export function scopeBlock(scope: Scope | undefined, asks: boolean): string {
  const lines = PARTS.flatMap(([key, name]) => {
    const text = scope?.[key] ?? null;
    return text === null ? [] : [`- ${name}: ${quoteText(text, 300)}`];
  });
  const missing = asks ? PARTS.filter(([key]) => (scope?.[key] ?? null) === null) : [];
  if (missing.length > 0) {
    const names = missing.map(([, name]) => `\`${name}: …\``).join(', ');
    lines.push(`- to write before work begins, each on a line of the description: ${names}`);
  }
  return lines.length === 0 ? '' : ['**Scope**', ...lines].join('\n');
}
