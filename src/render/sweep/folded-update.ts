/** A session update folded away: a click shows it exactly as S2 writes it. */
import type { SessionUpdate } from '../../model/plan.ts';
import { cleanText } from '../markdown.ts';
import { fencedBlock } from '../playbook/fenced-block.ts';
import { sessionUpdate } from './session-update.ts';
import { statusWord } from './words.ts';

/** The text stands in a code block: nothing in it mentions, links or closes, and its fence outlasts every run of backticks. */
export function foldedUpdate(update: SessionUpdate): string {
  // A marker of ours in a user's text must not look like ours to whoever searches this comment.
  const text = sessionUpdate(update).replaceAll('<!--', '< !--');
  const name = escapeHtml(cleanText(update.name, 200));
  return [
    `<details><summary><code>${name}</code> · ${statusWord(update.status)}</summary>`,
    '',
    ...fencedBlock(text),
    '',
    '</details>',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
