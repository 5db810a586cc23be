/** What one event costs in API calls (A5), counted by the sandbox: the same on every machine. */
import { label, openIssues, tickNext } from '../src/sandbox/story/hands.ts';
import { headOf, marked, PLAYBOOK } from '../src/sandbox/story/looks.ts';
import { SHOP } from '../src/sandbox/story/people.ts';
import { commit, GOOD_BODY, openPull, type Stage, setStage } from '../test/story/stage.ts';
import type { Figure } from './figure.ts';

const BURST = 10;
const PATH = 'docs/counted.md';

export async function measureApiCalls(): Promise<Figure[]> {
  const stage = await setStage();
  try {
    return await measured(stage);
  } finally {
    await stage.close();
  }
}

async function measured(stage: Stage): Promise<Figure[]> {
  const { alice, bob, ci } = stage.people;
  const [first = 0, issue = 0, other = 0] = await openIssues(alice, [
    'Makes the labels',
    'The one that is counted',
    'Not for us',
  ]);
  await label(alice, first, 'session:bug-fix');
  const started = await cost(stage, () => label(alice, issue, 'session:bug-fix'));
  const [playbook] = await marked(alice, issue, PLAYBOOK);
  const ticked = await cost(stage, () => tickNext(alice, playbook?.id ?? 0));
  const body = GOOD_BODY(issue);
  const pull = await openPull(alice, { branch: 'counted', path: PATH, content: '1', title: 'fix: count', body });
  const pushed = await cost(stage, () => commit(alice, 'counted', PATH, '2'));
  const titled = await cost(stage, () => alice.rest.pulls.update({ ...SHOP, pull_number: pull, title: 'stuff' }));
  const sha = await headOf(alice, pull);
  const status = { ...SHOP, sha, state: 'success', context: 'ci' } as const;
  const reported = await cost(stage, () => ci.rest.repos.createCommitStatus(status));
  const burst = await cost(stage, async () => {
    for (let at = 0; at < BURST; at++) await commit(alice, 'counted', PATH, `burst ${at}`);
  });
  const irrelevant = await cost(stage, async () => {
    await bob.rest.issues.createComment({ ...SHOP, issue_number: issue, body: 'Looks good to me' });
    await alice.rest.issues.update({ ...SHOP, issue_number: other, title: 'Still not for us' });
    await label(alice, other, 'help wanted');
    await commit(alice, 'main', 'src/unrelated.ts', 'export {}');
  });
  return [
    figure('start label', started.length, 2),
    figure('tick', ticked.length, 2),
    figure('push to a gated pull request', pushed.length, 3),
    figure('its title edited', titled.length, 2),
    figure('CI reports a status', reported.length, 2),
    figure('four events that do not concern us', irrelevant.length, 0),
    {
      name: `${BURST} pushes in a burst`,
      value: burst.filter((what) => what === 'Subject').length,
      unit: 'evaluations',
      goal: { is: 'at most', value: 2 },
    },
  ];
}

function figure(name: string, value: number, most: number): Figure {
  return { name: `API calls: ${name}`, value, unit: '', goal: { is: 'at most', value: most } };
}

/** What the app asked of GitHub because of `act`. */
async function cost(stage: Stage, act: () => Promise<unknown>): Promise<string[]> {
  await stage.settled();
  await stage.forget();
  await act();
  await stage.settled();
  return (await stage.calls()).map(({ what }) => what);
}
