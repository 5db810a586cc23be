/** What of a session its pull requests are judged by: when that changes they are judged again, else they are left alone. */
import { describe, expect, it } from 'vitest';
import type { Advance } from '../../src/decide/session/move.ts';
import { wakes } from '../../src/decide/session/wakes.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import type { Session, WorklogEntry } from '../../src/model/session.ts';
import { facts, ledger, NOW, REPO, record, session } from '../decide/build.ts';

const said = (text: string, who = 'alice'): WorklogEntry => ({ repo: REPO, number: 1, key: 'said:1', who, text, at: NOW });

function regated(before: Session, after: Partial<Session>, entries: WorklogEntry[] = []): boolean {
  const next: Advance = { session: { ...before, ...after }, moves: [], says: [], tickLost: false };
  const pulls = [record()];
  const woken = wakes(before, next, pulls, entries, facts({ own: ledger(before, { pulls }) }));
  return woken.some((effect) => effect.kind === 'wake' && effect.lane === 'acme/shop#5' && effect.why === 'session-changed');
}

describe('judged again', () => {
  const waiver = { key: 'k', by: 'alice', at: NOW, item: 'ci', why: 'down', headSha: null, sticky: true };
  it.each<[string, Partial<Session>, WorklogEntry[]]>([
    ['another type', { type: 'feature' }, []],
    ['a criterion met', { criteria: [{ text: 'x', met: true }] }, []],
    ['a success criterion ticked', { ticks: ['bug-verified'] }, []],
    ['the step that shows the test red', { ticks: ['failing-test-first'] }, []],
    ['a waiver', { records: { ...NO_RECORDS, waivers: [waiver] } }, []],
    ['blocked', { blocked: true }, []],
    ['held', { holds: [{ kind: 'approval' }] }, []],
    ['a word that the test was red', {}, [said('the new test fails without the fix')]],
  ])('%s', (_name, after, entries) => expect(regated(session(), after, entries)).toBe(true));
});

describe('left alone', () => {
  it.each<[string, Partial<Session>, WorklogEntry[]]>([
    ['nothing', {}, []],
    ['another step ticked', { ticks: ['some-step'] }, []],
    ['another title', { title: 'Other words' }, []],
    ['a word of something else', {}, [said('read the code')]],
    ['a line of our own', {}, [said('fails without the fix', 'Playcaller')]],
  ])('%s', (_name, after, entries) => expect(regated(session(), after, entries)).toBe(false));
});
