/** The labels' names in `.github/playcaller.yml`: each may be another one, as long as they can be told apart. */
import { z } from 'zod';

/** GitHub's limit for a label's name. */
export const MAX_LABEL = 50;
/** So that a prefix and the longest playbook type (30) still make a label. */
const MAX_SESSION_PREFIX = MAX_LABEL - 30;

const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
export const name = z.string().trim().min(1).max(MAX_LABEL).regex(ONE_LINE, 'must be one line without control characters');
const label = (standard: string, what: string) => name.default(standard).describe(what);

/** A prefix keeps its trailing blank, if any: it is put in front as it stands. */
const prefix = (standard: string, max: number, what: string) =>
  z.string().min(1).max(max).regex(ONE_LINE, 'must be one line without control characters').default(standard).describe(what);

const names = z.strictObject({
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

export const labels = names.prefault({}).superRefine(distinct).describe('Names of the labels, at most 50 characters each.');

function distinct(labels: z.infer<typeof names>, context: z.RefinementCtx): void {
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
