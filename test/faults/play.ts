/** Plays one action as a person would, through GitHub's own API. */
import type { Octokit } from 'octokit';
import { tickIn } from '../../src/sandbox/story/hands.ts';
import { branches, cardOf, headOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { GOOD_BODY } from '../story/stage.ts';
import type { Action } from './history.ts';

export interface Team {
  alice: Octokit;
  bob: Octokit;
  ci: Octokit;
}

/** What is known of a thread: the numbers that GitHub gave. */
export interface Played {
  issue: number;
  pull: number;
  branch: string;
}

const NAMES = [
  'Count the basket once',
  'Show the price with tax',
  'Sort the orders by day',
  'Mend the search',
  'Tell who paid',
  'Keep the cart',
  'Send one mail',
];

const issueBody = (n: number) =>
  `Wanted by the shop (${n}).\n\n## Acceptance criteria\n\n- [ ] it works for ${n}\n- [ ] it is told in the docs\n`;

export async function play(action: Action, played: Map<number, Played>, team: Team): Promise<void> {
  const { alice, bob, ci } = team;
  const { thread, n } = action;
  if (action.kind === 'open') {
    const title = `${NAMES[thread] ?? 'Something'}`;
    const labels = action.labelled ? [`session:${action.type}`] : [];
    const made = await alice.rest.issues.create({ ...SHOP, title, body: issueBody(n), labels });
    played.set(thread, { issue: made.data.number, pull: 0, branch: '' });
    return;
  }
  const known = played.get(thread);
  if (!known) throw new Error(`thread ${thread} was not opened`);
  const at = { ...SHOP, issue_number: known.issue };
  const pullAt = { ...SHOP, pull_number: known.pull };
  switch (action.kind) {
    case 'label':
      return void (await bob.rest.issues.addLabels({ ...at, labels: [action.label] }));
    case 'unlabel':
      return void (await bob.rest.issues.removeLabel({ ...at, name: action.label }));
    case 'retitle':
      return void (await alice.rest.issues.update({ ...at, title: `${NAMES[thread]} (${n})` }));
    case 'rebody':
      return void (await alice.rest.issues.update({ ...at, body: issueBody(n) }));
    case 'chat':
      return void (await bob.rest.issues.createComment({ ...at, body: `I looked at it, ${n} times.` }));
    case 'close':
      return void (await alice.rest.issues.update({ ...at, state: 'closed', state_reason: 'not_planned' }));
    case 'reopen':
      return void (await alice.rest.issues.update({ ...at, state: 'open' }));
    case 'delete-card':
      for (const { id } of await marked(alice, known.issue, '<!-- playcaller:card -->'))
        await alice.rest.issues.deleteComment({ ...SHOP, comment_id: id });
      return;
    case 'tick-steps': {
      const [comment] = await marked(bob, known.issue, PLAYBOOK);
      if (!comment) return;
      const body = tickIn(comment.body, action.count).text;
      return void (await bob.rest.issues.updateComment({ ...SHOP, comment_id: comment.id, body }));
    }
    case 'tick-criterion': {
      const { data } = await alice.rest.issues.get(at);
      return void (await alice.rest.issues.update({ ...at, body: tickIn(data.body ?? '', 1).text }));
    }
    case 'say':
      return void (await bob.rest.issues.createComment({ ...at, body: action.words }));
    case 'sub-issue': {
      const child = played.get(action.of);
      if (!child) return;
      const { data } = await alice.rest.issues.get({ ...SHOP, issue_number: child.issue });
      return void (await alice.rest.issues.addSubIssue({ ...at, sub_issue_id: data.id }));
    }
    case 'open-pull':
      return openPull(action, known, team);
    case 'push':
      return push(bob, known.branch, thread, n);
    case 'ci': {
      const sha = await headOf(alice, known.pull);
      const { conclusion } = action;
      return void (await ci.rest.checks.create({ ...SHOP, name: 'test', head_sha: sha, status: 'completed', conclusion }));
    }
    case 'approve':
      return void (await alice.rest.pulls.createReview({ ...pullAt, event: 'APPROVE' }));
    case 'mend-pull':
      return void (await bob.rest.pulls.update({ ...pullAt, title: goodTitle(n), body: GOOD_BODY(known.issue) }));
    case 'retitle-pull':
      return void (await bob.rest.pulls.update({ ...pullAt, title: `wip ${n}` }));
    case 'draft':
      return turn(bob, 'convertPullRequestToDraft', known.pull);
    case 'ready':
      return turn(bob, 'markPullRequestReadyForReview', known.pull);
    case 'close-pull':
      return void (await bob.rest.pulls.update({ ...pullAt, state: 'closed' }));
    case 'reopen-pull':
      return void (await bob.rest.pulls.update({ ...pullAt, state: 'open' }));
    case 'merge':
      return void (await alice.rest.pulls.merge({ ...pullAt, merge_method: 'squash' }));
  }
}

const goodTitle = (n: number) => `fix: mend what was found in ${n}`;

async function openPull(action: Extract<Action, { kind: 'open-pull' }>, known: Played, { bob }: Team): Promise<void> {
  const { thread, n, draft, careless } = action;
  const own = action.onOwnBranch ? null : /`(session\/[^`]+)`/.exec(await cardOf(bob, known.issue))?.[1];
  known.branch = own && own in (await branches(bob, own)) ? own : `work-${thread}`;
  if (known.branch !== own) {
    const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    await bob.rest.git.createRef({ ...SHOP, ref: `refs/heads/${known.branch}`, sha: main.data.object.sha });
  }
  await push(bob, known.branch, thread, n);
  const texts = careless
    ? { title: 'wip', body: `Closes #${known.issue}` }
    : { title: goodTitle(n), body: GOOD_BODY(known.issue) };
  const made = await bob.rest.pulls.create({ ...SHOP, head: known.branch, base: 'main', draft, ...texts });
  known.pull = made.data.number;
}

async function push(as: Octokit, branch: string, thread: number, n: number): Promise<void> {
  await as.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path: `src/part-${thread}-${n}.ts`,
    branch,
    message: `chore: part ${n} of ${thread}`,
    content: Buffer.from(`export const part = ${n};\n`).toString('base64'),
  });
}

async function turn(as: Octokit, mutation: string, pull: number): Promise<void> {
  const { data } = await as.rest.pulls.get({ ...SHOP, pull_number: pull });
  await as.graphql(`mutation($id: ID!) { ${mutation}(input: {pullRequestId: $id}) { clientMutationId } }`, { id: data.node_id });
}
