/** `/session fail`: what is kept of a failure, who is told, and what bad input gets (B6). */
import { describe, expect, it } from 'vitest';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import type { Effects } from '../../src/model/effect.ts';
import { type Failure, failedRecoveries, openFailure } from '../../src/model/failure.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import { facts, ledger, NOW, ofKind, saved, subject, wakesOf } from './build.ts';

const labels = ['session:bug-fix', 'state:active'];

function run(body: string, over: Partial<LaneFacts> = {}): Effects {
  const command = { kind: 'command' as const, commentId: 'IC_7', body, author: 'alice', isPull: false, labels: [] };
  const base = { own: ledger(), subject: subject({ labels }), permission: 'write' as const };
  return decideCommand(facts({ ...base, ...over }), command) ?? { ledger: [], github: [], after: [] };
}

function failure(over: Partial<Failure> = {}): Failure {
  return { key: 'k', by: 'bob', at: NOW, kind: 'syntax', error: 'it broke', recovery: null, ...over };
}
const recovery = (outcome: 'resume' | 'restart') => ({ key: 'r', by: 'bob', at: NOW, outcome, because: [], chosen: false });
const withFailures = (...failures: Failure[]) => ({ own: ledger({ records: { ...NO_RECORDS, failures } }) });
const failuresOf = (effects: Effects) => saved(effects)?.records.failures;
const reply = (effects: Effects) =>
  ofKind(effects, 'comment.create').find(({ body }) => body.includes('playcaller:reply'))?.body ?? '';
const card = (effects: Effects) =>
  ofKind(effects, 'comment.create').find(({ body }) => body.startsWith('<!-- playcaller:card -->'))?.body ?? '';

describe('what is kept', () => {
  it.each([
    ['/session fail it broke', 'unknown', 'it broke'],
    ['/session fail kind=syntax unexpected end', 'syntax', 'unexpected end'],
    ['/session fail KIND=Architecture two writers', 'architecture', 'two writers'],
    ['/session fail the checks of #4 fail kind=tests', 'tests', 'the checks of #4 fail'],
    ['/session fail TypeError: kind=x is no option', 'unknown', 'TypeError: kind=x is no option'],
    ['/session fail it broke\nin two places', 'unknown', 'it broke\nin two places'],
    ['/session fail it broke\n\nI am on it.', 'unknown', 'it broke'],
    ['/session fail kind=tests\n```\n  at a.ts:1\n/session abandon x\n```\nThanks', 'tests', '  at a.ts:1\n/session abandon x'],
  ])('%j', (body, kind, error) => {
    const effects = run(body);
    expect(failuresOf(effects)).toEqual([{ key: expect.any(String), by: 'alice', at: NOW, kind, error, recovery: null }]);
    expect(saved(effects)?.state).toBe('active');
    expect(effects.more).toBe(false);
  });

  it('of a long one the beginning and the end; nothing that no one can see', () => {
    const long = `\u001b[31mfirst\u202e\u0007${'x'.repeat(60_000)}\nlast`;
    const [kept] = failuresOf(run(`/session fail\n\`\`\`\n${long}\n\`\`\``)) ?? [];
    expect(kept?.error).toMatch(/^firstx+\n… 58\d{3} characters left out …\nx+\nlast$/);
    expect(kept?.error.length).toBeLessThan(2100);
  });

  it('the newer word, while nobody has begun to mend it; else another failure', () => {
    expect(failuresOf(run('/session fail now it hangs', withFailures(failure())))).toHaveLength(1);
    const mended = failure({ recovery: recovery('resume') });
    expect(failuresOf(run('/session fail again', withFailures(mended)))?.map(({ error }) => error)).toEqual([
      'it broke',
      'again',
    ]);
    const many = Array.from({ length: 30 }, (_, at) => failure({ key: `k${at}`, recovery: recovery('resume') }));
    expect(failuresOf(run('/session fail again', withFailures(...many)))).toHaveLength(20);
  });

  it('nothing of one that is taken back', () => {
    expect(failuresOf(run('/session fail --clear', withFailures(failure())))).toEqual([]);
  });
});

describe('who is told', () => {
  it('the card: failed, why, and what to do', () => {
    const text = card(run('/session fail @acme/team <b> closes #3'));
    expect(text).toContain('🚀 active · ❌ failed');
    expect(text).toMatch(/\| Failed \| .*closes.* · since 2026-11-21 · nobody said yet/);
    expect(text).toContain('**Next:** Comment `/session recover`');
    expect(text.replace(/<!--[\s\S]*?-->/g, '')).not.toMatch(/@acme|<b>|closes #3/);
  });

  it('the parent, whose plan shows it', () => {
    const plan = { parent: 9, batch: 3, of: 3, waits: [], abandoned: [] };
    expect(wakesOf(run('/session fail it broke', { own: ledger({ plan }) }))).toContain('acme/shop#9');
    expect(wakesOf(run('/session log it broke', { own: ledger({ plan }) }))).not.toContain('acme/shop#9');
    const served = { own: null, served: ledger({ number: 2, plan }), subject: subject({ labels: [] }) };
    expect(wakesOf(run('/session fail it broke', served))).toEqual(expect.arrayContaining(['acme/shop#9', 'acme/shop#2']));
  });
});

describe('what bad input gets', () => {
  it.each([
    ['/session fail', {}, 'Say what went wrong'],
    ['/session fail kind=syntax', {}, 'Say what went wrong'],
    ['/session fail …', {}, 'Say what went wrong'],
    ['/session fail kind=sintax it broke', {}, 'Did you mean `syntax`?'],
    ['/session fail kind=@all it broke', {}, 'There are `syntax`'],
    ['/session fail --clear', {}, 'nothing to take back'],
    ['/session fail it broke', { own: ledger({ state: 'planned' }) }, 'has not begun'],
    ['/session fail it broke', { own: ledger({ state: 'completed' }) }, 'This session is completed'],
    ['/session fail it broke', { own: null }, 'no session here'],
    ['/session fail it broke', { permission: 'read' as const }, 'Nothing was done'],
  ])('%j', (body, over, said) => {
    const effects = run(body, over);
    expect(reply(effects)).toContain(said);
    expect(saved(effects)).toBeNull();
  });
});

it('counts the recoveries that failed since everything was begun anew', () => {
  const tried = (outcome: 'resume' | 'restart') => failure({ recovery: recovery(outcome) });
  const count = (...failures: Failure[]) => [failedRecoveries({ failures }), openFailure({ failures }) !== null];
  expect(count()).toEqual([0, false]);
  expect(count(failure())).toEqual([0, true]);
  expect(count(tried('resume'))).toEqual([0, false]);
  expect(count(tried('resume'), failure())).toEqual([1, true]);
  expect(count(tried('resume'), tried('resume'), failure())).toEqual([2, true]);
  expect(count(tried('resume'), tried('resume'), tried('restart'), failure())).toEqual([0, true]);
});
