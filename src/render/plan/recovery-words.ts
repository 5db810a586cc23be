/** What the decision tree says, in words (B6). */
import type { FaultKind, RecoveryDecision, RecoveryOutcome, RecoveryPlan, RecoveryQuestion } from '../../model/recovery.ts';

/** Each with what yes and no mean. */
const QUESTIONS: Record<RecoveryQuestion, { yes: string; no: string }> = {
  'failed-twice': { yes: 'two recoveries of it failed already', no: 'fewer than two recoveries of it failed' },
  'last-batch': { yes: 'nothing of a later batch has begun', no: 'later batches have begun' },
  'dependents-ran': { yes: 'something that builds on it has begun', no: 'nothing that builds on it has begun' },
  design: { yes: 'the design is at fault', no: 'only its own work is at fault' },
  'built-on': { yes: 'other tasks depend on it', no: 'no task depends on it' },
};

const OUTCOMES: Record<RecoveryOutcome, string> = {
  resume: 'Resume: mend what failed, then go on with the next batch.',
  rerun: 'Rerun only what failed: everything else stands.',
  'restart-from': 'Rerun what failed and what was built on it: the rest stands.',
  restart: 'Restart: run everything again from the first batch.',
};

export function outcomeWords(outcome: RecoveryOutcome): string {
  return OUTCOMES[outcome];
}

const SHORT: Record<RecoveryOutcome, string> = {
  resume: 'resume',
  rerun: 'rerun only this',
  'restart-from': 'rerun this and what was built on it',
  restart: 'restart',
};

export function shortOutcome(outcome: RecoveryOutcome): string {
  return SHORT[outcome];
}

/** The way through the tree: the reason that is kept with the recovery. */
export function decisionWords({ answers, outcome, ifDesign }: RecoveryDecision, kind: FaultKind): string {
  const said = answers.map(({ question, yes }) =>
    question === 'design' && !yes && kind === 'unknown'
      ? 'nobody said whether the design is at fault'
      : QUESTIONS[question][yes ? 'yes' : 'no'],
  );
  const doubt = ifDesign === null ? '' : ` (if the design is at fault: ${SHORT[ifDesign]})`;
  return `${said.join('; ')}: ${SHORT[outcome]}${doubt}`;
}

/** What to look at before anything runs again. Ids are the caller's to show: plain lines, no Markdown. */
export function checklist(plan: RecoveryPlan, shownIds: (ids: readonly string[]) => string): string[] {
  return [
    ...(plan.stop.length > 0 ? [`Stop what still runs on the failed work: ${shownIds(plan.stop)}`] : []),
    'The error below is the first one, not one that only followed from it',
    ...(plan.decisions.some(({ ifDesign }) => ifDesign !== null) ? ['Somebody has looked whether the design is at fault'] : []),
    'What the failed tasks have made so far is kept on a branch or a tag of its own',
    ...(plan.kept.length > 0 ? ['The tasks that are kept passed their checks; those need not run again'] : []),
    ...plan.early
      .slice(0, 5)
      .map(({ task, dependsOn }) => `${shownIds([task])} is really done: ${shownIds([dependsOn])}, which it needs, is not`),
    'What comes back is validated before it is merged',
    'The reason for this way is written down',
  ];
}
