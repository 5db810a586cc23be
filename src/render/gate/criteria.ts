/** Words of the gate item "criteria". */
import { link, quoteText } from '../markdown.ts';
import { count, listing, points } from './phrases.ts';

export const title = 'Criteria';

export interface OpenCriteria {
  acceptance: string[];
  playbook: string[];
}

export function met(acceptance: number, playbook: number): string {
  const parts = [
    acceptance === 0 ? null : count(acceptance, 'acceptance criterion', 'acceptance criteria'),
    playbook === 0 ? null : count(playbook, 'success criterion', 'success criteria'),
  ];
  return `Ticked: ${listing(parts.filter((part) => part !== null))}`;
}

export function open({ acceptance, playbook }: OpenCriteria, total: number): string {
  const left = acceptance.length + playbook.length;
  const quoted = (texts: string[]) =>
    listing(
      texts.map((text) => `“${quoteText(text, 90)}”`),
      5,
    );
  return points([
    `${left} of ${total} open`,
    acceptance.length > 0 ? `Acceptance: ${quoted(acceptance)}` : null,
    playbook.length > 0 ? `Playbook: ${quoted(playbook)}` : null,
  ]);
}

export function mend(number: number, url: string, { acceptance, playbook }: OpenCriteria): string {
  const issue = link(`issue ${number}`, url);
  if (playbook.length === 0) return `Tick each in ${issue} under "Acceptance criteria" once it is met.`;
  if (acceptance.length === 0) return `Tick each in the playbook comment of ${issue} once it is met.`;
  return `Tick each once it is met: under "Acceptance criteria" in ${issue}, and in the playbook comment there.`;
}

export function waitsFor(left: number): string {
  return `${left} open`;
}

export const noSession = 'No session is linked';
export const none = 'The session has no criteria';
