/** Reads that lag behind the event: waited for, but not for long. */
import { describe, expect, it } from 'vitest';
import { checkNotBehind } from '../../src/gather/behind.ts';
import { Unavailable } from '../../src/github/errors.ts';
import type { ChangeInput, CommandInput, Trigger } from '../../src/model/trigger.ts';

const NOW = '2026-03-02T08:00:10Z';
const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

function seen(...changes: Partial<ChangeInput>[]): Extract<Trigger, { kind: 'subject' }> {
  const base = { kind: 'change' as const, event: 'issues.labeled', sender: 'alice', labels: [], isPull: false };
  const trigger = { repo: 'acme/shop', number: 7, installationId: 1, now: NOW, guid: 'g' } as const;
  return { kind: 'subject', ...trigger, changes: changes.map((change) => ({ ...base, ...change })) };
}

describe('GitHub shows', () => {
  it.each([
    ['what the event was about', seen({ seenAt: at(-1) }), at(-1)],
    ['something newer', seen({ seenAt: at(-5) }), at(-1)],
    ['it with an older stamp, by less than two tables are apart', seen({ seenAt: at(-1) }), at(-2)],
    ['something old for long: it will stay so', seen({ seenAt: at(-30) }), at(-300)],
    ['something, and nobody knows how new it should be', seen({}), at(-300)],
    ['something old, and no event made us look', seen(), at(-300)],
    ['nothing, after the issue was deleted', seen({ seenAt: at(-1) }, { event: 'issues.deleted' }), null],
  ])('%s', (_, trigger, shownAt) => expect(() => checkNotBehind(trigger, shownAt)).not.toThrow());
});

describe('tried again later: GitHub shows', () => {
  it.each([
    ['the state before the event', seen({ seenAt: at(-1) }), at(-60)],
    ['the state before the newest of several events', seen({ seenAt: at(-9) }, { seenAt: at(-2) }), at(-9)],
    ['no issue yet', seen({ event: 'issues.opened', seenAt: at(-1) }), null],
  ])('%s', (_, trigger, shownAt) => expect(() => checkNotBehind(trigger, shownAt)).toThrow(Unavailable));

  it('the thread without the command', () => {
    const words = { commentId: 'c', body: '/session help', author: 'bob' };
    const command: CommandInput = { kind: 'command', ...words, isPull: false, labels: [] };
    const { repo, number, installationId, guid } = seen();
    const trigger = { kind: 'command' as const, repo, number, installationId, now: NOW, guid };
    expect(() => checkNotBehind({ ...trigger, command: { ...command, seenAt: at(-1) } }, at(-60))).toThrow(Unavailable);
    expect(() => checkNotBehind({ ...trigger, command }, at(-60))).not.toThrow();
  });
});
