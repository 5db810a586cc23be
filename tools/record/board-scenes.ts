/** The repository as a whole: sweeps and its configuration. */
import { commitFile } from '../../src/sandbox/story/hands.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { begin, commit, openPull } from './hands.ts';
import type { Scene } from './scenes.ts';
import type { Studio } from './studio.ts';

const DAY_HOURS = 24;

const askForSweep = ({ alice, act }: Studio) =>
  act(() => alice.rest.issues.createComment({ ...SHOP, issue_number: 1, body: '/session sweep' }));

const sweeps: Scene = async (studio) => {
  const { bob, act, settle, pass } = studio;
  await begin(studio);
  await act(async () => {
    await commit(studio, 'src/vouchers.js', 'export {};\n');
    await openPull(bob);
  });
  await settle();
  await askForSweep(studio);
  await settle({ '@board': 'sweep-makes-tracker' });
  await askForSweep(studio);
  await settle({ '@board': 'sweep-again' });
  pass(DAY_HOURS);
  await askForSweep(studio);
  await settle({ '@board': 'sweep-next-day' });
};

const brokenConfiguration: Scene = async (studio) => {
  const { alice, bob, act, settle } = studio;
  await begin(studio, '');
  await act(async () => {
    await commit(studio, 'src/vouchers.js', 'export {};\n');
    await openPull(bob);
  });
  await settle();
  await act(() => commitFile(alice, 'main', '.github/playcaller.yml', 'version: 1\ncapasity: 3\n', 'chore: capacity'));
  await settle({ '@board': 'configuration-broken', '#2': 'pull-configuration-broken' });
};

export const boardScenes: Scene[] = [sweeps, brokenConfiguration];
