/** `installation`, `installation_repositories`: repositories came under our care. */
import type { Addressed } from '../../model/trigger.ts';
import { at, list, repoName } from '../read.ts';
import type { Delivery, Reader } from './delivery.ts';

export const readInstallation: Reader = (delivery) =>
  delivery.action === 'created' || delivery.action === 'unsuspend'
    ? installed(delivery, at(delivery.payload, 'repositories'))
    : [];

export const readInstallationRepositories: Reader = (delivery) =>
  delivery.action === 'added' ? installed(delivery, at(delivery.payload, 'repositories_added')) : [];

function installed(delivery: Delivery, repositories: unknown): Addressed[] {
  const { installationId, sender } = delivery;
  if (installationId === null) return [];
  return list(repositories).flatMap((repository): Addressed[] => {
    const repo = repoName(at(repository, 'full_name'));
    return repo
      ? [{ repo, installationId, address: { to: 'board' }, input: { kind: 'board', reason: 'installed', sender } }]
      : [];
  });
}
