/** The playbook comment of a session: the checklist where people tick (L7). */
import { digest } from '../../model/digest.ts';
import type { Phase, Playbook, Step } from '../../model/playbook.ts';
import type { Session } from '../../model/session.ts';
import { code, sizeOf } from '../markdown.ts';
import { personaInvite } from '../session/persona-comment.ts';
import { fencedBlock } from './fenced-block.ts';
import { playbookText, stepLine } from './step-line.ts';
import { hoursPhrase, minutesPhrase } from './time-budget.ts';

const PLAYBOOK_MARKER = '<!-- playcaller:playbook -->';

/** GitHub takes 65,536 characters. In UTF-8 bytes. */
const MAX_BODY = 65_000;

interface Room {
  details: boolean;
  /** Longest text of a line, in code points. */
  text: number;
}

/** From all there is to the least that still holds every step. */
const ROOMS: Room[] = [
  { details: true, text: 500 },
  { details: false, text: 500 },
  { details: false, text: 150 },
  { details: false, text: 40 },
  { details: false, text: 10 },
];

/**
 * Same input, same bytes; at most 65,000. Every step and criterion is there, whatever its length: when it gets too
 * long, details go first and then lines get shorter.
 */
export function playbookComment(playbook: Playbook, ticks: ReadonlySet<string>, session: Session): string {
  const head = [PLAYBOOK_MARKER, versionMarker(playbook)];
  let body = '';
  for (const room of ROOMS) {
    body = [...head, ...write(playbook, ticks, session, room)].join('\n').trimEnd();
    if (sizeOf(body) <= MAX_BODY) break;
  }
  return body;
}

/** Changes with every word of the playbook, so that the comment is written again when one did, and only then. */
function versionMarker(playbook: Playbook): string {
  return `<!-- playbook:${digest(JSON.stringify(playbook))} -->`;
}

function write(playbook: Playbook, ticks: ReadonlySet<string>, session: Session, room: Room): string[] {
  const { title, goal, hours, version, reading, phases, criteria, commit } = playbook;
  const steps = (list: Step[]) => list.flatMap((step) => stepLines(step, ticks.has(step.id), room));
  return [
    `## Playbook: ${playbookText(title, 100)}`,
    '',
    `**Type:** ${code(playbook.type, 50)} ${version} · **Time:** ${hoursPhrase(hours)} · **Session:** ${code(session.id, 100)}`,
    '',
    `**Goal:** ${playbookText(goal, room.text)}`,
    '',
    'Tick a box when its step is done; the card counts along.',
    '',
    ...section(
      '### Required reading',
      reading.map((line) => `- ${playbookText(line, room.text)}`),
    ),
    ...phases.flatMap((phase) => section(phaseHeading(phase), [...invite(phase), ...steps(phase.steps)])),
    ...section('### Success criteria', steps(criteria)),
    ...section('### Acceptance criteria', steps(session.records.accepted.map(({ id, text }) => ({ id, text, details: [] })))),
    ...section('### Commit message', fencedBlock(commit)),
  ];
}

function section(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [heading, '', ...lines, ''];
}

function invite({ persona }: Phase): string[] {
  return persona ? [personaInvite(persona), ''] : [];
}

function phaseHeading({ title, minutes }: Phase): string {
  return `### ${playbookText(title, 100)} (${minutesPhrase(minutes)})`;
}

function stepLines(step: Step, ticked: boolean, room: Room): string[] {
  const details = room.details ? step.details.map((detail) => `  - ${playbookText(detail, room.text)}`) : [];
  return [stepLine(step, ticked, room.text), ...details];
}
