/** What must hold of GitHub whatever happened to the replicas. */
import { expect } from 'vitest';
import { branches, CARD, cardOf, commentsOf, labelsOf, marked, PLAYBOOK } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { overlaps } from './door.ts';
import type { ReplicaStage } from './stage.ts';

/** Of 15 slots one is kept for the fast lane. */
export const SLOTS = 14;

/** Counts the sessions at work as GitHub shows them, each time one comes or goes. */
export function watchCapacity({ engine }: ReplicaStage): { most(): number } {
  const active = new Set<number>();
  let most = 0;
  const { emit } = engine;
  engine.emit = (happening) => {
    emit(happening);
    const { issue, label } = happening.payload as { issue?: { number: number }; label?: { name: string } };
    if (happening.event !== 'issues' || !issue || label?.name !== 'state:active') return;
    if (happening.action === 'labeled') active.add(issue.number);
    if (happening.action === 'unlabeled') active.delete(issue.number);
    most = Math.max(most, active.size);
  };
  return { most: () => most };
}

/** Each of the sessions has one state, one card, one playbook; the active ones a branch; nothing was said twice. */
export async function expectNothingTwice({ people: { alice }, parked }: ReplicaStage, numbers: readonly number[]): Promise<void> {
  const states = new Map<string, number[]>();
  const names = Object.keys(await branches(alice, 'session/'));
  const look = async (number: number): Promise<void> => {
    const state = (await labelsOf(alice, number)).filter((name) => name.startsWith('state:')).join();
    states.set(state, [...(states.get(state) ?? []), number]);
    const cards = await marked(alice, number, CARD);
    const playbooks = await marked(alice, number, PLAYBOOK);
    expect([cards.length, playbooks.length], `card and playbook of #${number}, ${state}`).toEqual([1, 1]);
    const said = (await commentsOf(alice, number)).filter(({ login }) => login.endsWith('[bot]')).map(({ body }) => body);
    expect(new Set(said).size, `words said twice on #${number}`).toBe(said.length);
    const branch = /`(session\/[^`]+)`/.exec(cards[0]?.body ?? '')?.[1];
    if (state === 'state:active') expect(names, `branch of #${number}`).toContain(branch);
  };
  await Promise.all(numbers.map(look));
  const odd = [...states].filter(([state]) => !/^state:(active|planned)$/.test(state));
  expect(odd, 'sessions with none or several states').toEqual([]);
  expect(await parked()).toBe(0);
}

/** No two replicas were at one subject at the same time. */
export async function expectOneEvaluator({ people: { alice }, book }: ReplicaStage, numbers: readonly number[]): Promise<void> {
  const found: string[] = [];
  for (const number of numbers) {
    const { data } = await alice.rest.issues.get({ ...SHOP, issue_number: number });
    found.push(...overlaps(book.calls, number, data.node_id));
  }
  expect(found).toEqual([]);
}

/** The command was taken once: one reaction of ours, one line in the worklog. */
export async function expectDoneOnce({ people: { alice }, worklog }: ReplicaStage, issue: number, comment: number, text: string) {
  const { data } = await alice.rest.reactions.listForIssueComment({ ...SHOP, comment_id: comment });
  const ours = data.filter(({ user }) => user?.login.endsWith('[bot]'));
  expect(ours.length, `reactions to "${text}" on #${issue}`).toBe(1);
  // Older lines leave the card; the hidden one at its end remembers them for a rebuild.
  const shown = (await cardOf(alice, issue)).replaceAll(/<!--.*?-->/gs, '').split(text).length - 1;
  expect(shown, `"${text}" on the card of #${issue}`).toBeLessThanOrEqual(1);
  expect(await worklog(text), `"${text}" in the worklog`).toBe(1);
}
