/** `/session plan`: the open steps, numbered, from the playbook and the criteria (L9). */
import { noSession } from '../../render/commands/lifecycle.ts';
import { planText } from '../../render/commands/plan.ts';
import { playbookOf } from '../session/view.ts';
import { sessionHere, wrong } from './here.ts';
import type { Command } from './types.ts';

export const plan: Command = {
  verb: 'plan',
  usage: '/session plan',
  does: 'shows what is open, numbered',
  permission: 'read',
  examples: ['/session plan'],
  run({ facts }) {
    const session = sessionHere(facts)?.session;
    if (!session) return wrong(noSession());
    const open = <T extends { id: string }>(steps: readonly T[]) => steps.filter((step) => !session.ticks.includes(step.id));
    const playbook = playbookOf(session, facts.repo);
    const texts = (steps: readonly { id: string; text: string }[]) => open(steps).map((step) => step.text);
    const phases = (playbook?.phases ?? []).map(({ title, steps }) => ({ title, steps: texts(steps) }));
    const acceptance = session.criteria.filter((criterion) => !criterion.met).map((criterion) => criterion.text);
    return { kind: 'reply', body: planText({ phases, success: texts(playbook?.criteria ?? []), acceptance }) };
  },
};
