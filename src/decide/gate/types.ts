/** What a gate item gets and gives (G1, G2). */
import type { GateItemId } from '../../config/gate-options.ts';
import type { RepoFacts, SessionLedger } from '../../model/facts.ts';
import type { Playbook } from '../../model/playbook.ts';
import type { PullFacts } from '../../model/pull-facts.ts';
import type { Annotation, ItemLevel, ItemResult } from '../../model/verdict.ts';

export interface GateFacts {
  pull: PullFacts;
  repo: RepoFacts;
  /** The session that the pull request serves or carries. */
  session: SessionLedger | null;
  /** That session's playbook. */
  playbook: Playbook | null;
  /** ISO 8601, UTC. */
  now: string;
  /** The checks are those of a merge group's commit (G5). */
  inQueue?: boolean;
}

/** One rule of the gate. A new one is a file here, listed in `items.ts`, its words in `src/render/gate/`. */
export interface GateItem {
  id: GateItemId;
  title: string;
  /** Holds where neither the playbook nor the repository says otherwise. */
  defaultLevel: ItemLevel;
  /**
   * Names of the webhook events that can change it; `app.yml` subscribes to them (GitHub docs, "Webhook events and
   * payloads"). Two change every item and are left out: `push` merges another configuration, `issue_comment` waives.
   */
  events: readonly string[];
  /** `options` as the repository's configuration holds them; an item reads its own through its schema. */
  check(facts: GateFacts, options: Record<string, unknown>): ItemResult;
}

export function pass(evidence: string): ItemResult {
  return { status: 'pass', evidence, mend: null, annotations: [] };
}

export function fail(evidence: string, mend: string, annotations: Annotation[] = []): ItemResult {
  return { status: 'fail', evidence, mend, annotations };
}

/** Not decided yet. `brief` says in a few words what it waits for, `until` when it ends at the latest. */
export function waiting(evidence: string, mend: string | null, brief?: string, until?: string): ItemResult {
  const rest = { ...(brief === undefined ? {} : { brief }), ...(until === undefined ? {} : { until }) };
  return { status: 'waiting', evidence, mend, annotations: [], ...rest };
}

export function notApplicable(evidence: string): ItemResult {
  return { status: 'not-applicable', evidence, mend: null, annotations: [] };
}
