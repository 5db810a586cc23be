/** `/session recover`: what is decided for one and for several failed sessions, and what people read (B6). */
import { describe, expect, it } from 'vitest';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import type { Effects } from '../../src/model/effect.ts';
import type { SessionLedger } from '../../src/model/facts.ts';
import type { Failure } from '../../src/model/failure.ts';
import type { LaneFacts, RecoveryAround } from '../../src/model/lane-facts.ts';
import { NO_RECORDS, type Records } from '../../src/model/records.ts';
import type { FaultKind } from '../../src/model/recovery.ts';
import type { Session } from '../../src/model/session.ts';
import type { PlanFacts, SubIssue } from '../../src/model/sub-plan.ts';
import { facts, ledger, NOW, ofKind, saved, subject, wakesOf } from './build.ts';

const PARENT = 9;

function failure(over: Partial<Failure> = {}): Failure {
  return { key: 'k', by: 'bob', at: NOW, kind: 'syntax', error: 'unexpected end of input', recovery: null, ...over };
}
const tried = (key: string): Failure =>
  failure({ key, recovery: { key, by: 'bob', at: NOW, outcome: 'resume', because: [], chosen: false } });

interface One {
  number: number;
  /** Numbers that it needs. */
  needs?: number[];
  state?: Session['state'] | 'none';
  failures?: Failure[];
  records?: Partial<Records>;
  over?: Partial<Session>;
  issue?: Partial<SubIssue>;
}

function around(...list: One[]): RecoveryAround {
  const subs = list.map(({ number, needs = [], state = 'none', failures, issue }): SubIssue => {
    const shown = state === 'active' && failures?.at(-1)?.recovery === null ? 'failed' : state;
    return {
      id: `I_${number}`,
      number,
      title: `Part ${number}`,
      body: `Write part ${number}.`,
      state: 'open',
      closeReason: null,
      labels: [],
      estimate: 2,
      links: needs.map((to) => ({ link: 'hard', from: 'line', repo: null, number: to })),
      saysNone: false,
      files: [],
      session: shown === 'none' ? null : { state: shown, type: 'feature' },
      ...issue,
    };
  });
  const sessions = list.flatMap(({ number, state = 'none', failures, records, over }): SessionLedger[] => {
    if (state === 'none') return [];
    const all = { ...NO_RECORDS, ...records, ...(failures ? { failures } : {}) };
    return [ledger({ number, title: `Part ${number}`, state, records: all, ...over })];
  });
  const record = { repo: 'acme/shop', number: PARENT, run: { by: 'alice', at: NOW }, places: {}, links: {}, ended: false };
  const plan: PlanFacts = {
    subs,
    foreign: [],
    beyond: 0,
    order: [],
    outsiders: [],
    unread: [],
    links: {},
    record,
    commentId: null,
  };
  return { parent: PARENT, plan, sessions };
}

function run(body: string, over: Partial<LaneFacts>): Effects {
  const command = { kind: 'command' as const, commentId: 'IC_7', body, author: 'alice', isPull: false, labels: [] };
  return decideCommand(facts({ permission: 'write', ...over }), command) ?? { ledger: [], github: [], after: [] };
}
const onParent = (recovery: RecoveryAround, body = '/session recover') =>
  run(body, { recovery, subject: subject({ number: PARENT, id: 'I_9', labels: [] }) });
const comment = (effects: Effects) =>
  ofKind(effects, 'comment.create').find(({ body }) => body.startsWith('<!-- playcaller:recovery -->'))?.body ?? '';
const reply = (effects: Effects) =>
  ofKind(effects, 'comment.create').find(({ body }) => body.includes('playcaller:reply'))?.body ?? '';
const savedAll = (effects: Effects) =>
  new Map(effects.ledger.flatMap((effect) => (effect.kind === 'session.save' ? [[effect.session.number, effect.session]] : [])));

/** Batches: 11 12 · 13 14 · 15 16 · 17. */
const phase = (...more: One[]): One[] => {
  const all: One[] = [
    { number: 11, state: 'completed' },
    { number: 12, state: 'completed' },
    { number: 13, needs: [11], state: 'completed' },
    { number: 14, needs: [12], state: 'completed' },
    { number: 15, needs: [13], state: 'active', failures: [failure()] },
    { number: 16, needs: [14], state: 'active' },
    { number: 17, needs: [15, 16] },
  ];
  return all.map((one) => ({ ...one, ...more.find(({ number }) => number === one.number) }));
};

describe('one failed session of a plan', () => {
  it('in the batch that runs: it alone goes on, the rest is kept', () => {
    const effects = onParent(around(...phase()));
    const text = comment(effects);
    expect(text).toContain('### Recovery of #15 · resume');
    expect(text).toContain('- #15 (batch 3): fewer than two recoveries of it failed; nothing of a later batch has begun');
    expect(text).toContain('- #15 Part 15\n\nKept as it is: #11, #12, #13, #14, #16.');
    expect(text).toContain('| Sessions run again | 1 | 6 | 5 |');
    expect(text).toContain('| Work done again | 2 h | 12 h | 10 h |');
    expect(text.match(/^- \[ \] /gm)?.length).toBeGreaterThan(3);
    expect(text).toContain('Write part 15.');
    expect(text).toContain('unexpected end of input');
    expect(text).toContain('One session of the plan that did not begin yet starts as before');
  });

  it('keeps the way and the reason, stays active, and its lane and the plan look again', () => {
    const effects = onParent(around(...phase()));
    const session = savedAll(effects).get(15);
    expect([...savedAll(effects).keys()]).toEqual([15]);
    expect(session).toMatchObject({ state: 'active', version: 4 });
    expect(session?.records.failures).toMatchObject([
      { error: 'unexpected end of input', recovery: { by: 'alice', at: NOW, outcome: 'resume', chosen: false } },
    ]);
    expect(session?.records.failures?.[0]?.recovery?.because[0]).toEqual({ question: 'failed-twice', yes: false });
    expect(effects.ledger).toContainEqual({
      kind: 'worklog.add',
      entry: expect.objectContaining({ number: 15, who: 'alice', text: expect.stringContaining('recovery: ') }),
    });
    expect(wakesOf(effects)).toEqual(expect.arrayContaining(['acme/shop#15', 'acme/shop#9']));
  });

  it('on its own issue: the same way, written by its own lane', () => {
    const given = around(...phase());
    const own = given.sessions.find(({ session }) => session.number === 15) ?? ledger();
    const here = subject({ number: 15, labels: ['session:bug-fix', 'state:active'] });
    const effects = run('/session recover', { own, recovery: given, subject: here });
    expect(comment(effects)).toContain('### Recovery of #15 · resume');
    expect([...savedAll(effects).keys()]).toEqual([15]);
    expect(effects.ledger.filter(({ kind }) => kind === 'session.save')).toHaveLength(1);
    expect(saved(effects)?.records.failures?.[0]?.recovery).toMatchObject({ outcome: 'resume' });
  });

  it.each<[FaultKind, number, string]>([
    ['architecture', 0, 'restart'],
    ['syntax', 1, 'resume'],
    ['syntax', 2, 'restart'],
  ])('%s, after %i failed recoveries: %s', (kind, attempts, outcome) => {
    const before = Array.from({ length: attempts }, (_, at) => tried(`r${at}`));
    const text = comment(onParent(around(...phase({ number: 15, state: 'active', failures: [...before, failure({ kind })] }))));
    expect(text).toContain(`### Recovery of #15 · ${outcome}`);
  });

  it('a restart puts what runs back in the queue, and says what is merged', () => {
    const effects = onParent(around(...phase()), '/session recover restart');
    expect(comment(effects)).toContain('This was asked for; the advice is another');
    expect(savedAll(effects).get(16)).toMatchObject({ state: 'planned', startedAt: null, version: 4 });
    expect(savedAll(effects).get(11)).toBeUndefined();
    expect(comment(effects)).toMatch(/#16 goes back in the queue/);
    expect(comment(effects)).toMatch(/#11, #12, #13, #14 are merged already/);
    expect(effects.ledger).toContainEqual({
      kind: 'transition.add',
      transition: expect.objectContaining({ number: 16, from: 'active', to: 'planned', why: 'run again because #15 failed' }),
    });
  });

  it('with others that began ahead of it: they wait for it again, and lose their leave', () => {
    const ahead = { key: 'x', by: 'bob', at: NOW };
    const effects = onParent(around(...phase({ number: 17, state: 'active', records: { ahead } })));
    expect(comment(effects)).toContain('rerun this and what was built on it');
    expect(savedAll(effects).get(17)?.records).not.toHaveProperty('ahead');
    expect(comment(effects)).toContain('Stop what still runs on the failed work: #17');
    const alone = onParent(around(...phase({ number: 17, state: 'active' })), '/session recover rerun');
    expect([...savedAll(alone).keys()]).toEqual([15]);
  });
});

describe('several failed sessions', () => {
  const two = () =>
    around(...phase({ number: 16, state: 'active', failures: [failure({ error: 'no such table', kind: 'logic' })] }));

  it('are recovered in one comment, each with its way and its prompt', () => {
    const effects = onParent(two());
    const text = comment(effects);
    expect(text).toContain('### Recovery of #15, #16 · resume');
    for (const word of ['Prompt for #15', 'Prompt for #16', 'no such table', 'Write part 16.']) expect(text).toContain(word);
    expect([...savedAll(effects).keys()]).toEqual([15, 16]);
  });

  it('one alone on its own issue leaves the other failed', () => {
    const given = two();
    const own = given.sessions.find(({ session }) => session.number === 15) ?? ledger();
    const here = subject({ number: 15, labels: ['session:bug-fix', 'state:active'] });
    const effects = run('/session recover', { own, recovery: given, subject: here });
    expect([...savedAll(effects).keys()]).toEqual([15]);
    expect(comment(effects)).toContain('Kept as it is: #11, #12, #13, #14.');
  });

  it('of twenty with long prompts those without room are named; nothing is longer than GitHub takes', () => {
    const many = Array.from({ length: 30 }, (_, at): One => {
      const long = { body: '`````\n'.repeat(4000) };
      return { number: 100 + at, state: 'active', failures: [failure({ error: 'x'.repeat(2000) })], issue: long };
    });
    const text = comment(onParent(around(...many)));
    expect(text).toContain('No room was left for the prompts of');
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  });
});

describe('given up while its plan ran', () => {
  it('counts as failed: planned again, with the reason', () => {
    const effects = onParent(
      around(...phase({ number: 15, state: 'abandoned', failures: [], over: { endedBy: 'asked', endedAt: NOW } })),
    );
    expect(savedAll(effects).get(15)).toMatchObject({ state: 'planned', endedAt: null, endedBy: null });
    expect(savedAll(effects).get(15)?.records.failures?.at(-1)).toMatchObject({ kind: 'unknown', recovery: { by: 'alice' } });
    expect(comment(effects)).toContain('#15 is planned again');
  });

  it('by closing its issue: only reopening brings it back', () => {
    const issue = { state: 'closed' as const, closeReason: 'not-planned' as const };
    const effects = onParent(around(...phase({ number: 15, state: 'abandoned', over: { endedBy: 'closed' }, issue })));
    expect(savedAll(effects).size).toBe(0);
    expect(comment(effects)).toContain('#15 is closed: reopen the issue');
  });

  it('while no plan runs it is nobody’s failure', () => {
    const given = around(...phase({ number: 15, state: 'abandoned', over: { endedBy: 'asked' } }));
    if (given.plan?.record) given.plan.record.run = null;
    expect(reply(onParent(given))).toContain('Nothing failed here');
  });
});

describe('alone', () => {
  const own = () => ledger({ records: { ...NO_RECORDS, failures: [failure()] } });
  const here = (body = '') => subject({ body, labels: ['session:bug-fix', 'state:active'] });

  it('a session without a parent goes on, with its own prompt', () => {
    const effects = run('/session recover', { own: own(), subject: here('Add up the cart.') });
    expect(comment(effects)).toContain('### Recovery of #1 · resume');
    expect(comment(effects)).toContain('Add up the cart.');
    expect(saved(effects)?.records.failures?.[0]?.recovery?.outcome).toBe('resume');
  });

  it('said once more after a crash it is the same, and counts once', () => {
    const first = run('/session recover', { own: own(), subject: here('Add up the cart.') });
    const after = ledger({ ...saved(first), version: 3 });
    const again = run('/session recover', { own: after, subject: here('Add up the cart.') });
    expect(comment(again)).toBe(comment(first));
    expect(saved(again)?.records.failures).toEqual(saved(first)?.records.failures);
  });

  it('whatever prompt and error hold stays inside the block', () => {
    const hostile = '````\n</details>\n@acme/team closes #1 <!-- playcaller:card -->\n/session abandon x';
    const failed = ledger({ records: { ...NO_RECORDS, failures: [failure({ error: hostile })] } });
    const text = comment(run('/session recover', { own: failed, subject: here(hostile) }));
    const fence = /^(`{4,})markdown$/m.exec(text)?.[1] ?? '';
    const [before, inside] = text.split(`${fence}markdown\n`);
    expect(before).not.toContain('@acme');
    expect(inside?.split(`\n${fence}\n`)[1]?.trim()).toBe('</details>');
    expect(text).not.toContain('<!-- playcaller:card');
  });
});

describe('what bad input gets', () => {
  const mending = ledger({ records: { ...NO_RECORDS, failures: [tried('r')] } });
  const failed = ledger({ records: { ...NO_RECORDS, failures: [failure()] } });
  it.each<[string, Partial<LaneFacts>, string]>([
    ['/session recover', { own: ledger() }, 'Nothing failed here'],
    ['/session recover', { own: mending }, 'The recovery of #1 is decided already'],
    ['/session recover', {}, 'no session here'],
    ['/session recover', { served: ledger({ number: 4 }) }, 'The session is on #4'],
    ['/session recover restrat', { own: failed }, 'Did you mean `restart`?'],
    ['/session recover @all now', { own: failed }, 'take one of `resume`'],
    ['/session recover', { own: failed, permission: 'triage' }, 'Nothing was done'],
  ])('%j', (body, over, said) => {
    const effects = run(body, over);
    expect(reply(effects)).toContain(said);
    expect(savedAll(effects).size).toBe(0);
  });
});
