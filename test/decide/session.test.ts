import { describe, expect, it } from 'vitest';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';
import { decideSubject } from '../../src/decide/subject.ts';
import { playbookComment } from '../../src/render/playbook/playbook-comment.ts';
import { change, facts, labelled, ledger, linked, NOW, ofKind, record, repo, saved, session, subject, wakesOf } from './build.ts';

const bugFix = loadBuiltInPlaybooks().find((playbook) => playbook.type === 'bug-fix');
if (!bugFix) throw new Error('the bug-fix playbook is built in');
const steps = bugFix.phases.flatMap((phase) => phase.steps.map((step) => step.id));

describe('a session begins (L1, L4, L5)', () => {
  it('with label, branch, card and playbook when a slot is free', () => {
    const effects = decideSubject(facts(), [labelled('session:bug-fix')]);
    expect(saved(effects)).toMatchObject({ state: 'active', id: '2026-11-21-cart-total-is-wrong', version: 1, startedAt: NOW });
    expect(ofKind(effects, 'labels.add')[0]?.labels).toEqual([{ name: 'state:active', id: 'LA_state:active' }]);
    expect(ofKind(effects, 'branch.create')[0]?.name).toBe('session/2026-11-21-cart-total-is-wrong');
    expect(ofKind(effects, 'comment.create').map((effect) => effect.remember?.role)).toEqual(['card', 'playbook']);
    expect(effects.ledger).toContainEqual(
      expect.objectContaining({ kind: 'session.save', claim: { capacity: 15, reserve: 1, fastLane: false } }),
    );
    const moves = effects.ledger
      .filter((effect) => effect.kind === 'transition.add')
      .map(({ transition }) => [transition.from, transition.to, transition.who]);
    expect(moves).toEqual([
      [null, 'planned', 'alice'],
      ['planned', 'active', 'Playcaller'],
    ]);
  });

  it('planned, with its place, when the slots are taken; the reserve is for the fast lane', () => {
    const full = { active: 14, activeFastLane: 0, queue: [2, 3] };
    const ordinary = decideSubject(facts({ slots: full }), [labelled('session:bug-fix')]);
    expect(saved(ordinary)?.state).toBe('planned');
    expect(ofKind(ordinary, 'branch.create')).toEqual([]);
    expect(ofKind(ordinary, 'comment.create')[0]?.body).toContain('place 3');
    const fast = facts({ slots: full, subject: subject({ labels: ['session:bug-fix', 'fast-lane'] }) });
    expect(saved(decideSubject(fast, []))?.state).toBe('active');
    const over = facts({ slots: { ...full, active: 15 }, subject: subject({ labels: ['session:bug-fix', 'fast-lane'] }) });
    expect(saved(decideSubject(over, []))?.state).toBe('planned');
  });

  it('not ahead of those that wait', () => {
    const effects = decideSubject(facts({ slots: { active: 13, activeFastLane: 0, queue: [9] } }), []);
    expect(saved(effects)?.state).toBe('planned');
  });

  it('not with two start labels, an unknown one, or on a closed issue; one reply says why', () => {
    const two = facts({ subject: subject({ labels: ['session:feature', 'session:bug-fix'] }) });
    const reply = ofKind(decideSubject(two, []), 'comment.create')[0]?.body ?? '';
    expect(reply).toContain('session:bug-fix');
    expect(reply).toContain('session:feature');
    const again = {
      ...two,
      subject: { ...two.subject, comments: [{ id: 'IC_9', body: reply, ours: true, lastWriteOurs: true }] },
    };
    expect(decideSubject(again, []).github).toEqual([]);
    const unknown = decideSubject(facts({ subject: subject({ labels: ['session:bugfix'] }) }), []);
    expect(ofKind(unknown, 'comment.create')[0]?.body).toContain('session:bug-fix');
    expect(decideSubject(facts({ subject: subject({ state: 'closed' }) }), [])).toEqual({ ledger: [], github: [], after: [] });
  });

  it.each([
    ['x'.repeat(500), /^2026-11-21-x{1,}$/],
    ['🚀🚀🚀', /^2026-11-21-work$/],
    ['Ünïcode — naïve façade', /^2026-11-21-unicode-naive-facade$/],
    ['../../etc/passwd..lock~^:?*[\\', /^2026-11-21-etc-passwd-lock$/],
    ['\u202Eevil\u200B title', /^2026-11-21-evil-title$/],
  ])('with a branch that git takes, from the title %j', (title, pattern) => {
    const born = saved(decideSubject(facts({ subject: subject({ title }) }), []));
    expect(born?.id).toMatch(pattern);
    expect(born?.branch.length).toBeLessThanOrEqual(60);
  });

  it('with an id of its own when the title was used before', () => {
    const taken = ['2026-11-21-cart-total-is-wrong', '2026-11-21-cart-total-is-wrong-2'];
    expect(saved(decideSubject(facts({ takenIds: taken }), []))?.id).toBe('2026-11-21-cart-total-is-wrong-3');
  });
});

describe('a session goes on', () => {
  const settled = (over = {}) => {
    const first = decideSubject(facts({ now: '2026-11-20T08:00:00.000Z' }), []);
    const [card, playbook] = ofKind(first, 'comment.create');
    const own = ledger(saved(first) ?? {}, {
      transitions: first.ledger.flatMap((effect) => (effect.kind === 'transition.add' ? [effect.transition] : [])),
      worklog: first.ledger.flatMap((effect) => (effect.kind === 'worklog.add' ? [effect.entry] : [])),
    });
    const comments = [
      { id: 'IC_card', body: card?.body ?? '', ours: true, lastWriteOurs: true },
      { id: 'IC_playbook', body: playbook?.body ?? '', ours: true, lastWriteOurs: true },
    ];
    const shown = subject({
      labels: ['session:bug-fix', 'state:active'],
      comments,
      branch: { id: 'REF_1', sha: 'a'.repeat(40) },
      ...over,
    });
    return facts({ own, subject: shown, slots: { active: 1, activeFastLane: 0, queue: [] } });
  };

  it('and nothing is written when nothing differs (A3, A5)', () => {
    expect(decideSubject(settled(), [change()])).toEqual({ ledger: [], github: [], after: [] });
  });

  it('a tick moves the card, the playbook comment stays as people left it (L7)', () => {
    const before = settled();
    const body = (before.subject.comments[1]?.body ?? '').replace('- [ ]', '- [x]');
    before.subject.comments[1] = { id: 'IC_playbook', body, ours: true, lastWriteOurs: false };
    const effects = decideSubject(before, [change({ event: 'issue_comment.edited' })]);
    expect(ofKind(effects, 'comment.update').map((effect) => effect.commentId)).toEqual(['IC_card']);
    expect(ofKind(effects, 'comment.update')[0]?.body).toContain(`1 of ${steps.length} steps`);
    expect(saved(effects)?.ticks).toEqual([steps[0]]);
  });

  it('a tick that our own write overtook is put back (L7)', () => {
    const before = settled();
    const ours = before.subject.comments[1]?.body ?? '';
    const ticked = ours.replace('- [ ]', '- [x]');
    const effects = decideSubject(before, [
      change({ event: 'issue_comment.edited', edit: { commentId: 'IC_playbook', body: ticked, before: ours } }),
    ]);
    const written = ofKind(effects, 'comment.update').find((effect) => effect.commentId === 'IC_playbook');
    expect(written?.body).toContain('- [x]');
    expect(saved(effects)?.ticks).toEqual([steps[0]]);
  });

  it.each([
    ['by their edit, whoever else came after', 'bob', 'dave'],
    ['before its event has come', null, 'bob'],
  ])('a tick is told of as theirs who ticked: %s', (_, told, editedBy) => {
    const before = settled();
    const was = before.subject.comments[1]?.body ?? '';
    const body = was.replace('- [ ]', '- [x]');
    before.subject.comments[1] = { id: 'IC_playbook', body, ours: true, lastWriteOurs: false, editedBy };
    const edit = { commentId: 'IC_playbook', body, before: was };
    const edits = told === null ? [] : [change({ event: 'issue_comment.edited', sender: told, edit })];
    const effects = decideSubject(before, [...edits, change({ sender: told === null ? null : 'mallory' })]);
    const entries = effects.ledger.flatMap((effect) => (effect.kind === 'worklog.add' ? [effect.entry] : []));
    expect(entries.find(({ key }) => key.startsWith('ticks:'))?.who).toBe('bob');
  });

  it('ticks survive a new version of the playbook', () => {
    const before = settled();
    const mine = {
      ...bugFix,
      phases: bugFix.phases.map((phase, at) =>
        at === 0 ? { ...phase, steps: [...phase.steps, { id: 'extra', text: 'Extra', details: [] }] } : phase,
      ),
    };
    const own = before.own ? { ...before.own, session: { ...before.own.session, ticks: [steps[0] ?? ''] } } : null;
    const body = playbookComment(bugFix, new Set([steps[0] ?? '']), session());
    before.subject.comments[1] = { id: 'IC_playbook', body, ours: true, lastWriteOurs: false };
    const effects = decideSubject({ ...before, own, repo: repo({ playbooks: [mine] }) }, []);
    const written = ofKind(effects, 'comment.update').find((effect) => effect.commentId === 'IC_playbook');
    expect(written?.body).toContain('Extra');
    expect(written?.body.match(/- \[x\]/g)).toHaveLength(1);
  });

  it('a deleted card, label or playbook comment is made again', () => {
    const before = settled({ comments: [], labels: ['session:bug-fix'] });
    const effects = decideSubject(before, [change()]);
    expect(ofKind(effects, 'comment.create').map((effect) => effect.remember?.role)).toEqual(['card', 'playbook']);
    expect(ofKind(effects, 'labels.add')[0]?.labels.map((label) => label.name)).toEqual(['state:active']);
  });

  it('a start label deleted from the repository abandons nothing and is made again', () => {
    const before = settled({ labels: ['state:active'] });
    const without = repo({ labels: repo().labels.filter((label) => label.name !== 'session:bug-fix') });
    const effects = decideSubject({ ...before, repo: without }, []);
    expect(effects.ledger.some((effect) => effect.kind === 'transition.add')).toBe(false);
    expect(ofKind(effects, 'label.create').map((effect) => effect.name)).toEqual(['session:bug-fix']);
    expect(ofKind(effects, 'labels.add')[0]?.labels).toEqual([{ name: 'session:bug-fix', id: null }]);
  });

  it('its start label taken off before any work: abandoned, and the queue moves up (L1)', () => {
    const before = settled({ labels: ['state:active'] });
    const effects = decideSubject({ ...before, slots: { active: 1, activeFastLane: 0, queue: [7] } }, [
      labelled('session:bug-fix', 'off', 'bob'),
    ]);
    expect(saved(effects)).toMatchObject({ state: 'abandoned', endedBy: 'unlabelled' });
    expect(wakesOf(effects)).toContain('acme/shop#7');
    const transition = effects.ledger.find((effect) => effect.kind === 'transition.add')?.transition;
    expect(transition).toMatchObject({ who: 'bob', from: 'active', to: 'abandoned' });
  });

  it('its start label taken off after work began: put back, with the reason', () => {
    const before = settled({ labels: ['state:active'] });
    const own = before.own ? { ...before.own, pulls: [record()] } : null;
    const effects = decideSubject({ ...before, own }, [labelled('session:bug-fix', 'off', 'bob')]);
    expect(effects.ledger.some((effect) => effect.kind === 'transition.add')).toBe(false);
    expect(ofKind(effects, 'labels.add')[0]?.labels.map((label) => label.name)).toEqual(['session:bug-fix']);
    expect(ofKind(effects, 'comment.create')[0]?.body).toContain('put back');
  });

  it('closed without a merge: abandoned; reopened: planned and, with a free slot, active again', () => {
    const closed = settled({ state: 'closed', closeReason: 'not-planned' });
    const effects = decideSubject(closed, [change({ event: 'issues.closed' })]);
    expect(saved(effects)).toMatchObject({ state: 'abandoned', endedBy: 'closed' });
    const own = ledger({ ...saved(effects) });
    const reopened = settled();
    const back = decideSubject({ ...reopened, own }, [change({ event: 'issues.reopened' })]);
    expect(saved(back)?.state).toBe('active');
  });
});

describe('a moved state label is a request (L2)', () => {
  const ask = (state: string, over = {}, rest = {}) =>
    decideSubject(
      facts({
        own: ledger(over),
        subject: subject({ labels: ['session:bug-fix', 'state:active', `state:${state}`], ...rest }),
        slots: { active: 1, activeFastLane: 0, queue: [] },
      }),
      [labelled(`state:${state}`)],
    );

  it('legal: abandoned is done at once', () => {
    expect(saved(ask('abandoned'))).toMatchObject({ state: 'abandoned', endedBy: 'asked' });
  });

  it('illegal: undone, with the reason and the ways there are', () => {
    const effects = ask('completed');
    expect(effects.ledger.some((effect) => effect.kind === 'transition.add')).toBe(false);
    expect(ofKind(effects, 'labels.remove')[0]?.labels.map((label) => label.name)).toEqual(['state:completed']);
    const reply = ofKind(effects, 'comment.create').find((effect) => effect.remember === null)?.body;
    expect(reply).toContain('no merged pull request');
    expect(reply).not.toContain('@alice');
  });

  it('from completed nothing moves any more', () => {
    const effects = decideSubject(
      facts({
        own: ledger({ state: 'completed' }),
        subject: subject({ labels: ['session:bug-fix', 'state:completed', 'state:active'] }),
      }),
      [labelled('state:active')],
    );
    expect(ofKind(effects, 'labels.remove')[0]?.labels.map((label) => label.name)).toEqual(['state:active']);
    expect(saved(effects)?.state).toBe('completed');
  });
});

describe('completion needs evidence (L12)', () => {
  const merged = linked({ state: 'merged', mergeSha: 'c'.repeat(40), mergedBy: 'bob' });
  const done = (over = {}, rest = {}) =>
    decideSubject(
      facts({
        own: ledger(over, { pulls: [record()] }),
        subject: subject({
          state: 'closed',
          closeReason: 'completed',
          labels: ['session:bug-fix', 'state:active'],
          pulls: [merged],
          branch: { id: 'REF_1', sha: merged.headSha },
          ...rest,
        }),
        slots: { active: 14, activeFastLane: 0, queue: [8, 9] },
      }),
      [change({ event: 'issues.closed', sender: 'bob' })],
    );

  it('a merged pull request completes it: record, label, branch gone, next in line woken', () => {
    const effects = done();
    expect(saved(effects)).toMatchObject({ state: 'completed', evidence: { kind: 'merged', pull: 5 } });
    expect(ofKind(effects, 'branch.delete')).toHaveLength(1);
    const written = ofKind(effects, 'comment.create').find((effect) => effect.remember?.role === 'record');
    expect(written?.body).toContain(`${'a'.repeat(40)}...${'b'.repeat(40)}.patch`);
    expect(wakesOf(effects)).toEqual(expect.arrayContaining(['acme/shop#8', 'acme/shop#9']));
  });

  it('not while an acceptance criterion is open, and then the issue being closed abandons nothing', () => {
    const effects = done({}, { body: '## Acceptance criteria\n\n- [x] one\n- [ ] two\n' });
    expect(effects.ledger.some((effect) => effect.kind === 'transition.add')).toBe(false);
    expect(saved(effects)).toMatchObject({
      state: 'active',
      criteria: [
        { text: 'one', met: true },
        { text: 'two', met: false },
      ],
    });
  });

  it('a branch with commits after the merge stays', () => {
    expect(ofKind(done({}, { branch: { id: 'REF_1', sha: 'd'.repeat(40) } }), 'branch.delete')).toEqual([]);
  });

  it('not while another of its pull requests is open', () => {
    const open = linked({ number: 6, id: 'PR_6', url: 'https://github.com/acme/shop/pull/6' });
    expect(saved(done({}, { pulls: [merged, open] }))?.state).toBe('active');
  });
});
