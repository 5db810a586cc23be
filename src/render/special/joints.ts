/** The report of an integration session: its joints as a table and as a data-flow diagram (P10). */
import type { Joint } from '../../model/records.ts';
import { cleanText, quoteText, table } from '../markdown.ts';
import { report } from './report.ts';

/** More nodes than this make a picture that nobody reads. */
const MAX_DRAWN = 60;

export function jointsReport(joints: readonly Joint[]): string {
  const rows = joints.map(({ producer, consumer, contract, failure, fallback }) => [
    quoteText(producer, 80),
    quoteText(consumer, 80),
    quoteText(contract, 200),
    failure === null ? '⬜ not said' : quoteText(failure, 160),
    fallback === null ? '⬜ not said' : quoteText(fallback, 160),
  ]);
  const open = joints.filter(({ failure, fallback }) => failure === null || fallback === null).length;
  return report('joints', [
    '### Data flow',
    diagram(joints.slice(0, MAX_DRAWN)),
    joints.length > MAX_DRAWN ? `_The first ${MAX_DRAWN} of ${joints.length} joints are drawn._` : '',
    table([['Producer', 'Consumer', 'Contract', 'When it fails', 'Fallback'], ...rows]),
    open === 0
      ? 'Every joint has its failure and its fallback.'
      : `${open} of ${joints.length} ${joints.length === 1 ? 'joint has' : 'joints have'} no failure or no fallback yet: say the joint again with ${'`failure=… fallback=…`'}.`,
  ]);
}

/** A dotted arrow where failure or fallback is not said yet. */
function diagram(joints: readonly Joint[]): string {
  const ids = new Map<string, string>();
  const nodes: string[] = [];
  const idOf = (name: string): string => {
    const key = cleanText(name, 80).normalize('NFKC').toLowerCase();
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `n${ids.size + 1}`;
    ids.set(key, id);
    nodes.push(`  ${id}["${label(name, 40)}"]`);
    return id;
  };
  const edges = joints.map(({ producer, consumer, contract, failure, fallback }) => {
    const arrow = failure === null || fallback === null ? '-.->' : '-->';
    return `  ${idOf(producer)} ${arrow}|"${label(contract, 60)}"| ${idOf(consumer)}`;
  });
  return ['```mermaid', 'flowchart LR', ...nodes, ...edges, '```'].join('\n');
}

/** Only letters, digits and a few harmless signs stay; the rest goes by its number, as Mermaid's syntax allows. */
function label(text: string, max: number): string {
  const safe = cleanText(text, max).replace(/[^\p{L}\p{N}\p{M} .,_…-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
  // Mermaid would read a line of digits and a dot, or a leading dash, as a Markdown list.
  return safe.replace(/^([-\d])/, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}
