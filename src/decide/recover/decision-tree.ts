/** The decision tree of recovery as data (S1): questions, and where yes and no lead. */
import type { FaultKind, RecoveryDecision, RecoveryOutcome, RecoveryQuestion } from '../../model/recovery.ts';

type Next = { node: string } | { outcome: RecoveryOutcome };

export interface TreeNode {
  question: RecoveryQuestion;
  yes: Next;
  no: Next;
}

export const FIRST_NODE = 'failed-twice';

/**
 * - failed-twice: two recoveries of it failed already
 * - last-batch: nothing of a later batch has begun
 * - dependents-ran: something that builds on it has begun
 * - design: the design is at fault, not just this piece of work
 * - built-on: another task depends on it
 */
export const DECISION_TREE: Readonly<Record<string, TreeNode>> = {
  'failed-twice': { question: 'failed-twice', yes: { outcome: 'restart' }, no: { node: 'last-batch' } },
  'last-batch': { question: 'last-batch', yes: { node: 'design-of-last' }, no: { node: 'dependents-ran' } },
  'design-of-last': { question: 'design', yes: { node: 'built-on' }, no: { outcome: 'resume' } },
  'dependents-ran': { question: 'dependents-ran', yes: { node: 'design-under-others' }, no: { node: 'design-alone' } },
  'design-under-others': { question: 'design', yes: { outcome: 'restart' }, no: { outcome: 'restart-from' } },
  'design-alone': { question: 'design', yes: { node: 'built-on' }, no: { outcome: 'rerun' } },
  'built-on': { question: 'built-on', yes: { outcome: 'restart' }, no: { outcome: 'rerun' } },
};

/** The answers for one failed task; `design` comes from its kind of fault. */
export type Answers = Record<Exclude<RecoveryQuestion, 'design'>, boolean>;

export function walkTree(answers: Answers, kind: FaultKind): Pick<RecoveryDecision, 'answers' | 'outcome' | 'ifDesign'> {
  const walked = walk({ ...answers, design: kind === 'architecture' });
  const ifDesign = kind === 'unknown' ? walk({ ...answers, design: true }).outcome : walked.outcome;
  return { ...walked, ifDesign: ifDesign === walked.outcome ? null : ifDesign };
}

function walk(answers: Record<RecoveryQuestion, boolean>): Pick<RecoveryDecision, 'answers' | 'outcome'> {
  const path: RecoveryDecision['answers'] = [];
  let next: Next = { node: FIRST_NODE };
  while ('node' in next) {
    const node: TreeNode | undefined = DECISION_TREE[next.node];
    if (node === undefined) throw new Error(`the decision tree has no node ${next.node}`);
    const yes: boolean = answers[node.question];
    path.push({ question: node.question, yes });
    next = yes ? node.yes : node.no;
  }
  return { answers: path, outcome: next.outcome };
}
