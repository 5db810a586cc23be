/** The soak's mixed load: deliveries at a steady rate, sessions that live and end, a sweep now and then. */
import { randomUUID } from 'node:crypto';
import type { Octokit } from 'octokit';
import { commitFile, tickNext } from '../src/sandbox/story/hands.ts';
import { marked, PLAYBOOK } from '../src/sandbox/story/looks.ts';
import { meetPeople, SHOP } from '../src/sandbox/story/people.ts';
import type { Payload } from './load.ts';
import { KEY } from './processes.ts';

/** One line of `/session` in a comment of a maintainer. */
async function say(as: Octokit, issue: number, body: string): Promise<void> {
  await as.rest.issues.createComment({ ...SHOP, issue_number: issue, body });
}

export interface Life {
  /** Opens one more session, and takes each of those before one step further: tick, pull request, merge or close. */
  step(): Promise<void>;
  begun(): number;
}

/** Everything that people do in a session's life, one after another through GitHub's own paths. */
export function liveSessions(url: string): Life {
  const { alice, bob } = meetPeople(url, 7, KEY);
  const issues: number[] = [];
  const pulls = new Map<number, number>();
  const name = (issue: number) => `work-${issue}`;
  const steps: ((issue: number) => Promise<void>)[] = [
    async (issue) => {
      const [playbook] = await marked(alice, issue, PLAYBOOK);
      if (playbook) await tickNext(alice, playbook.id, 2);
    },
    async (issue) => {
      const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
      await bob.rest.git.createRef({ ...SHOP, ref: `refs/heads/${name(issue)}`, sha: main.data.object.sha });
      await commitFile(bob, name(issue), `docs/${name(issue)}.md`, `# ${issue}\n`, `docs: write ${name(issue)}`);
      const body = `Closes #${issue}`;
      const { data } = await bob.rest.pulls.create({
        ...SHOP,
        head: name(issue),
        base: 'main',
        title: `docs: write ${issue}`,
        body,
      });
      pulls.set(issue, data.number);
    },
    async (issue) => {
      await commitFile(bob, name(issue), `docs/${name(issue)}.md`, `# ${issue}\n\nMore.\n`, `docs: more of ${name(issue)}`);
      await say(alice, issue, '/session status');
    },
    async (issue) => {
      const pull = pulls.get(issue) ?? 0;
      pulls.delete(issue);
      if (issue % 3 === 0) {
        await alice.rest.pulls.update({ ...SHOP, pull_number: pull, state: 'closed' });
        await alice.rest.issues.update({ ...SHOP, issue_number: issue, state: 'closed', state_reason: 'not_planned' });
      } else await alice.rest.pulls.merge({ ...SHOP, pull_number: pull, merge_method: 'squash' });
    },
  ];
  let begun = 0;
  return {
    begun: () => begun,
    async step() {
      for (let at = steps.length - 1; at >= 0; at--) {
        const issue = issues[at];
        if (issue !== undefined) await steps[at]?.(issue);
      }
      const title = `Totals are wrong, case ${begun}`;
      const { data } = await alice.rest.issues.create({ ...SHOP, title, labels: ['session:bug-fix'] });
      begun += 1;
      issues.unshift(data.number);
      issues.length = Math.min(issues.length, steps.length);
      if (begun % SWEEP_EVERY === 0) await say(alice, data.number, '/session sweep');
    },
  };
}

const SWEEP_EVERY = 20;

/** One signed delivery with a GUID of its own. @returns its status */
export async function deliverOne(origin: string, { event, body, signature }: Payload): Promise<number> {
  const answer = await fetch(`${origin}/api/github/webhooks`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': signature,
    },
  });
  await answer.arrayBuffer();
  return answer.status;
}
