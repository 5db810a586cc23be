/** The repository's configuration after parsing and defaults: `.github/playcaller.yml` (G3, G4, L4, W1). */

import type { SessionState } from './session.ts';
import type { ActKind } from './sweep.ts';
import type { CommandPermission } from './verbs.ts';
import type { ItemLevel } from './verdict.ts';

/** Something wrong in a repository's file, said so that its owner can mend it. Lines and columns are 1-based. */
export interface Fault {
  file: string;
  line: number;
  column: number;
  /** Dotted path, e.g. `gate.items.size.limit`; empty for the file as a whole. */
  field: string;
  message: string;
}

export interface GateItemSetting {
  level: ItemLevel;
  /** The repository's file names this level: it wins over the playbook's. Unknown: it does when it is not the default. */
  written?: boolean;
  /** Parameters of that item, already checked by its schema. */
  options: Record<string, unknown>;
}

export interface Labels {
  /** `session:` by default; the playbook's name follows. */
  sessionPrefix: string;
  state: Record<SessionState, string>;
  /** `category:` by default. */
  categoryPrefix: string;
  blocked: string;
  fastLane: string;
  backlogActive: string;
  backlogReserve: string;
  incident: string;
  /** Marks the tracker issue. */
  tracker: string;
}

export interface Config {
  version: 1;
  /** Active sessions at most, the reserve included. */
  capacity: number;
  /** Slots of `capacity` that only fast-lane sessions take. */
  reserve: number;
  /** Display names in rotation order, most urgent first (W5). */
  categories: string[];
  labels: Labels;
  branches: { create: boolean; prefix: string; deleteMerged: boolean };
  /** `approval`: a session starts only after `/session approve` by someone with write access (L9). */
  plan: { approval: boolean };
  gate: { items: Record<string, GateItemSetting> };
  /** `act`: what a sweep does by itself; all else it proposes. */
  sweep: { enabled: boolean; schedule: string; timezone: string; act: Record<ActKind, 'propose' | 'act'> };
  /** Folder of the repository, without slashes at its ends, that completed sessions are filed in (L12); null: none is. */
  archive: { path: string | null };
  /** By verb, where it differs from what the command itself asks for. */
  commands: { permissions: Partial<Record<string, CommandPermission>> };
}

/** Where the configuration in force comes from. */
export type ConfigSource = 'defaults' | 'repository' | 'owner' | 'last-good';
