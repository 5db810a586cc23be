/** Every way through S1's decision tree, from the root to an outcome. */
import { describe, expect, it } from 'vitest';
import { DECISION_TREE, FIRST_NODE, type TreeNode, walkTree } from '../../src/decide/recover/decision-tree.ts';
import type { RecoveryOutcome, RecoveryQuestion } from '../../src/model/recovery.ts';

type Step = [RecoveryQuestion, boolean];

const PATHS: [outcome: RecoveryOutcome, ...Step[]][] = [
  ['restart', ['failed-twice', true]],
  ['restart', ['failed-twice', false], ['last-batch', true], ['design', true], ['built-on', true]],
  ['rerun', ['failed-twice', false], ['last-batch', true], ['design', true], ['built-on', false]],
  ['resume', ['failed-twice', false], ['last-batch', true], ['design', false]],
  ['restart', ['failed-twice', false], ['last-batch', false], ['dependents-ran', true], ['design', true]],
  ['restart-from', ['failed-twice', false], ['last-batch', false], ['dependents-ran', true], ['design', false]],
  ['restart', ['failed-twice', false], ['last-batch', false], ['dependents-ran', false], ['design', true], ['built-on', true]],
  ['rerun', ['failed-twice', false], ['last-batch', false], ['dependents-ran', false], ['design', true], ['built-on', false]],
  ['rerun', ['failed-twice', false], ['last-batch', false], ['dependents-ran', false], ['design', false]],
];

function allPaths(node: TreeNode | undefined): [RecoveryOutcome, ...Step[]][] {
  if (node === undefined) throw new Error('a branch leads nowhere');
  return [true, false].flatMap((yes) => {
    const next = yes ? node.yes : node.no;
    const rest: [RecoveryOutcome, ...Step[]][] = 'outcome' in next ? [[next.outcome]] : allPaths(DECISION_TREE[next.node]);
    return rest.map(([outcome, ...steps]): [RecoveryOutcome, ...Step[]] => [outcome, [node.question, yes], ...steps]);
  });
}

it('has these ways and no others, and every node is on one', () => {
  expect(allPaths(DECISION_TREE[FIRST_NODE])).toEqual(PATHS);
  const reached = Object.values(DECISION_TREE).flatMap(({ yes, no }) =>
    [yes, no].flatMap((next) => ('node' in next ? next.node : [])),
  );
  expect(new Set([FIRST_NODE, ...reached])).toEqual(new Set(Object.keys(DECISION_TREE)));
});

describe.each(PATHS)('%s', (outcome, ...steps) => {
  it(steps.map(([question, yes]) => `${question}: ${yes ? 'yes' : 'no'}`).join(', '), () => {
    const said = new Map(steps);
    const answers = {
      'failed-twice': said.get('failed-twice') ?? false,
      'last-batch': said.get('last-batch') ?? false,
      'dependents-ran': said.get('dependents-ran') ?? false,
      'built-on': said.get('built-on') ?? false,
    };
    const decision = walkTree(answers, said.get('design') === true ? 'architecture' : 'syntax');
    expect(decision).toEqual({ outcome, answers: steps.map(([question, yes]) => ({ question, yes })), ifDesign: null });
  });
});

it('tells what an unknown fault would mean if the design were it', () => {
  const answers = { 'failed-twice': false, 'last-batch': true, 'dependents-ran': false, 'built-on': true };
  expect(walkTree(answers, 'unknown')).toMatchObject({ outcome: 'resume', ifDesign: 'restart' });
  expect(walkTree({ ...answers, 'failed-twice': true }, 'unknown')).toMatchObject({ outcome: 'restart', ifDesign: null });
});
