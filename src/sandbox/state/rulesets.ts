/** Rules for branches. */

/** A rule with the parameters that GitHub documents for its type; null for types without. */
export interface Rule {
  id: number;
  type: string;
  parameters: Record<string, unknown> | null;
}

/** Rules for branches, by the names of these. */
export interface Ruleset {
  id: number;
  name: string;
  enforcement: 'active' | 'disabled' | 'evaluate';
  /** `refs/heads/…` with `*`, `~DEFAULT_BRANCH` or `~ALL`. */
  include: string[];
  exclude: string[];
  rules: Rule[];
  createdAt: string;
  updatedAt: string;
}
