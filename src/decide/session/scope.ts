/** The scope block, read from the description: problem, user, smallest useful version (P4). */
import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Scope } from '../../model/session.ts';
import { parseMarkdown } from '../markdown.ts';

const NAMES: [keyof Scope, RegExp][] = [
  ['problem', /^(?:the )?problem$/i],
  ['user', /^(?:the )?users?$/i],
  ['smallest', /^(?:the )?smallest (?:useful )?version$|^minimal version$|^mvp$/i],
];

/** Headings of these names (as issue forms make them), or `Problem: …` lines. Null when there is none of them. */
export function readScope(body: string): Scope | null {
  const scope: Scope = { problem: null, user: null, smallest: null };
  let under: keyof Scope | null = null;
  for (const node of parseMarkdown(body).children) {
    if (node.type === 'heading') {
      under = nameOf(textOf(node));
      continue;
    }
    const lines = linesOf(node);
    if (under !== null) {
      // GitHub writes this into a form's field that was left empty.
      const text = lines.filter((line) => line !== '_No response_' && line !== 'No response').join(' ');
      scope[under] ??= text === '' ? null : text;
      continue;
    }
    for (const line of lines) {
      const [, name = '', value = ''] = /^([A-Za-z ]{1,30}):\s*(.*)$/.exec(line) ?? [];
      const key = nameOf(name);
      if (key !== null && value.trim() !== '') scope[key] ??= value.trim();
    }
  }
  return Object.values(scope).some((part) => part !== null) ? scope : null;
}

function nameOf(text: string): keyof Scope | null {
  return NAMES.find(([, pattern]) => pattern.test(text.trim().replace(/:$/, '')))?.[0] ?? null;
}

function linesOf(node: RootContent): string[] {
  if (node.type === 'list')
    return node.children.flatMap((item) =>
      textOf(item)
        .split('\n')
        .map((line) => line.trim()),
    );
  if (node.type !== 'paragraph') return [];
  return textOf(node)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
