/** A persona: a review lens with the questions that it asks of a session (L11). */

export interface Persona {
  /** Short name in lower case, as in `/session persona dana`. */
  name: string;
  /** Name for people. */
  title: string;
  /** What it looks at, in a phrase. */
  lens: string;
  questions: string[];
}
