/** Which personas' questions are to be posted: once each, and again only when someone asks anew (L11). */
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { Persona } from '../../model/persona.ts';
import type { Advance, Ask } from './move.ts';

export function personasToPost({ session }: Advance, { repo, own }: LaneFacts, ask: Ask | null): Persona[] {
  if (session.state !== 'planned' && session.state !== 'active') return [];
  return (repo.personas ?? []).filter(({ name }) => {
    if (!session.records.personas.includes(name)) return false;
    // Who deleted the comment meant it, until someone asks for it again.
    return ask?.persona === name || own?.artefacts[personaRole(name)] === undefined;
  });
}

/** Role of the comment in the ledger; its marker is `<!-- playcaller:persona <name> -->`. */
export function personaRole(name: string): string {
  return `persona ${name}`;
}
