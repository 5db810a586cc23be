/** A random history of a small team: plain data, the same for the same seed. What happens in one round may happen in any order. */
import { randomFrom } from '../suite.ts';

/** What one person does to one issue or to its pull request. `n` numbers all actions and makes texts differ. */
export type Action = { thread: number; n: number } & (
  | { kind: 'open'; type: string; labelled: boolean }
  | { kind: 'label' | 'unlabel'; label: string }
  | { kind: 'retitle' | 'rebody' | 'chat' | 'close' | 'reopen' | 'delete-card' }
  | { kind: 'tick-steps'; count: number }
  | { kind: 'tick-criterion' }
  | { kind: 'say'; words: string }
  | { kind: 'sub-issue'; of: number }
  | { kind: 'open-pull'; onOwnBranch: boolean; draft: boolean; careless: boolean }
  | { kind: 'push' | 'approve' | 'mend-pull' | 'retitle-pull' | 'draft' | 'ready' | 'close-pull' | 'reopen-pull' | 'merge' }
  | { kind: 'ci'; conclusion: 'success' | 'failure' }
);

/** One day: what is done in any order, then the merges, each by itself. */
export interface Round {
  actions: Action[];
  merges: Action[];
}

interface Thread {
  type: string;
  open: boolean;
  labels: Set<string>;
  pull: { state: 'open' | 'closed' | 'merged'; draft: boolean } | null;
  isChild: boolean;
  /** Its session was given up. */
  isOver: boolean;
}

type Kind = Action['kind'];

const TYPES = ['feature', 'bug-fix', 'documentation', 'refactoring', 'performance'];
const EXTRAS = ['category:UX', 'category:Security', 'fast-lane', 'blocked', 'question'];
const WORDS = [
  '/session block waits for the export',
  '/session unblock',
  '/session log tried a cache; it was slower',
  '/session next ask Bob for the data',
  '/session help',
  '/session next',
  '/session nonsense',
  '/session waive docs nothing to tell',
  'Looks fine.\n\n/session cost planner=1 coder=2',
  '/session abandon not worth it',
  '/session start',
];
const THREADS = { least: 4, more: 3 };
const ROUNDS = { least: 3, more: 2 };
/** The share of threads that something happens to in one round. */
const BUSY = 0.85;
export const MOST_ACTIONS = 40;
export const LEAST_ACTIONS = 15;

export function historyOf(seed: number): Round[] {
  for (let attempt = 0; ; attempt++) {
    const rounds = drawn(seed * 1_000 + attempt);
    const count = actionsOf(rounds).length;
    if (count >= LEAST_ACTIONS && count <= MOST_ACTIONS) return rounds;
  }
}

export function actionsOf(rounds: readonly Round[]): Action[] {
  return rounds.flatMap(({ actions, merges }) => [...actions, ...merges]);
}

function drawn(seed: number): Round[] {
  const random = randomFrom(seed);
  const pick = <T>(of: readonly [T, ...T[]] | readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const threads: (Thread | null)[] = Array.from({ length: THREADS.least + Math.floor(random() * THREADS.more) }, () => null);
  const rounds: Round[] = [];
  let n = 0;
  for (let left = ROUNDS.least + Math.floor(random() * ROUNDS.more); left > 0; left--) {
    const round: Round = { actions: [], merges: [] };
    const taken = new Set<number>();
    for (const [index, thread] of threads.entries()) {
      if (taken.has(index) || random() > BUSY) continue;
      const action = thread ? next(thread, index) : begin(index);
      if (action === null) continue;
      taken.add(index);
      (action.kind === 'merge' ? round.merges : round.actions).push(action);
    }
    rounds.push(round);

    function next(thread: Thread, index: number): Action | null {
      const kind = pick(possible(thread));
      if (kind !== 'sub-issue') return change(thread, index, kind);
      // Both ends are touched.
      const free = threads.findIndex(
        (other, at) => at !== index && other !== null && !other.isChild && !taken.has(at) && at > index,
      );
      if (free < 0) return null;
      taken.add(free);
      (threads[free] as Thread).isChild = true;
      thread.isChild = true;
      return { kind, thread: index, of: free, n: n++ };
    }
  }
  return rounds;

  function begin(index: number): Action {
    const type = pick(TYPES);
    const labelled = random() < 0.7;
    threads[index] = {
      type,
      open: true,
      labels: new Set(labelled ? [`session:${type}`] : []),
      pull: null,
      isChild: false,
      isOver: false,
    };
    return { kind: 'open', thread: index, n: n++, type, labelled };
  }

  function change(thread: Thread, index: number, kind: Exclude<Kind, 'open' | 'sub-issue'>): Action {
    const at = { thread: index, n: n++ };
    const session = `session:${thread.type}`;
    switch (kind) {
      case 'label': {
        const label = thread.labels.has(session) ? pick(EXTRAS.filter((name) => !thread.labels.has(name))) : session;
        thread.labels.add(label);
        return { ...at, kind, label };
      }
      case 'unlabel': {
        const label = pick([...thread.labels]);
        thread.labels.delete(label);
        thread.isOver = label === session;
        return { ...at, kind, label };
      }
      case 'tick-steps':
        return { ...at, kind, count: 1 + Math.floor(random() * 3) };
      case 'say': {
        const words = pick(WORDS);
        thread.isOver = words.startsWith('/session abandon');
        return { ...at, kind, words };
      }
      case 'open-pull': {
        const action = { ...at, kind, onOwnBranch: random() < 0.5, draft: random() < 0.2, careless: random() < 0.5 } as const;
        thread.pull = { state: 'open', draft: action.draft };
        return action;
      }
      case 'ci':
        return { ...at, kind, conclusion: random() < 0.6 ? 'success' : 'failure' };
      case 'close':
      case 'reopen':
        thread.open = kind === 'reopen';
        return { ...at, kind };
      case 'merge':
        thread.pull = { state: 'merged', draft: false };
        thread.open = false;
        return { ...at, kind };
      case 'close-pull':
      case 'reopen-pull':
      case 'draft':
      case 'ready':
        if (thread.pull && (kind === 'draft' || kind === 'ready')) thread.pull.draft = kind === 'draft';
        else if (thread.pull) thread.pull.state = kind === 'close-pull' ? 'closed' : 'open';
        return { ...at, kind };
      default:
        return { ...at, kind };
    }
  }
}

/** What a person could do next; what is listed twice happens more often. */
function possible({ open, labels, pull, type, isOver }: Thread): Exclude<Kind, 'open'>[] {
  // What is written into an issue after its session is told only to who listens.
  if (isOver) return ['chat'];
  if (!open) return pull?.state === 'merged' ? ['chat', 'say'] : ['reopen', 'chat', 'say'];
  const isSession = labels.has(`session:${type}`);
  if (!isSession) return ['label', 'label', 'label', 'retitle', 'rebody', 'chat', 'close'];
  const onIssue: Exclude<Kind, 'open'>[] = [
    'tick-steps',
    'tick-steps',
    'tick-criterion',
    'say',
    'say',
    'label',
    'retitle',
    'rebody',
    'chat',
  ];
  const rarely: Exclude<Kind, 'open'>[] = ['unlabel', 'close', 'sub-issue', 'delete-card'];
  if (pull === null) return [...onIssue, ...rarely, 'open-pull', 'open-pull', 'open-pull', 'open-pull'];
  if (pull.state === 'merged') return onIssue;
  if (pull.state === 'closed') return [...onIssue, 'reopen-pull', 'reopen-pull'];
  const onPull: Exclude<Kind, 'open'>[] = [
    'push',
    'push',
    'ci',
    'ci',
    'ci',
    'approve',
    'mend-pull',
    'retitle-pull',
    'close-pull',
  ];
  const turn: Exclude<Kind, 'open'>[] = pull.draft ? ['ready', 'ready'] : ['draft', 'merge', 'merge'];
  return [...onIssue, ...rarely, ...onPull, ...turn];
}
