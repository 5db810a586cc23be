/** A command whose work is in the ledger, but whose worker died before it said so, is not answered as if it came twice (A3). */
import { expect, it } from 'vitest';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import { decideSubject } from '../../src/decide/subject.ts';
import type { Effects } from '../../src/model/effect.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import type { CommandInput } from '../../src/model/trigger.ts';
import { facts, ledger, linked, ofKind, REPO, saved, subject } from './build.ts';

const input = (body: string, author = 'alice'): CommandInput => ({
  kind: 'command',
  commentId: 'IC_9',
  body,
  author,
  isPull: false,
  labels: [],
});

/** The facts of a retry: the ledger took its part, GitHub nothing. */
function afterCrash(before: LaneFacts, effects: Effects | null): LaneFacts {
  const written = effects?.ledger ?? [];
  const session = effects ? saved(effects) : null;
  const own = before.own ?? ledger({}, { artefacts: {} });
  return {
    ...before,
    own: {
      ...own,
      session: session ?? own.session,
      transitions: [...own.transitions, ...written.flatMap((one) => (one.kind === 'transition.add' ? [one.transition] : []))],
      worklog: [...own.worklog, ...written.flatMap((one) => (one.kind === 'worklog.add' ? [one.entry] : []))],
    },
    slots: { active: 1, activeFastLane: 0, queue: [] },
  };
}
const replies = (effects: Effects | null) =>
  effects ? ofKind(effects, 'comment.create').filter(({ body }) => body.includes('playcaller:reply')) : [];
const reactions = (effects: Effects | null) => (effects ? ofKind(effects, 'reaction.add').map(({ content }) => content) : []);

it('start: no word of a session that is active already, which it made so itself', () => {
  const command = input('/session start bug-fix');
  const before = facts({ permission: 'write', subject: subject({ labels: [] }) });
  const first = decideCommand(before, command);
  const retried = decideCommand(afterCrash(before, first), command);
  expect(replies(retried)).toEqual([]);
  expect(reactions(retried)).toEqual(['rocket']);
  const another = decideCommand(afterCrash(before, first), input('/session start', 'bob'));
  expect(replies(another)).toHaveLength(1);
});

it('next --clear: what is cleared was cleared by itself', () => {
  const command = input('/session next --clear');
  const own = ledger();
  own.session.records = { ...own.session.records, next: 'ask Bob' };
  const before = facts({ permission: 'write', own });
  const first = decideCommand(before, command);
  expect(reactions(decideCommand(afterCrash(before, first), command))).toEqual(['rocket']);
  const nothing = facts({ permission: 'write', own: ledger() });
  expect(reactions(decideCommand(nothing, command))).toEqual(['confused']);
});

it('a merge is in the record of the session, whichever of the two lanes looks first', () => {
  const merged = linked({ state: 'merged', mergedBy: 'bob', mergeSha: 'c'.repeat(40) });
  const given = facts({ own: ledger(), subject: subject({ state: 'closed', closeReason: 'completed', pulls: [merged] }) });
  const effects = decideSubject(given, []);
  const entries = effects.ledger.flatMap((one) => (one.kind === 'worklog.add' ? [one.entry] : []));
  expect(saved(effects)?.state).toBe('completed');
  expect(entries[0]).toMatchObject({ repo: REPO, key: 'pr-5:merged', who: 'bob' });
  const [line] = entries;
  if (given.own && line) given.own.worklog = [line];
  const known = decideSubject(given, []).ledger.flatMap((one) => (one.kind === 'worklog.add' ? [one.entry.key] : []));
  expect(known).not.toContain('pr-5:merged');
});
