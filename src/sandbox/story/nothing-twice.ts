/** After the crash: everything that was asked for is done, and nothing is there twice. */
import type { Octokit } from 'octokit';
import type { Burst } from './burst.ts';
import { branches, CARD, cardOf, commentsOf, headOf, labelsOf, marked, numbersWith, PLAYBOOK, READINESS } from './looks.ts';
import { SHOP } from './people.ts';
import type { Story } from './story.ts';

const SLOTS = 15;

export async function checkNothingTwice({ people: { alice }, say }: Story, burst: Burst): Promise<void> {
  const planned = () => numbersWith(alice, 'state:planned');
  await say.check(
    `${SLOTS} sessions are active again, as many as there are slots`,
    () => numbersWith(alice, 'state:active'),
    (seen) => seen.length === SLOTS,
  );
  await say.check(
    `each of the ${burst.fresh.length} new issues has exactly one state`,
    () => Promise.all(burst.fresh.map((number) => labelsOf(alice, number))),
    (all) => all.every((labels) => /^state:(active|planned)$/.test(labels.filter((name) => name.startsWith('state:')).join())),
  );
  await say.check(
    `the ${burst.closed.length} closed ones are abandoned`,
    () => Promise.all(burst.closed.map((number) => labelsOf(alice, number))),
    (all) => all.every((labels) => labels.filter((name) => name.startsWith('state:')).join() === 'state:abandoned'),
  );
  await say.check(
    'the planned ones stand in one line, each at a place of its own',
    async () =>
      (
        await Promise.all((await planned()).map(async (number) => Number(/place (\d+)/.exec(await cardOf(alice, number))?.[1])))
      ).sort((a, b) => a - b),
    (places) => places.every((place, index) => place === index + 1),
  );
  const { issue, count } = burst.ticked;
  await say.check(
    `the card of #${issue} counts the ${count} ticks`,
    () => cardOf(alice, issue),
    (card) => card.includes(`${count} of `),
  );
  await say.check(
    'every session has one card and one playbook, and every active one its own branch',
    () => countAll(alice),
    (seen) => seen.doubled.length === 0 && seen.missing.length === 0 && seen.branches >= SLOTS,
  );
  await say.check(
    `the head of #${burst.pull} has one readiness check run`,
    async () => readinessRuns(alice, await headOf(alice, burst.pull)),
    (runs) => runs.length === 1 && runs.every((run) => run.status === 'completed'),
  );
}

/** Issues whose card or playbook is missing or there twice, whatever else the bot said twice, and the branches. */
async function countAll(alice: Octokit) {
  const sessions = [...(await numbersWith(alice, 'state:active')), ...(await numbersWith(alice, 'state:planned'))];
  const doubled: string[] = [];
  const missing: string[] = [];
  for (const number of sessions) {
    for (const marker of [CARD, PLAYBOOK]) {
      const found = (await marked(alice, number, marker)).length;
      if (found > 1) doubled.push(`#${number} ${marker}`);
      if (found === 0) missing.push(`#${number} ${marker}`);
    }
    const bodies = (await commentsOf(alice, number)).filter((one) => one.login.endsWith('[bot]')).map((one) => one.body);
    if (new Set(bodies).size < bodies.length) doubled.push(`#${number} the same words twice`);
  }
  const names = Object.keys(await branches(alice, 'session/'));
  return { doubled, missing, branches: names.length };
}

/** Every run with that name on the commit, also those that GitHub would hide behind the newest. */
async function readinessRuns(alice: Octokit, sha: string) {
  const { data } = await alice.rest.checks.listForRef({ ...SHOP, ref: sha, check_name: READINESS, filter: 'all' });
  return data.check_runs.map(({ id, status, conclusion }) => ({ id, status, conclusion }));
}
