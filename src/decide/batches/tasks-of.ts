/** Sub-issues as tasks of a plan: their links sorted out, their estimates settled, their states (B1). */
import type { LinkKind, PlanTask } from '../../model/batches.ts';
import type { Playbook } from '../../model/playbook.ts';
import type { Outsider, PlanFacts, SubIssue } from '../../model/sub-plan.ts';

/** A link that the plan goes without, and why. */
export interface OddLink {
  task: number;
  link: LinkKind;
  /** Null: this repository. */
  repo: string | null;
  number: number;
  why: 'self' | 'elsewhere' | Outsider['what'];
}

export interface Tasks {
  tasks: PlanTask[];
  odd: OddLink[];
  /** How many estimates were said, taken from the playbook, or taken for granted. */
  counted: { said: number; playbook: number; default: number };
  /** Open ones that say nothing of what they wait for. */
  silent: number[];
}

/** Hours of a sub-issue of which nobody said anything. */
const DEFAULT_HOURS = 2;

export function tasksOf(
  { subs, outsiders }: PlanFacts,
  typeOf: (sub: SubIssue) => string | null,
  playbooks: readonly Playbook[],
): Tasks {
  const known = new Set(subs.map((sub) => sub.number));
  const what = new Map(outsiders.map((one) => [one.number, one.what]));
  const odd: OddLink[] = [];
  const counted = { said: 0, playbook: 0, default: 0 };
  const tasks = subs.map((sub): PlanTask => {
    const found = sub.links.flatMap((link) => {
      const why = link.repo !== null ? 'elsewhere' : link.number === sub.number ? 'self' : null;
      if (why === null && known.has(link.number)) return link;
      odd.push({
        task: sub.number,
        link: link.link,
        repo: link.repo,
        number: link.number,
        why: why ?? what.get(link.number) ?? 'open',
      });
      return [];
    });
    const to = (kind: LinkKind) => [...new Set(found.filter(({ link }) => link === kind).map(({ number }) => taskId(number)))];
    const [depends, after] = [to('hard'), to('soft')];
    return {
      id: taskId(sub.number),
      title: sub.title,
      estimate: estimateOf(sub, typeOf(sub)),
      depends,
      after: after.filter((id) => !depends.includes(id)),
      state: stateOf(sub),
    };
  });
  const silent = subs.filter((sub) => sub.state === 'open' && sub.links.length === 0 && !sub.saysNone);
  return { tasks, odd: distinct(odd), counted, silent: silent.map((sub) => sub.number) };

  function estimateOf(sub: SubIssue, type: string | null): number {
    const hours = playbooks.find((playbook) => playbook.type === type)?.hours;
    const from = sub.estimate !== null ? 'said' : hours ? 'playbook' : 'default';
    counted[from] += 1;
    return sub.estimate ?? (hours ? (hours.min + hours.max) / 2 : DEFAULT_HOURS);
  }
}

export function taskId(number: number): string {
  return `#${number}`;
}

export function numberOf(id: string): number {
  return Number(id.slice(1));
}

/** What GitHub shows of the issue goes first: closed as completed is done, whatever became of its session. */
export function stateOf({ state, closeReason, session }: SubIssue): PlanTask['state'] {
  if (session?.state === 'completed') return 'completed';
  if (state === 'closed') return closeReason === 'completed' ? 'completed' : 'abandoned';
  return session?.state ?? 'planned';
}

/** The same link may stand on GitHub and in the description. */
function distinct(links: readonly OddLink[]): OddLink[] {
  const byKey = new Map(links.map((link) => [`${link.task} ${link.repo ?? ''}#${link.number}`, link]));
  return [...byKey.values()].sort((a, b) => a.task - b.task || a.number - b.number);
}
