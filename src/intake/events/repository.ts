/** `repository`: it was renamed, or given to another owner; its sessions follow. */
import { at, repoName, text } from '../read.ts';
import type { Delivery, Reader } from './delivery.ts';
import { addressed } from './delivery.ts';

export const readRepository: Reader = (delivery) => {
  const from = formerName(delivery);
  if (from === null || from === delivery.repo) return [];
  return addressed(delivery, { to: 'board' }, { kind: 'renamed', from, sender: delivery.sender });
};

/** The payload's own name is the new one already. */
function formerName({ action, payload, repo }: Delivery): string | null {
  const [owner, name] = (repo ?? '').split('/');
  const changes = at(payload, 'changes');
  switch (action) {
    case 'renamed':
      return repoName(`${owner}/${text(at(changes, 'repository', 'name', 'from')) ?? ''}`);
    case 'transferred': {
      const former = at(changes, 'owner', 'from');
      const login = text(at(former, 'user', 'login')) ?? text(at(former, 'organization', 'login')) ?? '';
      return repoName(`${login}/${name}`);
    }
    default:
      return null;
  }
}
