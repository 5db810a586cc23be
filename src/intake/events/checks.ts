/** `check_run`, `check_suite`, `status`: CI on a commit has moved, or someone asks us to look again. */
import type { Addressed, ChangeInput } from '../../model/trigger.ts';
import { at, list, text } from '../read.ts';
import type { Delivery, Reader } from './delivery.ts';
import { addressed, subjectAddress } from './delivery.ts';

/** Asked for by a person, so it concerns us even on our own check. */
const REQUESTS = new Set(['rerequested', 'requested_action']);

export const readCheckRun: Reader = (delivery) => {
  const run = at(delivery.payload, 'check_run');
  return readCheck(delivery, run, new Set(['created', 'completed', 'rerequested', 'requested_action']));
};

export const readCheckSuite: Reader = (delivery) => {
  const suite = at(delivery.payload, 'check_suite');
  return readCheck(delivery, suite, new Set(['completed', 'rerequested']));
};

export const readStatus: Reader = (delivery) => toSha(delivery, text(at(delivery.payload, 'sha')));

function readCheck(delivery: Delivery, check: unknown, actions: Set<string>): Addressed[] {
  if (!actions.has(delivery.action)) return [];
  if (at(check, 'app', 'id') === delivery.own.appId && !REQUESTS.has(delivery.action)) return [];
  // GitHub tells only the app whose button was pressed.
  if (delivery.action === 'requested_action' && at(check, 'app', 'id') !== delivery.own.appId) return [];
  const sha = text(at(check, 'head_sha'));
  const change = changed(delivery, check, sha);
  return [...toSha(delivery, sha, change), ...toPulls(delivery, check, sha, change)];
}

function toSha(delivery: Delivery, sha: string | null, change = changed(delivery)): Addressed[] {
  return addressed(delivery, sha ? { to: 'sha', sha } : null, change);
}

/** GitHub lists the pull requests of this commit, those of other repositories among them; for forks it lists none. */
function toPulls(delivery: Delivery, check: unknown, sha: string | null, change: ChangeInput): Addressed[] {
  const here = at(delivery.payload, 'repository', 'id');
  return list(at(check, 'pull_requests'))
    .filter((pull) => at(pull, 'base', 'repo', 'id') === here)
    .flatMap((pull) => addressed(delivery, subjectAddress(pull, sha), change));
}

function changed(delivery: Delivery, check: unknown = null, sha: string | null = null): ChangeInput {
  const button = text(at(delivery.payload, 'requested_action', 'identifier'));
  const pressed = delivery.action === 'requested_action' && button !== null ? { button } : {};
  const asks = delivery.action === 'rerequested' || button === 'recheck';
  const run = delivery.event === 'check_run' ? text(at(check, 'node_id')) : null;
  const again = asks && sha !== null ? { again: { run, sha } } : {};
  return { kind: 'change', event: delivery.name, sender: delivery.sender, labels: [], isPull: true, ...pressed, ...again };
}
