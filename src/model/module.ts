/** The module registry: what the product is made of, and what of it stands (P5). */

export const MODULE_STATUSES = ['present', 'partial', 'missing'] as const;
export type ModuleStatus = (typeof MODULE_STATUSES)[number];

export interface Module {
  id: string;
  /** Name for people. */
  name: string;
  status: ModuleStatus;
  /** Ids of the modules that it needs. */
  depends: string[];
}

/** The registry in force, with the text that it was read from: a change of it keeps the comments. */
export interface Registry {
  modules: Module[];
  text: string;
}
