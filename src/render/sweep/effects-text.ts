/** What a sweep would write, or has yet to write, for the terminal: one line for each thing that a reader would notice. */
import type { Effects, GitHubEffect, LedgerEffect } from '../../model/effect.ts';
import { cleanText } from '../markdown.ts';
import { count } from './words.ts';

/** Longest list of lanes. */
const MOST = 20;

/** @returns lines without an indent; none when there is nothing to write */
export function effectLines(effects: Effects, tracker: number | null): string[] {
  const where = tracker === null ? 'the new tracker' : `the tracker #${tracker}`;
  return [
    ...effects.github.map((effect) => gitHubLine(effect, where)),
    ...wakeLine([...effects.ledger, ...effects.after]),
    ...effects.ledger.flatMap((effect) =>
      effect.kind === 'cycle.save' ? [`keep cycle ${effect.cycle.number} in the ledger`] : [],
    ),
  ];
}

function gitHubLine(effect: GitHubEffect, where: string): string {
  switch (effect.kind) {
    case 'issue.create':
      return `open an issue: ${cleanText(effect.title, 100)}`;
    case 'issue.update':
      return `bring the board in ${where} up to date`;
    case 'issue.pin':
      return `pin ${where}`;
    case 'comment.create':
      return `comment on ${where}`;
    case 'comment.update':
      return `bring this cycle's comment on ${where} up to date`;
    case 'label.create':
      return `make the label ${cleanText(effect.name, 60)}`;
    case 'labels.add':
      return `put on ${names(effect.labels)}`;
    case 'labels.remove':
      return `take off ${names(effect.labels)}`;
    default:
      return effect.kind;
  }
}

function names(labels: readonly { name: string }[]): string {
  return `${labels.length === 1 ? 'the label' : 'the labels'} ${labels.map(({ name }) => cleanText(name, 60)).join(', ')}`;
}

function wakeLine(effects: readonly LedgerEffect[]): string[] {
  const lanes = effects.flatMap((effect) => (effect.kind === 'wake' && effect.board === undefined ? [effect.lane] : []));
  if (lanes.length === 0) return [];
  const shown = lanes.slice(0, MOST).map((lane) => lane.slice(lane.indexOf('#')));
  const more = lanes.length > MOST ? ` and ${lanes.length - MOST} more` : '';
  return [
    `look again at ${count(lanes.length, 'issue')} that ${lanes.length === 1 ? 'differs' : 'differ'}: ${shown.join(' ')}${more}`,
  ];
}
