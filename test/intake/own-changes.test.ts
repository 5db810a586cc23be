/** Right after a start our own writes may come back before GitHub has told us our name: they are ours all the same. */
import { expect, test } from 'vitest';
import { ownChangesMarked } from '../../src/intake/own-changes.ts';
import { toInputs } from '../../src/intake/to-inputs.ts';
import type { ChangeInput, Trigger } from '../../src/model/trigger.ts';

const LABEL = 'state:blocked';

/** As it is read by a process that does not know its name. */
function labelledBy(login: string, type: 'Bot' | 'User'): ChangeInput {
  const payload = {
    action: 'labeled',
    repository: { id: 1, full_name: 'acme/shop' },
    installation: { id: 5 },
    sender: { login, type },
    issue: { number: 12, node_id: 'I_12', labels: [{ name: LABEL }] },
    label: { name: LABEL },
  };
  const [found] = toInputs('issues', payload, { appId: 7, botLogin: null });
  if (found?.input.kind !== 'change') throw new Error('it says nothing');
  return found.input;
}

function trigger(...changes: ChangeInput[]): Trigger {
  const now = '2026-11-22T07:00:00Z';
  return { kind: 'subject', repo: 'acme/shop', number: 12, installationId: 5, now, guid: 'guid', changes };
}

test('a label that we moved is a look, and no request; what others did stays as it is', () => {
  const [ours, alice, bot] = [labelledBy('Playcaller[bot]', 'Bot'), labelledBy('alice', 'User'), labelledBy('ci[bot]', 'Bot')];
  expect(ours).toMatchObject({ sender: 'Playcaller[bot]', labelMove: { by: 'Playcaller[bot]' } });
  const marked = ownChangesMarked(trigger(ours, alice, bot), 'playcaller[bot]');
  const look: ChangeInput = { kind: 'change', event: 'issues.labeled', sender: null, labels: [LABEL], isPull: false };
  expect(marked).toEqual(trigger(look, alice, bot));
});

test('our own edit is no person’s', () => {
  const edit = { commentId: 'IC_1', body: '- [x] one', before: '- [ ] one' };
  const { labelMove: _, ...change } = labelledBy('playcaller[bot]', 'Bot');
  expect(ownChangesMarked(trigger({ ...change, edit }), 'playcaller[bot]')).toEqual(trigger({ ...change, sender: null }));
});

test('while the name is not known, and for other triggers, nothing changes', () => {
  const ours = trigger(labelledBy('playcaller[bot]', 'Bot'));
  expect(ownChangesMarked(ours, null)).toBe(ours);
  const board: Trigger = { kind: 'board', repo: 'acme/shop', installationId: 5, now: '', guid: '', reasons: ['look'] };
  expect(ownChangesMarked(board, 'playcaller[bot]')).toBe(board);
});
