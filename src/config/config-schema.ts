/** The shape of `.github/playcaller.yml`, as people write it: every key may be left out. */
import { Cron } from 'croner';
import { z } from 'zod';
import { GATE_ITEMS, GATE_OPTIONS, type GateItemId } from './gate-options.ts';

/** GitHub's limit for a label's name. */
export const MAX_LABEL = 50;
/** So that a prefix and the longest playbook type (30) still make a label. */
const MAX_SESSION_PREFIX = MAX_LABEL - 30;

/** S2's rotation, most urgent first. */
export const DEFAULT_CATEGORIES = [
  'Security',
  'Data Integrity',
  'Golden Path',
  'CI Stability',
  'Graph',
  'Infrastructure',
  'UX',
  'Analytics',
];

const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const name = z.string().trim().min(1).max(MAX_LABEL).regex(ONE_LINE, 'must be one line without control characters');
const label = (standard: string, what: string) => name.default(standard).describe(what);

/** A prefix keeps its trailing blank, if any: it is put in front as it stands. */
const prefix = (standard: string, max: number, what: string) =>
  z.string().min(1).max(max).regex(ONE_LINE, 'must be one line without control characters').default(standard).describe(what);

const labels = z.strictObject({
  sessionPrefix: prefix('session:', MAX_SESSION_PREFIX, 'Put before a playbook type, makes the label that starts a session.'),
  state: z
    .strictObject({
      planned: label('state:planned', 'Shown while a session waits for a slot.'),
      active: label('state:active', 'Shown while a session is worked on.'),
      completed: label('state:completed', 'Shown when a session is done.'),
      abandoned: label('state:abandoned', 'Shown when a session was given up.'),
    })
    .prefault({})
    .describe('One of these shows the state of each session.'),
  categoryPrefix: prefix('category:', 30, 'Put before a category, makes the label that sorts a session.'),
  blocked: label('blocked', 'Marks a session that waits for something else.'),
  fastLane: label('fast-lane', 'Lets a session take a reserved slot.'),
  backlogActive: label('backlog:active', 'Marks what may be started next.'),
  backlogReserve: label('backlog:reserve', 'Marks what refills the active backlog.'),
  incident: label('incident', 'Marks an incident; a sweep follows.'),
  tracker: label('playcaller', 'Marks the tracker issue.'),
});

/** Git's rules for reference names (git-check-ref-format), for what goes before the slug. */
const branchPrefix = z
  .string()
  .min(1)
  .max(60)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._/-]*$/,
    'may hold letters, digits, ".", "_", "-" and "/", and begins with a letter, digit or "_"',
  )
  .refine((text) => !/\.\.|\/\/|\/\.|\.lock\/|\.\/|^refs\//.test(text), 'is no valid beginning of a branch name');

const branches = z.strictObject({
  create: z.boolean().default(true).describe("Make each session's branch from the default branch."),
  prefix: branchPrefix.default('session/').describe('Put before the session id, makes the branch name.'),
  deleteMerged: z.boolean().default(true).describe("Delete a session's branch after its pull request is merged."),
});

const level = z.enum(['off', 'advisory', 'required']);

function item<Id extends GateItemId>(id: Id) {
  const whole = z.strictObject({ level: level.optional(), ...GATE_OPTIONS[id].shape });
  return z.union([level, whole]).optional().describe(`Level of the item "${id}", or a map with its level and options.`);
}

const gate = z.strictObject({
  required: z
    .array(z.enum(GATE_ITEMS))
    .superRefine(unique('item'))
    .optional()
    .describe('Short form: these items must pass, all others are advisory. What `items` says of an item wins.'),
  items: z
    .strictObject({
      session: item('session'),
      title: item('title'),
      description: item('description'),
      hygiene: item('hygiene'),
      ci: item('ci'),
      tests: item('tests'),
      criteria: item('criteria'),
    })
    .prefault({})
    .describe('Level and options by item.'),
});

const sweep = z.strictObject({
  enabled: z.boolean().default(true).describe('Sweep by schedule; `/session sweep` works either way.'),
  schedule: z
    .string()
    .default('0 7 * * 1-5')
    .superRefine((pattern, context) => {
      const fault = scheduleFault(pattern);
      if (fault) context.addIssue(fault);
    })
    .describe('Cron expression of five fields (minute, hour, day, month, weekday).'),
  timezone: z
    .string()
    .default('UTC')
    .refine(isTimezone, 'is no time zone that is known here; write it like Europe/Berlin')
    .describe("IANA time zone of the schedule and of the sweep's days."),
});

export const configSchema = z
  .strictObject({
    version: z.literal(1).default(1).describe('Version of this file format.'),
    capacity: z.int().min(1).max(1000).default(15).describe('Active sessions at most, the reserve included.'),
    reserve: z.int().min(0).max(999).default(1).describe('Slots of the capacity that only fast-lane sessions take.'),
    categories: z
      .array(name)
      .min(1)
      .max(50)
      .superRefine(unique('category'))
      .default(DEFAULT_CATEGORIES)
      .describe('Categories in rotation order, most urgent first.'),
    labels: labels.prefault({}).superRefine(distinctLabels).describe('Names of the labels, at most 50 characters each.'),
    branches: branches.prefault({}).describe('Session branches.'),
    gate: gate.prefault({}).describe('The readiness gate.'),
    sweep: sweep.prefault({}).describe('The scheduled sweep.'),
  })
  .superRefine((config, context) => {
    if (config.capacity >= 1 && config.reserve >= config.capacity) {
      const message = `must be below the capacity: ${config.reserve} of ${config.capacity} slots would be reserved`;
      context.addIssue({ code: 'custom', path: ['reserve'], message });
    }
    for (const [index, category] of config.categories.entries()) {
      if (config.labels.categoryPrefix.length + category.length <= MAX_LABEL) continue;
      context.addIssue({
        code: 'custom',
        path: ['categories', index],
        message: `makes a label of more than ${MAX_LABEL} characters`,
      });
    }
  });

export type ConfigFile = z.infer<typeof configSchema>;
type Labels = z.infer<typeof labels>;

/** Names that differ only in case are the same to GitHub's labels. */
function unique(what: string) {
  return (values: readonly string[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, value] of values.entries()) {
      const key = value.toLowerCase();
      if (seen.has(key)) context.addIssue({ code: 'custom', path: [index], message: `the ${what} "${value}" stands twice` });
      seen.add(key);
    }
  };
}

function distinctLabels(labels: Labels, context: z.RefinementCtx): void {
  const { state, sessionPrefix, categoryPrefix, ...others } = labels;
  const named = [
    ...Object.entries(state).map(([key, value]) => ({ path: ['state', key], value })),
    ...Object.entries(others).map(([key, value]) => ({ path: [key], value })),
  ];
  const seen = new Map<string, string>();
  for (const { path, value } of named) {
    const key = value.toLowerCase();
    const say = (message: string) => context.addIssue({ code: 'custom', path, message });
    const taken = seen.get(key);
    if (taken) say(`the label "${value}" is already the one of ${taken}`);
    else if (key.startsWith(sessionPrefix.toLowerCase()))
      say(`begins with the session prefix "${sessionPrefix}" and would start a session`);
    else if (key.startsWith(categoryPrefix.toLowerCase())) say(`begins with the category prefix "${categoryPrefix}"`);
    seen.set(key, path.join('.'));
  }
  const [short, long] = [sessionPrefix.toLowerCase(), categoryPrefix.toLowerCase()].sort((a, b) => a.length - b.length);
  if (short !== undefined && long?.startsWith(short)) {
    context.addIssue({ code: 'custom', path: ['categoryPrefix'], message: 'cannot be told from the session prefix' });
  }
}

function scheduleFault(pattern: string): string | null {
  try {
    // A fixed day, so that the same file always has the same faults; 2024 is a leap year.
    const next = new Cron(pattern, { mode: '5-part', timezone: 'UTC' }).nextRun(new Date('2024-01-01T00:00:00Z'));
    return next ? null : `"${pattern}" never comes; there is no such date`;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return `is no cron expression of five fields: ${reason}`;
  }
}

function isTimezone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
