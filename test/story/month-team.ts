/** A small team at work: it studies, opens a careless pull request, mends it, and merges once all is ready. */
import { expect } from 'vitest';
import { commitFile, tickIn, tickNext } from '../../src/sandbox/story/hands.ts';
import { cardOf, headOf, labelsOf, marked, PLAYBOOK, readiness, wordsOf } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import type { MonthStage } from './month-stage.ts';
import { GOOD_BODY } from './stage.ts';

const RECORD = '<!-- playcaller:record -->';
const ALL = 999;
const CI_MINUTES = 4;
const PREFIX: Record<string, string> = { 'bug-fix': 'fix', documentation: 'docs' };

interface Work {
  type: string;
  /** 0 while there is none. */
  pull: number;
  stage: number;
}

/** Of one working day: first what is done on the issue, then what is done on the branch; false: not yet. */
interface Stage {
  onIssue?(issue: number): Promise<unknown>;
  onBranch?(issue: number, work: Work): Promise<unknown>;
}

export type Team = ReturnType<typeof gatherTeam>;

export function gatherTeam(month: MonthStage) {
  const { alice, bob, ci } = month.people;
  const works = new Map<number, Work>();
  const merged: number[] = [];
  /** Issues that nobody touches, also after their merge. */
  const left = new Set<number>();

  async function check(sha: string, name: string, conclusion: 'success' | 'failure', minutes = CI_MINUTES): Promise<void> {
    const [started_at, completed_at] = [minutes, 0].map((ago) => new Date(month.now().getTime() - ago * 60_000).toISOString());
    await ci.rest.checks.create({ ...SHOP, name, head_sha: sha, status: 'completed', conclusion, started_at, completed_at });
  }

  /** @returns whether the comment is there */
  async function tick(issue: number, comment: string, count: number): Promise<boolean> {
    const [found] = await marked(alice, issue, comment);
    if (found) await tickNext(bob, found.id, count);
    return found !== undefined;
  }

  async function tickAll(issue: number): Promise<void> {
    await tick(issue, PLAYBOOK, ALL);
    const { data } = await alice.rest.issues.get({ ...SHOP, issue_number: issue });
    await alice.rest.issues.update({ ...SHOP, issue_number: issue, body: tickIn(data.body ?? '', ALL).text });
  }

  async function tryOut(issue: number, work: Work): Promise<void> {
    const branch = /`(session\/[^`]+)`/.exec(await cardOf(alice, issue))?.[1];
    if (!branch) throw new Error(`the card of #${issue} names no branch`);
    const path = work.type === 'documentation' ? `docs/work-${issue}.md` : `src/work-${issue}.ts`;
    const sha = await commitFile(bob, branch, path, `export const first = ${issue};\n`, 'wip');
    await check(sha, 'lint', 'failure', 1);
    const made = await bob.rest.pulls.create({ ...SHOP, head: branch, base: 'main', title: 'wip', body: `Closes #${issue}` });
    work.pull = made.data.number;
  }

  /** All files in one commit: of several pushes, nobody knows which ones the app saw. */
  async function push(head: { ref: string; sha: string }, files: Record<string, string>): Promise<string> {
    const tree = Object.entries(files).map(([path, content]) => ({ path, content, mode: '100644', type: 'blob' }) as const);
    const made = await bob.rest.git.createTree({ ...SHOP, base_tree: head.sha, tree });
    const wanted = { tree: made.data.sha, parents: [head.sha], message: 'chore: mend what the gate found' };
    const { sha } = (await bob.rest.git.createCommit({ ...SHOP, ...wanted })).data;
    await bob.rest.git.updateRef({ ...SHOP, ref: `heads/${head.ref}`, sha });
    return sha;
  }

  async function mend(issue: number, { type, pull }: Work): Promise<void> {
    const { head } = (await bob.rest.pulls.get({ ...SHOP, pull_number: pull })).data;
    const wanted = (await alice.rest.issues.get({ ...SHOP, issue_number: issue })).data.title;
    const files = { [`docs/work-${issue}.md`]: `# ${issue}\n\nWhat changed, and how it is used.\n` };
    if (type !== 'documentation') {
      files[`src/work-${issue}.ts`] = `export const whole = ${issue};\n`;
      files[`test/work-${issue}.test.ts`] = `import '../src/work-${issue}.ts';\n`;
    }
    const title = `${PREFIX[type] ?? 'feat'}: ${wanted.toLowerCase().replace(/[^a-z0-9 -]/g, '')}`.slice(0, 70);
    await bob.rest.pulls.update({ ...SHOP, pull_number: pull, title, body: GOOD_BODY(issue) });
    const sha = await push(head, files);
    await check(sha, 'lint', 'success', 1);
    await check(sha, 'test', 'success');
  }

  async function merge(issue: number, { pull }: Work): Promise<boolean> {
    const head = await headOf(alice, pull);
    const verdict = await readiness(alice, head);
    // While the app is down nobody is judged, and nobody merges unjudged.
    if (!month.isUp() && verdict?.conclusion !== 'success') return false;
    expect(verdict?.conclusion, `readiness of #${pull} for #${issue}: ${verdict && wordsOf(verdict)}`).toBe('success');
    await alice.rest.pulls.merge({ ...SHOP, pull_number: pull, merge_method: 'squash', sha: head });
    merged.push(issue);
    return true;
  }

  const STAGES: Stage[] = [
    { onIssue: (issue) => tick(issue, PLAYBOOK, 4) },
    { onIssue: (issue) => tick(issue, PLAYBOOK, 6), onBranch: tryOut },
    { onIssue: tickAll, onBranch: mend },
    { onBranch: merge },
  ];

  /** Numbers of the active sessions that are not blocked. */
  async function active(): Promise<number[]> {
    const { data } = await alice.rest.issues.listForRepo({ ...SHOP, labels: 'state:active', state: 'open', per_page: 100 });
    const free = data.filter(({ labels }) => !labels.some((label) => typeof label !== 'string' && label.name === 'blocked'));
    return free.map(({ number }) => number).sort((a, b) => a - b);
  }

  async function workOn(issue: number): Promise<Work> {
    const known = works.get(issue);
    if (known) return known;
    const label = (await labelsOf(alice, issue)).find((name) => name.startsWith('session:')) ?? '';
    const work = { type: label.slice('session:'.length), pull: 0, stage: 0 };
    works.set(issue, work);
    return work;
  }

  return {
    left,
    active,
    check,
    /** Of its session; 0 while there is none. */
    pullOf: (issue: number) => works.get(issue)?.pull ?? 0,
    /** The 48-hour list stands in the closing comment. */
    tickAfterMerge: (issue: number) => tick(issue, RECORD, ALL),
    /** The lists of what was merged before, and one stage of each session. */
    async day(): Promise<void> {
      // What was merged while the app is down has its list later.
      for (const issue of merged.splice(0)) if (!left.has(issue) && !(await tick(issue, RECORD, ALL))) merged.push(issue);
      const todo = (await active()).filter((issue) => !left.has(issue));
      for (const issue of todo) await STAGES[(await workOn(issue)).stage]?.onIssue?.(issue);
      // What comes of both at the same time could be told in either order.
      await month.settled();
      for (const issue of todo) {
        const work = await workOn(issue);
        if ((await STAGES[work.stage]?.onBranch?.(issue, work)) !== false) work.stage += 1;
      }
    },
  };
}
