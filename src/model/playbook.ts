/** The playbook: how one type of session is worked, as data (P1). */

export interface Step {
  /** Stable, unique in the playbook: ticks are kept by it. */
  id: string;
  text: string;
  /** Finer points of the step, shown below it without boxes. */
  details: string[];
}

export interface Phase {
  id: string;
  title: string;
  /** Time budget in minutes, least and most. */
  minutes: { min: number; max: number };
  steps: Step[];
  /** Id of the persona whose questions belong to this phase (L11). */
  persona?: string | null;
}

export interface Playbook {
  type: string;
  /** The built-in type that it extends, at the end of the chain (P3): rules of that type hold for it too. Else null. */
  base: string | null;
  /** Semantic version of the text. */
  version: string;
  title: string;
  goal: string;
  /** When to choose it, for the chooser. */
  chooseFor: string;
  /** Time budget in hours, least and most. */
  hours: { min: number; max: number };
  reading: string[];
  phases: Phase[];
  criteria: Step[];
  commit: string;
  /** Gate items that this playbook switches, by item id. */
  gate: Record<string, 'off' | 'advisory' | 'required'>;
}
