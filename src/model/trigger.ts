/** What may have changed, and what a person asked for: all that Playcaller takes from a delivery. */
import type { RepoName } from './repo.ts';
import type { MergeGroup } from './session.ts';

/** A person's edit of one of the bot's own comments: the body holds ticks that a later write must not lose (L7). */
export interface CommentEdit {
  commentId: string;
  body: string;
  /** The body before this edit, as the payload shows it: what the person changed is the difference. */
  before: string | null;
}

/** A label put on or taken off by someone; a moved state label is a request (L2). */
export interface LabelMove {
  move: 'on' | 'off';
  label: string;
  by: string;
}

/** What a pull request's list of files depends on. */
export interface Pushed {
  headSha: string;
  /** Name of the branch. */
  baseRef: string;
}

/**
 * Something about an issue or pull request may have changed. Several wait as one: their hints are
 * read together, the truth is read from GitHub.
 */
export interface ChangeInput {
  kind: 'change';
  /** `issues.labeled`, or `playcaller.<why>` when we woke the lane ourselves. */
  event: string;
  sender: string | null;
  /** Labels that the payload showed on the subject: a cheap sign that it concerns us. */
  labels: string[];
  isPull: boolean;
  /** When the subject had last changed, as the delivery showed it (ISO 8601, UTC): what GitHub shows later is no older. */
  seenAt?: string;
  /** A pull request's new commits, as the delivery showed them: their files can be asked for at once. */
  pushed?: Pushed;
  labelMove?: LabelMove;
  edit?: CommentEdit;
  /** The button of our check run that was pressed (G6). */
  button?: string;
  /** Someone asks for a check anew: the run's node id, or null for all of a commit. */
  again?: { run: string | null; sha: string };
  /** A merge queue tries the pull request out, or has ended to (G5). */
  group?: MergeGroup & { ended: boolean };
}

/** A comment with `/session …` in it. Never coalesced, kept in order, done once (keyed by comment id and line). */
export interface CommandInput {
  kind: 'command';
  /** Node id of the comment. */
  commentId: string;
  body: string;
  author: string;
  isPull: boolean;
  labels: string[];
  /** As in a change. */
  seenAt?: string;
}

/** Why the board is looked at; `look` and `label-deleted` publish nothing. */
export const BOARD_REASONS = [
  'schedule',
  'command',
  'capacity',
  'configuration',
  'installed',
  'incident',
  'label-deleted',
  'look',
] as const;
export type BoardReason = (typeof BOARD_REASONS)[number];

/** The repository as a whole wants a look: a sweep, or a new configuration. */
export interface BoardInput {
  kind: 'board';
  reason: BoardReason;
  sender: string | null;
}

/** The repository was called `from` until now: renamed, or given to another owner. Done as it is stored. */
export interface RenamedInput {
  kind: 'renamed';
  from: RepoName;
  sender: string | null;
}

export type Input = ChangeInput | CommandInput | BoardInput | RenamedInput;

/**
 * Where an input goes. The store resolves `sha` to the pull requests whose head it is, and `newest` to the newest open
 * one (of those to `base`, where that is given), which looks for all.
 */
export type Address =
  | { to: 'subject'; number: number; headSha?: string }
  | { to: 'sha'; sha: string }
  | { to: 'newest'; base: string | null }
  | { to: 'board' };

/** One thing that a delivery says, and to which lane. */
export interface Addressed {
  repo: RepoName;
  installationId: number;
  address: Address;
  input: Input;
}

/** What `handle` gets: one command, or all changes that waited, or the board. `now` is a fact (ISO 8601, UTC). */
export type Trigger =
  | { kind: 'subject'; repo: RepoName; number: number; installationId: number; now: string; guid: string; changes: ChangeInput[] }
  | { kind: 'command'; repo: RepoName; number: number; installationId: number; now: string; guid: string; command: CommandInput }
  | { kind: 'board'; repo: RepoName; installationId: number; now: string; guid: string; reasons: BoardReason[] };
