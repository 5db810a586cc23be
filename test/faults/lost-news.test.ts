/** All deliveries of a day are lost: the evening's sweep finds each pull request that changed, whatever changed (item by item). */
import { expect, it } from 'vitest';
import { length } from '../suite.ts';
import type { Action } from './history.ts';
import { differences, type Outcome, outcomeOf } from './outcome.ts';
import { CONFIGURATION } from './perform.ts';
import { type Played, play } from './play.ts';
import { RELIABLE } from './post-office.ts';
import { setStage } from './stage.ts';

const NEWS: Partial<Action>[] = [
  { kind: 'ci', conclusion: 'success' },
  { kind: 'retitle-pull' },
  { kind: 'draft' },
  { kind: 'ci', conclusion: 'failure' },
  { kind: 'mend-pull' },
  { kind: 'approve' },
];
const LAST = NEWS.slice(0, length({ short: 3, long: NEWS.length }));
const DAY = ['2026-03-02', '2026-03-03', '2026-03-04'];

async function endOf(lost: number): Promise<Outcome> {
  const stage = await setStage(`${DAY[0]}T08:00:00Z`, CONFIGURATION);
  try {
    const played = new Map<number, Played>();
    const all = async (action: (thread: number) => Partial<Action>) => {
      for (const thread of LAST.keys()) {
        stage.times.tick();
        await play({ thread, n: thread, ...action(thread) } as Action, played, stage.team);
      }
      await stage.settled();
    };
    await all(() => ({ kind: 'open', type: 'bug-fix', labelled: true }));
    await all((thread) => ({
      kind: 'open-pull',
      onOwnBranch: true,
      draft: false,
      careless: LAST[thread]?.kind !== 'retitle-pull',
    }));
    await stage.known();
    await stage.sweep(`${DAY[0]}T17:00:00Z`);
    // From now on no verdict waits for anything that a timer would look at.
    await stage.goTo(`${DAY[0]}T20:00:00Z`);
    await stage.goTo(`${DAY[1]}T08:00:00Z`);
    stage.post.behave({ ...RELIABLE, lost }, () => 0.5);
    await all((thread) => LAST[thread] ?? {});
    stage.post.behave(RELIABLE, () => 0);
    await stage.sweep(`${DAY[1]}T17:00:00Z`);
    await stage.sweep(`${DAY[2]}T17:00:00Z`);
    return outcomeOf(stage, DAY[2] ?? '');
  } finally {
    await stage.close();
  }
}

it('what nobody heard of pull requests is as if it had been heard', async () => {
  const [heard, unheard] = await Promise.all([endOf(0), endOf(1)]);
  expect(differences(heard, unheard)).toEqual([]);
});
