/** Which weight an item has for this pull request (G3). */
import { DEFAULT_LEVELS, type GateItemId } from '../../config/gate-options.ts';
import type { ItemLevel } from '../../model/verdict.ts';
import type { GateFacts } from './types.ts';

/** The repository's word wins over the playbook's, the playbook's over the default. */
export function levelOf(id: GateItemId, { repo, playbook }: Pick<GateFacts, 'repo' | 'playbook'>): ItemLevel {
  const setting = repo.config.gate.items[id];
  if (setting && (setting.written ?? setting.level !== DEFAULT_LEVELS[id])) return setting.level;
  return playbook?.gate[id] ?? setting?.level ?? DEFAULT_LEVELS[id];
}
