/** A prompt pattern: a prompt with placeholders that has worked before, and how to check what came of it (B4). */

/** Who spends tokens: the model that plans, the one that writes code, the one that checks (S1). */
export const TIERS = ['planner', 'coder', 'validator'] as const;
export type Tier = (typeof TIERS)[number];
/** In tokens. */
export type Tokens = Record<Tier, number>;

export interface PatternVariable {
  /** In capitals, as it stands in the brackets: `ENTITY` for `[ENTITY]`. */
  id: string;
  description: string;
  example: string;
  /** What stands there when nobody says otherwise; null: it must be given. */
  default: string | null;
}

export interface Pattern {
  /** Short name, as in `/session prompt storage-crud`. */
  name: string;
  title: string;
  version: string;
  /** When it is the right one, in a phrase. */
  chooseFor: string;
  variables: PatternVariable[];
  /** The prompt, with placeholders. */
  template: string;
  /** What whoever checks the result runs and looks at, with the same placeholders. */
  validation: string;
  /** When to leave it aside or to change it. */
  deviate: string[];
  /** What a run is reckoned to cost until there is a history. */
  baseline: Tokens;
}
