/** The readiness gate's result, as data (G1). */
import type { Fault } from './config.ts';
import type { VerdictState } from './session.ts';

export type ItemStatus = 'pass' | 'fail' | 'waiting' | 'waived' | 'not-applicable';
export type ItemLevel = 'off' | 'advisory' | 'required';

/** One line of a file that needs a person's eye. Lines are 1-based. */
export interface Annotation {
  path: string;
  line: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

export interface ItemResult {
  status: ItemStatus;
  /** What was seen, in Markdown that is safe to show. */
  evidence: string;
  /** How to put it right; null where nothing is to do. */
  mend: string | null;
  annotations: Annotation[];
  /** A few words for a headline, e.g. what it waits for: `2 checks`. Plain text. */
  brief?: string;
}

export interface VerdictItem extends ItemResult {
  id: string;
  title: string;
  level: ItemLevel;
}

export interface Verdict {
  state: VerdictState;
  headSha: string;
  /** The pull request is a draft: whatever the items say, the verdict waits. */
  draft?: boolean;
  items: VerdictItem[];
  /** What is wrong in the configuration that the verdict was made under. */
  faults?: Fault[];
}
