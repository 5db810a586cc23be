/** Effects: what is to be done, as data. Ledger first, in one transaction; then GitHub; each can be repeated. */

import type { BoardPage, Cycle } from './board-facts.ts';
import type { PatchScan } from './pull-facts.ts';
import type { LaneKey, RepoName } from './repo.ts';
import type { PullRecord, Session, Transition, WorklogEntry } from './session.ts';
import type { PlanRecord } from './sub-plan.ts';
import type { CheckSeen } from './sweep-figures.ts';
import type { BoardReason } from './trigger.ts';
import type { Annotation, PullDetail } from './verdict.ts';

/** The slots that a session needs; checked in the transaction that takes one (L4). Who goes on after a block claims none (W8). */
export interface SlotClaim {
  capacity: number;
  reserve: number;
  fastLane: boolean;
  /** Open sessions that the decision knew: one that came meanwhile and is similar makes it stale (L3). Absent: not asked. */
  known?: number[];
}

export type LedgerEffect =
  /** Fails as stale when the stored version is not `session.version - 1` (0 = must not exist), or the slot is gone. */
  | { kind: 'session.save'; session: Session; claim: SlotClaim | null }
  | { kind: 'transition.add'; transition: Transition }
  | { kind: 'worklog.add'; entry: WorklogEntry }
  | { kind: 'pull.save'; pull: PullRecord }
  | { kind: 'scan.save'; repo: RepoName; number: number; scan: PatchScan }
  | { kind: 'detail.save'; detail: PullDetail }
  | { kind: 'checks.seen'; checks: CheckSeen[] }
  | { kind: 'cycle.save'; cycle: Cycle }
  | { kind: 'plan.save'; plan: PlanRecord }
  | { kind: 'board-page.keep'; page: BoardPage }
  /** All of them: the sweep is whole. */
  | { kind: 'board-pages.forget'; repo: RepoName }
  | { kind: 'command.done'; repo: RepoName; commentId: string; line: string }
  | { kind: 'artefact.remember'; repo: RepoName; number: number; role: string; id: string }
  | { kind: 'artefact.forget'; repo: RepoName; number: number; role: string }
  /** This or another lane should look again; `at` (ISO 8601, UTC): not before then, unless something else comes. */
  | { kind: 'wake'; lane: LaneKey; why: string; board?: BoardReason; at?: string };

/** A new comment's or issue's id is remembered in the ledger under `role`. */
export interface RememberAs {
  number: number;
  role: string;
}

export interface CheckOutput {
  name: string;
  headSha: string;
  status: 'in-progress' | 'completed';
  conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | null;
  externalId: string;
  title: string;
  summary: string;
  text: string;
  annotations: Annotation[];
  detailsUrl: string | null;
  /** At most 3 (GitHub docs, "Create a check run"). */
  actions?: CheckButton[];
}

/** GitHub's limits: label and identifier 20 characters, description 40. */
export interface CheckButton {
  identifier: 'recheck' | 'sections';
  label: string;
  description: string;
}

/** Node ids throughout: writes go out as one GraphQL mutation per event. */
export type GitHubEffect =
  | { kind: 'label.create'; repoId: string; name: string; color: string; description: string }
  /**
   * `labels` by name; ids are found or made while applying. `explained`: only once the comments of the same decision stand,
   * which say why: a look that finds the labels in order has nothing to say any more.
   */
  | { kind: 'labels.add'; repoId: string; subjectId: string; labels: { name: string; id: string | null }[]; explained?: true }
  /** `instead`: only once the labels stand that the same decision adds there, so that a refusal leaves the subject as it was. */
  | { kind: 'labels.remove'; subjectId: string; labels: { name: string; id: string }[]; instead?: true; explained?: true }
  | { kind: 'branch.create'; repoId: string; name: string; sha: string }
  /** Fails as stale when the branch does not stand at `expected`. Contents are text. */
  | {
      kind: 'commit.create';
      repo: RepoName;
      branch: string;
      expected: string;
      headline: string;
      files: { path: string; content: string }[];
    }
  | { kind: 'pull.create'; repoId: string; base: string; head: string; title: string; body: string; remember: RememberAs }
  | { kind: 'pull.update'; pullId: string; body: string }
  | { kind: 'branch.delete'; refId: string; name: string }
  | { kind: 'comment.create'; subjectId: string; body: string; remember: RememberAs | null }
  | { kind: 'comment.update'; commentId: string; body: string }
  /** `first`: GitHub shows no run of that name on the commit yet; else a new one is wanted beside an older. */
  | { kind: 'check.create'; repoId: string; output: CheckOutput; first?: true }
  /** `annotate`: its annotations are not there yet; GitHub adds them to those that are. */
  | { kind: 'check.update'; repoId: string; checkId: string; output: CheckOutput; annotate?: true }
  | {
      kind: 'issue.create';
      repoId: string;
      title: string;
      body: string;
      labels: { name: string; id: string | null }[];
      remember: RememberAs | null;
      /** Node id of the issue that it becomes a sub-issue of. */
      parentId?: string;
    }
  | { kind: 'issue.update'; issueId: string; body?: string; state?: 'open' | 'closed' }
  /** A courtesy: written last, and a refusal (three are pinned already, no permission) is nobody's fault. */
  | { kind: 'issue.pin'; issueId: string }
  | { kind: 'reaction.add'; subjectId: string; content: 'eyes' | 'rocket' | 'confused' };

export interface Effects {
  ledger: LedgerEffect[];
  github: GitHubEffect[];
  /** Ledger writes that may only be there once GitHub has taken its part (a command is done when its answer stands). */
  after: LedgerEffect[];
  /** There is more to decide, on facts read anew: the next line of a comment with several commands. */
  more?: boolean;
}
