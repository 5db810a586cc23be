/** Reads the bot's Markdown as GitHub would, so that tests see what people see. */
import type { Code, Html, Link, Nodes, Table } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

export interface Shown {
  codeBlocks: string[];
  html: string[];
  links: string[];
  headings: string[];
  /** Each table's rows, heads included, as text. */
  tables: string[][][];
  /** Rows of all tables. */
  rows: string[][];
  /** Text outside code: where mentions and references count. */
  text: string;
}

export function readMarkdown(markdown: string): Shown {
  const nodes = all(unified().use(remarkParse).use(remarkGfm).parse(markdown));
  const tables = nodes
    .filter((node): node is Table => node.type === 'table')
    .map(({ children }) => children.map((row) => row.children.map((cell) => textOf(cell))));
  return {
    codeBlocks: nodes.filter((node): node is Code => node.type === 'code').map(({ value }) => value),
    html: nodes.filter((node): node is Html => node.type === 'html').map(({ value }) => value),
    links: nodes.filter((node): node is Link => node.type === 'link').map(({ url }) => url),
    headings: nodes.filter(({ type }) => type === 'heading').map((node) => textOf(node)),
    tables,
    rows: tables.flat(),
    text: nodes.flatMap((node) => (node.type === 'text' ? node.value : [])).join('\n'),
  };
}

function all(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(all) : [])];
}
