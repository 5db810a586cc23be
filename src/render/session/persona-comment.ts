/** A persona's questions as a checklist: one comment per persona, where people tick (L11). */
import type { Persona } from '../../model/persona.ts';
import { playbookText } from '../playbook/step-line.ts';

export function personaComment({ name, title, lens, questions }: Persona): string {
  return [
    `<!-- playcaller:persona ${name} -->`,
    `## ${playbookText(title, 100)} asks: ${playbookText(lens, 200)}`,
    '',
    'Tick a question when it has an answer; write the answer below where it is not obvious.',
    '',
    ...questions.map((question) => `- [ ] ${playbookText(question, 500)}`),
  ].join('\n');
}

/** Below the heading of a phase that asks for a persona. */
export function personaInvite(name: string): string {
  return `A second pair of eyes helps here: comment \`/session persona ${name}\`.`;
}
