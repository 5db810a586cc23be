/** A playbook's lines as they stand in the playbook comment. */
import type { Step } from '../../model/playbook.ts';
import { cleanText, code, quoteText } from '../markdown.ts';

/** A playbook's own words: `code` stays code, all else is shown letter by letter. `max` counts code points. */
export function playbookText(text: string, max = 500): string {
  return cleanText(text, max)
    .split(/`([^`]+)`/)
    .map((piece, index) => (index % 2 === 1 ? code(piece, max) : quoteInside(piece, max)))
    .join('');
}

/** What a step's line shows between its box and its marker. */
export function stepText(step: Step, max = 500): string {
  return playbookText(step.text, max);
}

/** One task-list line; the id at its end is what its tick is kept by (L7). */
export function stepLine(step: Step, ticked: boolean, max = 500): string {
  return `- [${ticked ? 'x' : ' '}] ${stepText(step, max)} <!-- step:${step.id} -->`;
}

function quoteInside(piece: string, max: number): string {
  const [, before = '', middle = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece) ?? [];
  return before + quoteText(middle, max) + after;
}
