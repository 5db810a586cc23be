/** Commands in comments: understood, misunderstood, refused. */
import type { Octokit } from 'octokit';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { begin } from './hands.ts';
import type { Scene } from './scenes.ts';

const say = (as: Octokit, body: string) => as.rest.issues.createComment({ ...SHOP, issue_number: 1, body });

const commands: Scene = async (studio) => {
  const { alice, bob, dave, act, settle } = studio;
  await begin(studio, '');
  await act(() => say(dave, 'Which ones are there?\n\n/session types'));
  await settle({ '#1': 'command-types' });
  await act(() => say(alice, '/session complet --no-code done'));
  await settle({ '#1': 'command-unknown' });
  await act(() => say(dave, '/session complete --no-code nothing to do'));
  await settle({ '#1': 'command-refused' });
  await act(() => say(alice, '/session complete'));
  await settle({ '#1': 'command-wrong-use' });
  await act(() => say(bob, '/session complete --no-code the report is in the wiki'));
  await settle({ '#1': 'command-complete' });
};

export const commandScenes: Scene[] = [commands];
