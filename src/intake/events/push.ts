/** `push`: the configuration on the default branch may have changed. */
import { at, list, text, texts } from '../read.ts';
import type { Reader } from './delivery.ts';
import { addressed } from './delivery.ts';

const CONFIGURATION = /^\.github\/(playcaller\.yml|playcaller\.modules\.yml|(playbooks|personas)\/.+)$/;

export const readPush: Reader = (delivery) => {
  const { payload } = delivery;
  const branch = text(at(payload, 'repository', 'default_branch'));
  if (branch === null || at(payload, 'ref') !== `refs/heads/${branch}` || at(payload, 'deleted') === true) return [];
  if (!touchesConfiguration(payload)) return [];
  return addressed(delivery, { to: 'board' }, { kind: 'board', reason: 'configuration', sender: delivery.sender });
};

function touchesConfiguration(payload: unknown): boolean {
  const commits = list(at(payload, 'commits'));
  // A forced push also takes commits away, and those are not listed.
  if (commits.length === 0 || at(payload, 'forced') === true) return true;
  return commits.some((commit) => {
    const lists = ['added', 'modified', 'removed'].map((name) => at(commit, name));
    return lists.every((files) => files === undefined) || texts(lists.flatMap(list)).some((path) => CONFIGURATION.test(path));
  });
}
