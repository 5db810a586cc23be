/** The verbs of `/session <verb>`, in the order of the help: known to the configuration, which sets who may use them. */

export const VERBS = [
  'types',
  'start',
  'plan',
  'approve',
  'log',
  'module',
  'next',
  'accept',
  'block',
  'unblock',
  'fail',
  'recover',
  'persona',
  'sub',
  'idea',
  'gap',
  'measure',
  'joint',
  'prompt',
  'cost',
  'waive',
  'no-code',
  'complete',
  'abandon',
  'sweep',
  'help',
] as const;

export type Verb = (typeof VERBS)[number];

/** What someone must be allowed on the repository, least first. */
export const COMMAND_PERMISSIONS = ['read', 'triage', 'write', 'maintain'] as const;
export type CommandPermission = (typeof COMMAND_PERMISSIONS)[number];
