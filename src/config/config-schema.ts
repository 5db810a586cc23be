/** The shape of `.github/playcaller.yml`, as people write it: every key may be left out. */
import { Cron } from 'croner';
import { z } from 'zod';
import { ACT_KINDS } from '../model/sweep.ts';
import { COMMAND_PERMISSIONS, VERBS } from '../model/verbs.ts';
import { GATE_ITEMS, GATE_OPTIONS, type GateItemId } from './gate-options.ts';
import { labels, MAX_LABEL, name } from './labels-schema.ts';

/** S2's rotation, most urgent first. */
const DEFAULT_CATEGORIES = [
  'Security',
  'Data Integrity',
  'Golden Path',
  'CI Stability',
  'Graph',
  'Infrastructure',
  'UX',
  'Analytics',
];

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

const plan = z.strictObject({
  approval: z.boolean().default(false).describe('Start a session only after `/session approve` by someone with write access.'),
});

const archive = z.strictObject({
  path: z
    .string()
    .trim()
    .max(200)
    .refine(isFolder, "must be a folder of the repository such as docs/sessions: no leading '/', no '.', '..' or '.git' in it")
    .overwrite((path) => path.replace(/\/$/, ''))
    .nullable()
    .default(null)
    .describe('Folder that completed sessions are filed in, by pull request; without it none is.'),
});

const permission = z.enum(COMMAND_PERMISSIONS).optional();
const commands = z.strictObject({
  permissions: z
    .strictObject(Object.fromEntries(VERBS.map((verb) => [verb, permission])))
    .prefault({})
    .describe('Who may use a command, by its verb: read, triage, write or maintain; others keep what they ask for.'),
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
      docs: item('docs'),
      security: item('security'),
      size: item('size'),
      coverage: item('coverage'),
      criteria: item('criteria'),
      type: item('type'),
      fresh: item('fresh'),
    })
    .prefault({})
    .describe('Level and options by item.'),
});

const acting = z.enum(['propose', 'act']);

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
  act: z
    .union([acting, z.partialRecord(z.enum(ACT_KINDS), acting)])
    .default('propose')
    .describe('What a sweep does by itself (act) and what it only proposes: one word for all, or by kind.'),
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
    labels,
    branches: branches.prefault({}).describe('Session branches.'),
    plan: plan.prefault({}).describe('The plan of a session.'),
    gate: gate.prefault({}).describe('The readiness gate.'),
    sweep: sweep.prefault({}).describe('The scheduled sweep.'),
    archive: archive.prefault({}).describe('Records of completed sessions as files.'),
    commands: commands.prefault({}).describe('The commands `/session <verb>`.'),
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

/** Every part is a name that git and all file systems take. */
function isFolder(path: string): boolean {
  const parts = path.replace(/\/$/, '').split('/');
  return parts.every((part) => /^[\w .@+-]+$/.test(part) && !/^\.{1,2}$|^\.git$|^\s|[\s.]$/i.test(part));
}
