/** Words of `/session fail` and `/session recover` to who asks, and for the worklog (B6). */
import type { Failure, Recovery } from '../../model/failure.ts';
import { FAULT_KINDS, type FaultKind, type RecoveryDecision } from '../../model/recovery.ts';
import { code } from '../markdown.ts';
import { decisionWords, shortOutcome } from '../plan/recovery-words.ts';

const FAULTS: Record<FaultKind, string> = {
  syntax: 'its code does not parse or build',
  logic: 'it does the wrong thing',
  tests: 'its tests fail',
  environment: 'what it runs on is at fault',
  architecture: 'the design is at fault',
  unknown: 'nobody said yet what is at fault',
};

export const faultWords = (kind: FaultKind): string => FAULTS[kind];

const numbers = (list: readonly number[]): string => list.map((number) => `#${number}`).join(', ');
const listed = (names: readonly string[]): string => names.map((name) => code(name)).join(', ');

export const leftOut = (characters: number): string => `… ${characters} characters left out …`;

export const notBegun = (): string =>
  'This session has not begun, so nothing of it can have failed. `/session block <why>` says what keeps it from starting.';
export const noError = (): string =>
  'Say what went wrong, in the words of the tool if there are any: the recovery prompt is made of them.';
export const noSuchKind = (word: string, near: string | null): string =>
  `There is no kind of fault ${code(word, 40)}.${near === null ? '' : ` Did you mean ${code(near)}?`} There are ${listed(FAULT_KINDS)}.`;
export const notFailed = (): string => 'Nobody said that this session failed, so there is nothing to take back.';

export const noSession = (): string =>
  'There is no session here that could be recovered. Write the command on the session that failed, or on its parent.';
export const onIssue = (number: number): string => `The session is on #${number}: write the command there.`;
export const noSuchWay = (word: string, near: string | null, ways: readonly string[]): string =>
  `There is no way ${code(word, 40)}.${near === null ? '' : ` Did you mean ${code(near)}?`} Leave it out to get advice, or take one of ${listed(ways)}.`;

/** @param mending sessions whose recovery is under way */
export function nothingFailed(mending: readonly number[]): string {
  const fail = 'If work went wrong, say so on its session first: `/session fail <error>`.';
  if (mending.length === 0) return `Nothing failed here. ${fail}`;
  return `The recovery of ${numbers(mending)} is decided already. ${fail}`;
}

/** Lines for the worklog: plain text, shown safely where they are shown. */
export const logFailed = ({ kind, error }: Pick<Failure, 'kind' | 'error'>): string =>
  `failed${kind === 'unknown' ? '' : ` (${kind})`}: ${error}`;
export const logTakenBack = (): string => 'not failed after all';
export const logRecovery = ({ chosen, outcome }: Recovery, decision: RecoveryDecision, kind: FaultKind): string =>
  `recovery: ${decisionWords(decision, kind)}${chosen && outcome !== decision.outcome ? `; asked for instead: ${shortOutcome(outcome)}` : ''}`;
export const givenUp = (): string => 'given up while its plan ran';
export const whyRecovered = (): string => 'recovered';
export const whySetBack = (failed: readonly number[]): string => `run again because ${numbers(failed)} failed`;
