/** Sub-sessions (L10): what a parent shows, awaits and is woken by; what `/session sub` makes. */
import { describe, expect, it } from 'vitest';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import { decideSubject } from '../../src/decide/subject.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import type { Child, Children } from '../../src/model/session.ts';
import { change, facts, ledger, linked, ofKind, record, saved, session, subject, wakesOf } from './build.ts';

const child = (number: number, state: Child['state'], over: Partial<Child> = {}): Child => ({
  number,
  repo: null,
  title: `Part ${number}`,
  url: `https://github.com/acme/shop/issues/${number}`,
  state,
  ...over,
});
const family = (...list: Child[]): Children => ({ list, total: list.length, openBeyond: 0 });

function parent(children: Children, over: Partial<LaneFacts> = {}): LaneFacts {
  return facts({ own: ledger(), subject: subject({ labels: ['session:bug-fix', 'state:active'], children }), ...over });
}

function card(given: LaneFacts): string {
  const effects = decideSubject(given, [change()]);
  return ofKind(effects, 'comment.create').find(({ body }) => body.startsWith('<!-- playcaller:card -->'))?.body ?? '';
}

const say = (given: LaneFacts, body: string) =>
  decideCommand(
    { ...given, permission: 'write' },
    { kind: 'command', commentId: 'IC_7', body, author: 'alice', isPull: false, labels: [] },
  ) ?? { ledger: [], github: [], after: [] };

describe('a parent', () => {
  it('shows each child and how many are done; the next action names the first open one', () => {
    const text = card(parent(family(child(2, 'completed'), child(3, 'closed'), child(4, 'active'), child(5, 'abandoned'))));
    expect(text).toContain('**Sub-sessions:** 2 of 4 done');
    expect(text).toContain('🚀 active · #4 Part 4');
    expect(text).toContain('**Next:** Finish the sub-session #4: Part 4');
  });

  it('quotes titles without effect, and never shows those of another repository', () => {
    const text = card(
      parent(family(child(2, 'open', { title: '@acme/team fixes #1' }), child(9, 'open', { repo: 'acme/secret', title: '' }))),
    );
    expect(text).not.toMatch(/@acme|fixes #1/);
    expect(text).toMatch(/no session yet · acme\/secret#9$/m);
  });

  it('has no such block without sub-issues, and loses it with the last one', () => {
    expect(card(parent(family()))).not.toContain('Sub-sessions');
    const before = session({ children: family(child(2, 'active')) });
    const effects = decideSubject(parent(family(), { own: ledger(before) }), [change()]);
    expect(saved(effects)?.children).toEqual(family());
  });

  it.each([
    ['an open issue', child(2, 'open')],
    ['a planned session', child(2, 'planned')],
    ['an active session', child(2, 'active')],
  ])('does not complete before %s', (_, open) => {
    const pulls = [linked({ state: 'merged' })];
    const merged = (one: Child) =>
      facts({
        own: ledger({}, { pulls: [record({ state: 'merged' })] }),
        subject: subject({ state: 'closed', closeReason: 'completed', pulls, children: family(one) }),
      });
    expect(saved(decideSubject(merged(open), [change()]))?.state).toBe('active');
    for (const done of ['completed', 'closed', 'abandoned'] as const) {
      expect(saved(decideSubject(merged(child(2, done)), [change()]))?.state).toBe('completed');
    }
  });

  it('counts open ones beyond the first fifty', () => {
    const many = { list: Array.from({ length: 50 }, (_, at) => child(at + 2, 'closed')), total: 60, openBeyond: 1 };
    expect(card(parent(many))).toContain('59 of 60 done');
    const refused = say(parent(many, { own: ledger({ children: many }) }), '/session complete --no-code x');
    expect(ofKind(refused, 'comment.create')[0]?.body).toContain('One sub-session is still open');
  });
});

describe('a child', () => {
  it('wakes its parent when it begins and when it moves, and not in between', () => {
    const born = decideSubject(facts({ subject: subject({ parent: 12 }) }), [change()]);
    expect(wakesOf(born)).toContain('acme/shop#12');
    const still = facts({ own: ledger(), subject: subject({ parent: 12 }) });
    expect(wakesOf(decideSubject(still, [change()]))).not.toContain('acme/shop#12');
    const closed = facts({ own: ledger(), subject: subject({ parent: 12, state: 'closed', closeReason: 'not-planned' }) });
    expect(wakesOf(decideSubject(closed, [change()]))).toContain('acme/shop#12');
  });
});

describe('/session sub', () => {
  const made = (body: string, over: Partial<LaneFacts> = {}) => ofKind(say(parent(family(), over), body), 'issue.create')[0];
  const wrong = (body: string, over: Partial<LaneFacts> = {}) => {
    const effects = say(parent(family(), over), body);
    expect(ofKind(effects, 'issue.create')).toEqual([]);
    return ofKind(effects, 'comment.create')[0]?.body;
  };

  it("makes a sub-issue with the parent's label", () => {
    expect(made('/session sub Migrate the table')).toMatchObject({
      title: 'Migrate the table',
      parentId: 'I_1',
      labels: [{ name: 'session:bug-fix', id: 'LA_session:bug-fix' }],
    });
  });

  it('or with the label of another type, made where it is missing', () => {
    const effects = say(parent(family()), '/session sub Describe it type=Documentation');
    expect(ofKind(effects, 'issue.create')[0]).toMatchObject({
      title: 'Describe it',
      labels: [{ name: 'session:documentation' }],
    });
    expect(ofKind(effects, 'label.create').map(({ name }) => name)).toContain('session:documentation');
  });

  it('once: a retry finds the key in the body of what it made', () => {
    const first = made('/session sub Migrate the table');
    const key = /playcaller:sub (\S+) /.exec(first?.body ?? '')?.[1] ?? '';
    expect(key).not.toBe('');
    const retry = parent(family(child(2, 'active')));
    retry.subject.madeByCommand = [key];
    const effects = say(retry, '/session sub Migrate the table');
    expect(ofKind(effects, 'issue.create')).toEqual([]);
    expect(effects.after).toMatchObject([{ kind: 'command.done' }]);
  });

  it('titles of any length, of emoji, right-to-left and with invisible characters', () => {
    expect(made(`/session sub ${'x'.repeat(500)}`)?.title.length).toBeLessThanOrEqual(256);
    expect(made('/session sub 🚀🔥')?.title).toBe('🚀🔥');
    expect(made('/session sub \u202Eabc\u200Bdef')?.title).toBe('abcdef');
    expect(made('/session sub fix @acme/team')?.body).not.toContain('@acme');
  });

  it('used wrongly, it says how to write it right', () => {
    expect(wrong('/session sub')).toContain('what the sub-session is about');
    expect(wrong('/session sub \u200B')).toContain('what the sub-session is about');
    expect(wrong('/session sub X type=bugfix')).toContain('Did you mean `bug-fix`');
    expect(wrong('/session sub X type=zzzzzzzzzz')).not.toContain('Did you mean');
    expect(wrong('/session sub X module=payments')).toContain('no module `payments`');
    expect(wrong('/session sub X', { own: null })).toContain('There is no session here');
    expect(wrong('/session sub X', { own: ledger({ onPull: true }) })).toContain('on a pull request');
    expect(wrong('/session sub X', { own: ledger({ state: 'completed' }) })).toContain('is completed');
    const full = { list: [], total: 100, openBeyond: 100 };
    const effects = say(parent(full), '/session sub One more');
    expect(ofKind(effects, 'comment.create')[0]?.body).toContain('100 sub-issues');
  });
});
