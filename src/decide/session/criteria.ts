/** Acceptance criteria: the task list under `## Acceptance criteria` in the body (L8). */
import type { List, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Criterion } from '../../model/session.ts';
import { parseMarkdown } from '../markdown.ts';

/** Every box has it, whatever stands around: without one there is nothing to parse. */
const BOX = /\[[\sxX]\]/;
const HEADING = /^acceptance criteria:?$/i;

export function readCriteria(body: string): Criterion[] {
  if (!BOX.test(body)) return [];
  const nodes = parseMarkdown(body).children;
  const start = nodes.findIndex((node) => node.type === 'heading' && HEADING.test(textOf(node).trim()));
  if (start < 0) return [];
  const heading = nodes[start];
  const depth = heading?.type === 'heading' ? heading.depth : 6;
  const after = nodes.slice(start + 1);
  const end = after.findIndex((node) => node.type === 'heading' && node.depth <= depth);
  return (end < 0 ? after : after.slice(0, end)).filter(isList).flatMap(criteriaOf);
}

function isList(node: RootContent): node is List {
  return node.type === 'list';
}

function criteriaOf(list: List): Criterion[] {
  return list.children.flatMap((item) => {
    const own = item.checked == null ? [] : [{ text: firstLine(textOf(item.children[0] ?? item)), met: item.checked }];
    return [...own, ...item.children.filter((child) => child.type === 'list').flatMap(criteriaOf)];
  });
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}
