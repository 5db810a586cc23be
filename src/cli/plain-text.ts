/** The bot's Markdown as plain text that reads well in a terminal. */
import type { Nodes } from 'mdast';
import { parseMarkdown } from '../decide/markdown.ts';

const TAG = /^<\/?[a-z][^>]*>$/i;

/** One cell of a table, or a sentence: marks gone, links with their address behind them, `<br>` a new line. */
export function plainText(markdown: string): string {
  return textOf(parseMarkdown(markdown))
    .replace(/\p{Cf}/gu, '')
    .trim();
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case 'html':
      if (/^<br\s*\/?>$/i.test(node.value)) return '\n';
      return TAG.test(node.value) ? '' : node.value;
    case 'break':
      return '\n';
    case 'inlineCode':
      return `\`${node.value}\``;
    case 'link': {
      const label = node.children.map(textOf).join('');
      return label === node.url ? label : `${label} (${node.url})`;
    }
    default:
      if ('children' in node) return node.children.map((child) => textOf(child)).join(node.type === 'root' ? '\n' : '');
      return 'value' in node ? node.value : '';
  }
}

/** Lines of at most `width` characters where words allow it, each behind `indent`; the first may have another beginning. */
export function wrap(text: string, width: number, indent: string, first = indent): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    let current = lines.length === 0 ? first : indent;
    let empty = true;
    for (const word of line.split(/\s+/).filter((one) => one !== '')) {
      if (!empty && current.length + 1 + word.length > width) {
        lines.push(current);
        current = indent;
        empty = true;
      }
      current += empty ? word : ` ${word}`;
      empty = false;
    }
    if (!empty) lines.push(current);
  }
  return lines;
}
