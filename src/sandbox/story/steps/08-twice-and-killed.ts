/** Step 8: everything sent again, then the app killed in the middle of a burst. */

import { startBurst } from '../burst.ts';
import { deliveries, redeliver, taken, untaken } from '../deliveries.ts';
import { checkNothingTwice } from '../nothing-twice.ts';
import { differences, snapshot } from '../snapshot.ts';
import type { Step, Story } from '../story.ts';
import { until } from '../until.ts';

const SLOW_MS = 1000;
const SLOW_WRITES = 4;
const ACKNOWLEDGED = 8;
const ROUNDS = 5;
/** A killed process's lanes are free again when their lease has run out. */
const PATIENCE_MS = 90_000;

export const twiceAndKilled: Step = {
  title: 'Every delivery is sent again; then the app is killed in the middle of a burst',
  async play(story) {
    await sendAllAgain(story);
    await killInBurst(story);
  },
};

async function sendAllAgain(story: Story): Promise<void> {
  const { people, app, say } = story;
  await settle(story);
  const before = await snapshot(people.alice);
  const originals = (await deliveries(people.app)).filter((delivery) => !delivery.redelivery);
  const again = await redeliver(people.app, originals);
  say.did('github', `sends all ${originals.length} deliveries of the story once more`);
  const good = again.filter(taken).length;
  if (good === originals.length && good > 0) say.pass(`all ${good} are answered with 2xx`);
  else
    say.fail(
      `${originals.length} answers of 2xx`,
      `${good} of ${again.length} attempts; ${again.find((one) => !taken(one))?.code ?? ''}`,
    );
  await say.check(
    'Playcaller has nothing left to do',
    () => app.waiting(),
    (waiting) => waiting === 0,
    PATIENCE_MS,
  );
  const changed = differences(before, await snapshot(people.alice));
  if (changed.length === 0)
    say.pass(`nothing changed: ${Object.keys(before).length} issues, comments, branches and check runs are as they were`);
  else say.fail('nothing changes', changed.join('\n'));
}

async function killInBurst(story: Story): Promise<void> {
  const { people, app, say } = story;
  const answered = async () =>
    (await deliveries(people.app)).filter((delivery) => !delivery.redelivery && taken(delivery)).length;
  const before = await answered();
  // Slow writes make sure that it dies with writes on their way: they land, and it will not know.
  await story.slow(SLOW_MS, SLOW_WRITES);
  const burst = await startBurst(story);
  await until(answered, (now) => now >= before + ACKNOWLEDGED, 20_000);
  await app.kill();
  say.did('somebody', `pulls the plug: SIGKILL, with ${ACKNOWLEDGED} deliveries acknowledged and writes still on their way`);
  await burst.finish();
  await app.start();
  say.did('playcaller', 'is started again on the same data');
  await settle(story);
  await checkNothingTwice(story, burst);
}

/** Hands over what the app did not take, until nothing is left in GitHub's list or in the app's queue. */
async function settle({ people, app, say }: Story): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const open = await untaken(people.app);
    if (open.length === 0 && round > 0) break;
    if (open.length > 0) {
      say.did('github', `hands over ${open.length} deliveries that the app had not taken`);
      await redeliver(people.app, open);
    }
    await say.check(
      'Playcaller has nothing left to do',
      () => app.waiting(),
      (waiting) => waiting === 0,
      PATIENCE_MS,
    );
  }
  const parked = await app.parked();
  if (parked > 0) say.fail('nothing is parked', `${parked} inputs kept failing; see the app's log ${app.settings.logFile}`);
}
