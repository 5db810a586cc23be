/** `/session plan`: on a parent the plan of its sub-issues (B1, B3), else a session's open steps, numbered (L9). */
import * as batches from '../../render/batches/replies.ts';
import { noSession } from '../../render/commands/lifecycle.ts';
import { planText } from '../../render/commands/plan.ts';
import { decidePlan } from '../batches/decide-plan.ts';
import { playbookOf } from '../session/view.ts';
import { isAllowed } from './allowed.ts';
import { sessionHere, wrong } from './here.ts';
import type { Asked, Command, CommandResult } from './types.ts';

const WORDS = ['run', '--start', 'stop', 'steps'];

export const plan: Command = {
  verb: 'plan',
  usage: '/session plan [run | stop | steps]',
  does: 'on a parent issue: plans its sub-issues in batches, `run` starts them as they come free; elsewhere, or with `steps`: shows what is open, numbered',
  permission: 'read',
  examples: ['/session plan', '/session plan run'],
  run(asked) {
    const words = asked.rest
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const [word, ...more] = words;
    if (more.length > 0 || (word !== undefined && !WORDS.includes(word))) return wrong(batches.unknownWord(asked.rest));
    if (word === 'steps') return openSteps(asked);
    if (asked.facts.plan) return planOfParent(word, asked);
    return word === undefined ? openSteps(asked) : wrong(batches.noSubIssues());
  },
};

/** It writes a comment, and sessions wait by it: that takes more than to read. */
function planOfParent(word: string | undefined, { facts, author }: Asked): CommandResult {
  const has = facts.permission ?? 'none';
  const needs = word === undefined ? 'triage' : 'write';
  const plans = facts.plan?.record ?? null;
  if (!isAllowed(has, needs)) return wrong(batches.needs(needs, has, word ?? null));
  if (word === undefined) return { kind: 'done', effects: decidePlan(facts) };
  if (word === 'stop') {
    // One that does not run any more may be a retry of this same command: stopped is stopped.
    if (plans === null) return wrong(batches.notRunning());
    return { kind: 'done', effects: decidePlan(facts, null) };
  }
  if (facts.subject.state === 'closed') return wrong(batches.closed());
  return { kind: 'done', effects: decidePlan(facts, plans?.run ?? { by: author, at: facts.now }) };
}

function openSteps({ facts }: Asked): CommandResult {
  const session = sessionHere(facts)?.session;
  if (!session) return wrong(noSession());
  const open = <T extends { id: string }>(steps: readonly T[]) => steps.filter((step) => !session.ticks.includes(step.id));
  const playbook = playbookOf(session, facts.repo);
  const texts = (steps: readonly { id: string; text: string }[]) => open(steps).map((step) => step.text);
  const phases = (playbook?.phases ?? []).map(({ title, steps }) => ({ title, steps: texts(steps) }));
  const acceptance = session.criteria.filter((criterion) => !criterion.met).map((criterion) => criterion.text);
  return { kind: 'reply', body: planText({ phases, success: texts(playbook?.criteria ?? []), acceptance }) };
}
