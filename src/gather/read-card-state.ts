/** Reads a card's memory back. Whatever stands there instead of what we wrote is null, never an exception. */
import type { CardState } from '../model/card-state.ts';
import type { CommentFact } from '../model/facts.ts';
import { cardStateSchema } from './card-state-schema.ts';

/** The last line of a comment, whatever a person wrote above it. */
const LINE = /\n<!-- playcaller:state (\{[^\n]*\}) -->\s*$/;

/**
 * The memory of a card that is ours and that nobody else has touched since: whoever may edit comments could else make
 * a session say anything.
 */
export function readCardState(card: CommentFact): CardState | null {
  if (!card.ours || !card.lastWriteOurs) return null;
  const json = LINE.exec(card.body)?.[1];
  if (json === undefined) return null;
  try {
    return cardStateSchema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
