/** The repository's own rules for commit messages, as commitlint's configuration states them. */
import type { Fault } from './config.ts';

/** Cases as commitlint names them. */
export type LetterCase =
  | 'lower-case'
  | 'upper-case'
  | 'camel-case'
  | 'kebab-case'
  | 'pascal-case'
  | 'sentence-case'
  | 'snake-case'
  | 'start-case';

export type MessagePart = 'header' | 'type' | 'scope' | 'subject';

/** What a rule asks of a part; `always` or `never` stands beside it. */
export type CommitlintDemand =
  | { kind: 'case'; cases: { case: LetterCase; when: 'always' | 'never' }[]; delimiters: string[] }
  | { kind: 'delimiters'; allowed: string[] }
  | { kind: 'empty' }
  | { kind: 'enum'; values: string[]; delimiters: string[] }
  | { kind: 'exclamation-mark' }
  | { kind: 'full-stop'; mark: string }
  | { kind: 'max-length'; length: number }
  | { kind: 'min-length'; length: number }
  | { kind: 'trim' };

export interface CommitlintRule {
  /** As commitlint names it: `type-enum`. */
  name: string;
  /** A warning is shown and holds nothing. */
  level: 'warning' | 'error';
  when: 'always' | 'never';
  part: MessagePart;
  demand: CommitlintDemand;
}

export interface CommitlintRules {
  path: string;
  /** Those of the first line; what is asked of body and footers no title can show. */
  rules: CommitlintRule[];
  /** Regular expression of the first line (RE2 syntax), and what its groups are called. */
  headerPattern: string;
  names: string[];
  /** The pattern is the repository's own, not a preset's. */
  ownPattern: boolean;
  /** Merges, reverts and the like are not looked at, as commitlint does by default. */
  ignoresMerges: boolean;
  /** Rules of plugins, which are code. */
  unread: string[];
}

/** Why a configuration is not followed. */
export type CommitlintUnread =
  | { path: string; why: 'code' }
  | { path: string; why: 'preset'; name: string }
  | { path: string; why: 'faults'; faults: Fault[] };

export type Commitlint = CommitlintRules | CommitlintUnread;
