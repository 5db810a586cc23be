/** `push`: what verdicts stand on may have changed: the configuration, files of the default branch, CODEOWNERS of a base. */
import { isConfigurationFile } from '../../model/configuration-files.ts';
import { isGround, isOwnersFile } from '../../model/ground.ts';
import type { Addressed } from '../../model/trigger.ts';
import { at, list, text, texts } from '../read.ts';
import type { Delivery, Reader } from './delivery.ts';
import { addressed } from './delivery.ts';

const HOWS = ['added', 'modified', 'removed'] as const;
/** GitHub lists no more commits of a push (GitHub docs, "Webhook events and payloads"). */
const MOST_COMMITS = 2048;

export const readPush: Reader = (delivery) => {
  const { payload } = delivery;
  const [, branch = null] = /^refs\/heads\/(.+)$/.exec(text(at(payload, 'ref')) ?? '') ?? [];
  if (branch === null || at(payload, 'deleted') === true) return [];
  const changed = changedFiles(payload);
  const has = (test: (path: string, how: (typeof HOWS)[number]) => boolean) =>
    changed === 'unknown' || changed.some(({ path, how }) => test(path, how));
  if (branch !== text(at(payload, 'repository', 'default_branch'))) {
    // Nothing is to be merged into a branch that was just made.
    return at(payload, 'created') !== true && has(isOwnersFile) ? lookOf(delivery, branch) : [];
  }
  // Then all are looked at.
  if (has(isConfigurationFile))
    return addressed(delivery, { to: 'board' }, { kind: 'board', reason: 'configuration', sender: delivery.sender });
  return [...(has(isGround) ? lookOf(delivery, null) : []), ...(has(isOwnersFile) ? lookOf(delivery, branch) : [])];
};

/** One pull request looks for all: most changes of a package.json, say, leave what is read of it as it was. */
function lookOf(delivery: Delivery, base: string | null): Addressed[] {
  const input = { kind: 'change' as const, event: delivery.name, sender: delivery.sender, labels: [], isPull: true };
  return addressed(delivery, { to: 'newest', base }, input);
}

type Changed = { path: string; how: (typeof HOWS)[number] }[];

function changedFiles(payload: unknown): Changed | 'unknown' {
  const commits = list(at(payload, 'commits'));
  // A forced push also takes commits away, and those are not listed.
  if (commits.length === 0 || commits.length >= MOST_COMMITS || at(payload, 'forced') === true) return 'unknown';
  if (commits.some((commit) => HOWS.every((how) => at(commit, how) === undefined))) return 'unknown';
  return commits.flatMap((commit) => HOWS.flatMap((how) => texts(list(at(commit, how))).map((path) => ({ path, how }))));
}
