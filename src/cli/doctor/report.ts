/** Findings as text for a terminal, and as data. */
import { wrap } from '../plain-text.ts';
import { count, type Finding } from './finding.ts';

const SIGNS: Record<Finding['level'], string> = { ok: '✓', warning: '!', fault: '✗' };
const WIDTH = 100;
const NAME = 15;
/** Some texts come from elsewhere: nothing of them steers a terminal. */
const ODD = /[\p{Cc}\p{Cf}]/gu;
const INDENT = ' '.repeat(NAME + 2);

/** Unlike people's texts in other reports, nothing here is Markdown. */
export function doctorReport(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ level, check, text, mend }) => [
    ...wrap(text.replace(ODD, ' '), WIDTH, INDENT, `${SIGNS[level]} ${check.padEnd(NAME)}`),
    ...(mend === null ? [] : wrap(mend.replace(ODD, ' '), WIDTH, `${INDENT}   `, `${INDENT}-> `)),
  ]);
  const of = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  const sum = `${count(of('fault'), 'fault')}, ${count(of('warning'), 'warning')}, ${of('ok')} in order.`;
  return [...lines, '', sum, ''].join('\n');
}
