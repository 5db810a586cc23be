/** Configuration faults as the tracker and the check run show them: file, line, field, and what is wrong. */
import type { Fault } from '../model/config.ts';
import { code, quoteText } from './markdown.ts';

const MAX_FAULTS = 20;

/** A warning block of Markdown lines; none when nothing is wrong. */
export function faultLines(faults: readonly Fault[]): string[] {
  if (faults.length === 0) return [];
  const more = faults.length > MAX_FAULTS ? [`> - … and ${faults.length - MAX_FAULTS} more`] : [];
  return [
    '> [!WARNING]',
    '> The configuration needs a hand; until then the last good one, or the defaults, are in force.',
    '>',
    ...faults.slice(0, MAX_FAULTS).map(faultLine),
    ...more,
    '',
  ];
}

function faultLine(fault: Fault): string {
  const field = fault.field === '' ? '' : ` ${code(fault.field, 100)}`;
  return `> - ${code(`${fault.file}:${fault.line}`, 150)}${field} ${quoteText(fault.message, 300)}`;
}
