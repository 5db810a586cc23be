/** Phases of a playbook file that ask for a persona that is not there (L11). */
import type { Misfit } from './playbook-schema.ts';
import type { ReadPlaybook } from './read-playbook.ts';
import { didYouMean } from './suggest.ts';

export function unknownPersonas({ content }: ReadPlaybook, known: readonly string[]): Misfit[] {
  const asked: [path: PropertyKey[], persona: string | null | undefined][] = [];
  if (content.kind === 'whole') {
    for (const [index, { persona }] of content.playbook.phases.entries()) asked.push([['phases', index], persona]);
  } else {
    const { add, replace } = content.file;
    const added = add === undefined || Array.isArray(add) ? [] : add.phases;
    for (const [index, { persona }] of added.entries()) asked.push([['add', 'phases', index], persona]);
    for (const [index, { persona }] of replace.entries()) asked.push([['replace', index], persona]);
  }
  return asked.flatMap(([path, persona]) => {
    if (typeof persona !== 'string' || known.includes(persona)) return [];
    const hint = didYouMean(persona, known) || `; known here: ${known.join(', ')}`;
    return [{ path: [...path, 'persona'], message: `there is no persona "${persona}"${hint}` }];
  });
}
