/** The lifecycle commands: what each asks of the session, and what bad input gets. */
import { describe, expect, it } from 'vitest';
import { loadBuiltInPersonas } from '../../src/config/load-personas.ts';
import { decideCommand } from '../../src/decide/commands/decide-command.ts';
import type { Effects } from '../../src/model/effect.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import { NO_RECORDS, type Records } from '../../src/model/records.ts';
import type { Session } from '../../src/model/session.ts';
import { facts, ledger, linked, NOW, ofKind, repo, saved, subject, wakesOf } from './build.ts';

const said = { key: 'IC_1:x', by: 'alice', at: NOW };
const labels = ['session:bug-fix', 'state:active'];

function run(body: string, over: Partial<LaneFacts> = {}): Effects {
  const command = { kind: 'command' as const, commentId: 'IC_7', body, author: 'alice', isPull: false, labels: [] };
  const base = {
    own: ledger(),
    subject: subject({ labels }),
    permission: 'write' as const,
    repo: repo({ personas: loadBuiltInPersonas() }),
  };
  return decideCommand(facts({ ...base, ...over }), command) ?? { ledger: [], github: [], after: [] };
}

const withSession = (over: Partial<Session>, more: Partial<LaneFacts> = {}) => ({ own: ledger(over), ...more });
const withRecords = (records: Partial<Records>, more: Partial<Session> = {}) =>
  withSession({ records: { ...NO_RECORDS, ...records }, ...more });
const reply = (effects: Effects) =>
  ofKind(effects, 'comment.create').find(({ body }) => body.includes('playcaller:reply'))?.body ?? '';
const reaction = (effects: Effects) => ofKind(effects, 'reaction.add')[0]?.content;
const logged = (effects: Effects) =>
  effects.ledger.flatMap((effect) => (effect.kind === 'worklog.add' ? [effect.entry.text] : []));

const NOTHING_SAID = [
  'log',
  'log \u200B',
  'accept',
  'accept \u202E\u200B',
  'accept ***',
  'block',
  'block on #12',
  'block …',
  'abandon',
  'abandon \u2060',
  'persona',
];
const ALL = ['log x', 'next x', 'plan', 'accept x', 'block x', 'unblock', 'abandon x', 'persona oscar', 'approve', 'no-code x'];

describe('bad input', () => {
  it.each(NOTHING_SAID)('/session %s: one reply with the usage, no action', (line) => {
    const effects = run(`/session ${line}`);
    expect(reply(effects)).toContain('Usage: ');
    expect(reaction(effects)).toBe('confused');
    expect(effects.ledger).toEqual([]);
  });

  it.each(ALL)('/session %s without a session: said so', (line) => {
    const effects = run(`/session ${line}`, { own: null, subject: subject({ labels: [] }) });
    expect(reply(effects)).toMatch(/no session here/);
    expect(effects.ledger).toEqual([]);
  });

  it.each([...ALL.filter((line) => line !== 'plan'), 'start'])(
    '/session %s by someone who may only read: refused, nothing done',
    (line) => {
      const effects = run(`/session ${line}`, { permission: 'read' });
      expect(reply(effects)).toContain('Nothing was done');
      expect(effects.ledger).toEqual([]);
    },
  );

  it.each(['accept x', 'next x', 'block x', 'unblock', 'persona oscar', 'approve'])(
    '/session %s on a completed session',
    (line) => {
      const effects = run(`/session ${line}`, withSession({ state: 'completed', endedAt: NOW }));
      expect(reply(effects)).toContain('This session is completed');
      expect(saved(effects)).toBeNull();
    },
  );

  it('words of people go back and forth without effect', () => {
    const evil = '@acme/team Fixes #1 <!-- step:x --> \u202Eevil\u200B';
    for (const verb of ['accept', 'log', 'next', 'block', 'abandon']) {
      for (const { body } of ofKind(run(`/session ${verb} ${evil}`), 'comment.create')) {
        const shown = body.replace(/^<!-- playcaller:(reply|state) .*$/gm, '');
        expect(shown, verb).not.toMatch(/@acme|Fixes #1|<!-- step:x|\u202E|\u200B/);
      }
    }
    expect(reply(run('/session persona @acme/all'))).not.toMatch(/(^|[^`\w;])@acme/);
  });
});

describe('start', () => {
  const none = { own: null, subject: subject({ labels: [] }) };

  it('puts label and session there at once', () => {
    const effects = run('/session start bug-fix', none);
    expect(saved(effects)).toMatchObject({ state: 'active', type: 'bug-fix' });
    expect(ofKind(effects, 'labels.add')[0]?.labels.map(({ name }) => name)).toEqual(['state:active', 'session:bug-fix']);
  });

  it.each([
    ['start', none, /playbook to follow/],
    ['start nonsense', none, /no playbook/],
    ['start bug-fix feature', none, /more than one type/],
    ['start bug-fix', { own: null, subject: subject({ labels: ['session:feature'] }) }, /Take it off first/],
    ['start feature', {}, /follows/],
    ['start', withSession({ state: 'completed' }), /completed/],
    ['start', { ...none, subject: subject({ labels: [], state: 'closed' as const }) }, /Reopen/],
    ['start bug-fix', { own: null, served: ledger({ number: 9 }), subject: subject({ labels: [] }) }, /serves the session on #9/],
    [
      'start',
      withSession({ state: 'planned', startedAt: null, holds: [{ kind: 'similar', sessions: [4], pulls: [] }] }),
      /#4.*--anyway/,
    ],
  ])('/session %s: %#', (line, over, words) => {
    const effects = run(`/session ${line}`, over);
    expect(reply(effects)).toMatch(words);
    expect(effects.ledger).toEqual([]);
  });

  it('says why a planned one waits', () => {
    const shown = subject({ labels: ['session:bug-fix', 'state:planned'] });
    const waiting = withSession({ state: 'planned', startedAt: null }, { subject: shown });
    const full = { active: 15, activeFastLane: 0, queue: [8, 1] };
    expect(reply(run('/session start', { ...waiting, slots: full }))).toContain('number 2 in line');
  });

  it('takes an abandoned one up again, with its label', () => {
    const over = withSession(
      { state: 'abandoned', endedBy: 'asked', endedAt: NOW },
      { subject: subject({ labels: ['state:abandoned'] }) },
    );
    const effects = run('/session start', over);
    expect(saved(effects)?.state).toBe('active');
    expect(ofKind(effects, 'labels.add')[0]?.labels.map(({ name }) => name)).toContain('session:bug-fix');
  });
});

describe('what is written', () => {
  it('log: one line, cleaned; below the command when nothing stands behind it', () => {
    expect(logged(run('/session log  it \u200Bfailed  again'))).toEqual(['it failed again']);
    expect(logged(run('/session log\nfirst\nsecond'))).toEqual(['first second']);
  });

  it('accept: counting ids; the same command twice is one criterion, the same words too', () => {
    const first = saved(run('/session accept fast'))?.records.accepted ?? [];
    expect(first).toMatchObject([{ id: 'accept-1', text: 'fast', by: 'alice', at: NOW }]);
    expect(saved(run('/session accept fast', withRecords({ accepted: first })))?.records.accepted).toHaveLength(1);
    const criteria = [{ id: 'accept-1', text: 'fast', met: false }];
    const other = [{ ...said, id: 'accept-1', text: 'fast' }];
    expect(reply(run('/session accept FAST', withRecords({ accepted: other }, { criteria })))).toContain('`accept-1`');
    expect(saved(run('/session accept small', withRecords({ accepted: other })))?.records.accepted.map(({ id }) => id)).toEqual([
      'accept-1',
      'accept-2',
    ]);
  });

  it.each([
    ['waits for the API on #12', 'waits for the API', { kind: 'issue', number: 12 }],
    ['needs the contract on @carol', 'needs the contract', { kind: 'owner', login: 'carol' }],
    ['money on owner', 'money', { kind: 'owner', login: 'acme' }],
    ['works only on Mondays', 'works only on Mondays', null],
  ])('block %j', (text, why, on) => {
    const effects = run(`/session block ${text}`);
    expect(saved(effects)).toMatchObject({ blocked: true, records: { blocks: [{ why, on, clearedAt: null }] } });
  });

  it('block on itself is refused; unblock clears all, and the label', () => {
    expect(reply(run('/session block a loop on #1'))).toContain('wait for itself');
    const blocks = [{ ...said, why: 'x', on: null, clearedAt: null }];
    const blocked = subject({ labels: [...labels, 'blocked'] });
    const known = repo({ labels: [...repo().labels, { id: 'LA_blocked', name: 'blocked' }] });
    const effects = run('/session unblock', { ...withRecords({ blocks }, { blocked: true }), subject: blocked, repo: known });
    expect(saved(effects)).toMatchObject({ blocked: false, records: { blocks: [{ clearedAt: NOW }] } });
    expect(ofKind(effects, 'labels.remove')[0]?.labels).toEqual([{ name: 'blocked', id: 'LA_blocked' }]);
  });

  it('next: set, shown, cleared', () => {
    expect(saved(run('/session next call Bob'))?.records.next).toBe('call Bob');
    expect(saved(run('/session next --clear', withRecords({ next: 'call Bob' })))?.records.next).toBeNull();
    expect(reply(run('/session next', withRecords({ next: 'call *Bob*' })))).toContain('call \\*Bob\\*');
    expect(reply(run('/session next --clear'))).toContain('No next action was set');
  });

  it('plan: numbered over phases and criteria; nothing open is said so', () => {
    const text = reply(run('/session plan', withSession({ criteria: [{ text: 'fast', met: false }] })));
    const numbers = [...text.matchAll(/^(\d+)\. /gm)].map((match) => Number(match[1]));
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(text).toContain('. fast');
    expect(numbers.length).toBeGreaterThan(15);
  });

  it('abandon: the reason is the transition’s; said again after a crash it is done once', () => {
    const effects = run('/session abandon the vendor does it');
    expect(saved(effects)).toMatchObject({ state: 'abandoned', endedBy: 'asked' });
    const moves = effects.ledger.flatMap((effect) => (effect.kind === 'transition.add' ? [effect.transition] : []));
    expect(moves).toMatchObject([{ to: 'abandoned', who: 'alice', why: 'the vendor does it' }]);
    const own = ledger({ state: 'abandoned', endedBy: 'asked', endedAt: NOW }, { transitions: moves });
    const again = run('/session abandon the vendor does it', { own });
    expect(again.ledger.some((effect) => effect.kind === 'transition.add')).toBe(false);
    expect(reaction(again)).toBe('rocket');
  });

  it('persona: posted once, by a marker of its own', () => {
    const effects = run('/session persona OSCAR');
    expect(saved(effects)?.records.personas).toEqual(['oscar']);
    const posted = ofKind(effects, 'comment.create').filter(({ remember }) => remember?.role === 'persona oscar');
    expect(posted).toHaveLength(1);
    expect(posted[0]?.body).toMatch(/^<!-- playcaller:persona oscar -->/);
    const own = ledger({ records: { ...NO_RECORDS, personas: ['oscar'] } }, { artefacts: { 'persona oscar': 'IC_o' } });
    const comments = [{ id: 'IC_o', body: posted[0]?.body ?? '', ours: true, lastWriteOurs: true }];
    expect(reply(run('/session persona oscar', { own, subject: subject({ labels, comments }) }))).toContain(
      'in this thread already',
    );
    expect(
      ofKind(run('/session log x', { own }), 'comment.create').some(({ remember }) => remember?.role === 'persona oscar'),
    ).toBe(false);
    expect(
      ofKind(run('/session persona oscar', { own }), 'comment.create').some(({ remember }) => remember?.role === 'persona oscar'),
    ).toBe(true);
  });

  it('approve needs someone to wait for it', () => {
    const waiting = { state: 'planned' as const, startedAt: null, holds: [{ kind: 'approval' as const }] };
    expect(saved(run('/session approve', withSession(waiting)))).toMatchObject({
      state: 'active',
      records: { approved: { by: 'alice' } },
    });
    expect(reply(run('/session approve'))).toContain('needs no approval');
    expect(reply(run('/session approve', { ...withSession(waiting), permission: 'triage' }))).toContain('needs write');
  });

  it('no-code: as complete --no-code; not from abandoned, not with open criteria unless waived', () => {
    expect(saved(run('/session no-code it is in the wiki'))).toMatchObject({
      state: 'completed',
      evidence: { why: 'it is in the wiki' },
    });
    expect(reply(run('/session no-code x', withSession({ state: 'abandoned', endedAt: NOW })))).toContain(
      'only work that is under way',
    );
    const criteria = [{ text: 'fast', met: false }];
    const body = '## Acceptance criteria\n\n- [ ] fast\n';
    expect(reply(run('/session no-code x', { ...withSession({ criteria }), subject: subject({ labels, body }) }))).toContain(
      'still open',
    );
    const waivers = [{ ...said, item: 'criteria', why: 'a trial', headSha: null, sticky: true }];
    expect(
      saved(run('/session no-code x', { ...withRecords({ waivers }, { criteria }), subject: subject({ labels, body }) }))?.state,
    ).toBe('completed');
  });

  it('on the pull request of a session: written into that session, whose lane shows it', () => {
    const pull = {
      own: null,
      served: ledger({ number: 9 }),
      subject: subject({ number: 5, onPull: true, labels: [], pulls: [linked()] }),
    };
    const effects = run('/session accept fast', pull);
    expect(saved(effects)).toMatchObject({ number: 9, version: 4, records: { accepted: [{ id: 'accept-1' }] } });
    expect(wakesOf(effects)).toContain('acme/shop#9');
    for (const line of ['abandon x', 'unblock', 'persona oscar']) expect(reply(run(`/session ${line}`, pull))).toContain('on #9');
  });
});
