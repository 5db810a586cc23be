/** Sessions whose card is gone or not to be believed, put together from the rest; what people did to confuse it. */
import { describe, expect, it } from 'vitest';
import { decideRebuild } from '../../src/decide/rebuild/decide-rebuild.ts';
import type { SubjectFacts } from '../../src/model/facts.ts';
import type { FoundComment, FoundSession, RebuildFacts } from '../../src/model/rebuild.ts';
import { playbookComment } from '../../src/render/playbook/playbook-comment.ts';
import { linked, NOW, REPO, repo, session, subject } from '../decide/build.ts';

const CREATED = '2026-11-19T10:00:00Z';
const ID = '2026-11-20-cart-total-is-wrong';
const bugFix = repo().playbooks.find(({ type }) => type === 'bug-fix');
if (!bugFix) throw new Error('there is a playbook for bug fixes');
const steps = bugFix.phases.flatMap((phase) => phase.steps.map(({ id }) => id));

let ids = 0;
function comment(body: string, over: Partial<FoundComment> = {}): FoundComment {
  ids += 1;
  const author = { login: 'alice', bot: false };
  const quiet = { ours: false, lastWriteOurs: false, done: false, refused: false };
  return {
    id: `IC_${ids}`,
    body,
    author,
    createdAt: `2026-11-20T09:00:${String(ids % 60).padStart(2, '0')}Z`,
    ...quiet,
    ...over,
  };
}

const ours = (body: string, over: Partial<FoundComment> = {}) =>
  comment(body, { author: { login: 'playcaller', bot: true }, ours: true, lastWriteOurs: true, ...over });

const cardSaying = (id: string, state = '🚀 active') =>
  ours(
    `<!-- playcaller:card -->\n\n### Session \`${id}\` · ${state}\n\n| Playbook | bug-fix |\n|---|---|\n| Started | 2026-11-18 |`,
    {
      createdAt: '2026-11-20T08:00:00Z',
      lastWriteOurs: false,
    },
  );

function found(comments: FoundComment[], over: Partial<SubjectFacts> = {}): FoundSession {
  const card = comments.find(({ body }) => body.startsWith('<!-- playcaller:card')) ?? null;
  const issue = subject({ labels: ['session:bug-fix', 'state:active'], ...over, comments });
  return { subject: issue, createdAt: CREATED, closedAt: null, comments, card, state: null };
}

function facts(sessions: FoundSession[], over: Partial<RebuildFacts> = {}): RebuildFacts {
  const quiet = { pulls: new Map(), tracker: null, branches: [], cut: [] };
  return { now: NOW, repo: repo(), installationId: 7, sessions, permissions: new Map([['alice', 'write']]), ...quiet, ...over };
}

function only(one: FoundSession, over: Partial<RebuildFacts> = {}) {
  const { restoration } = decideRebuild(facts([one], over));
  const [own] = restoration.sessions;
  if (!own) throw new Error('no session came of it');
  return own;
}

describe('which session it is', () => {
  it('the card tells, though it was edited', () => {
    expect(only(found([cardSaying(ID)])).session).toMatchObject({
      id: ID,
      branch: `session/${ID}`,
      startedAt: '2026-11-18T00:00:00.000Z',
    });
  });

  it('without one, the playbook comment, the branch of its pull request, or the branch named after its title', () => {
    const playbook = ours(playbookComment(bugFix, new Set(), session({ id: '2026-11-20-from-playbook' })));
    expect(only(found([playbook])).session.id).toBe('2026-11-20-from-playbook');
    const pull = linked({ headRef: 'session/2026-11-20-from-pull' });
    expect(only(found([], { pulls: [pull] })).session.id).toBe('2026-11-20-from-pull');
    const branches = ['session/2026-11-17-something-else', `session/${ID}-2`];
    expect(only(found([]), { branches }).session.id).toBe(`${ID}-2`);
  });

  it('with nothing left, it gets an id as a new one would', () => {
    expect(only(found([])).session.id).toBe('2026-11-19-cart-total-is-wrong');
  });

  it('a card that was made to name another session does not get its id', () => {
    const issues = [found([cardSaying(ID)], { number: 1 }), found([cardSaying(ID)], { number: 2, id: 'I_2' })];
    const { restoration } = decideRebuild(facts(issues));
    const [first, second] = restoration.sessions.map((own) => own.session);
    expect(first?.id).toBe(ID);
    expect(second?.id).not.toBe(ID);
  });

  it('an id that is no safe branch is not taken over', () => {
    expect(only(found([cardSaying('../../main')])).session.id).toBe('2026-11-20-cart-total-is-wrong');
  });

  it('without a type there is no session, and it is said', () => {
    const rebuilt = decideRebuild(facts([found([], { labels: ['state:active'] })]));
    expect(rebuilt.restoration.sessions).toEqual([]);
    expect(rebuilt.lost).toEqual([1]);
  });
});

describe('where it stands', () => {
  it.each([
    [['session:bug-fix', 'state:planned'], {}, { state: 'planned', startedAt: null, endedAt: null }],
    [
      ['session:bug-fix', 'state:completed'],
      { pulls: [linked({ state: 'merged', mergeSha: 'm' })] },
      { state: 'completed', evidence: { kind: 'merged', pull: 5 } },
    ],
    [['session:bug-fix', 'state:completed'], {}, { state: 'completed', evidence: { kind: 'no-code', by: 'Playcaller' } }],
    [['session:bug-fix', 'state:abandoned'], { state: 'closed' as const }, { state: 'abandoned', endedBy: 'closed' }],
    [['session:bug-fix', 'state:abandoned'], {}, { state: 'abandoned', endedBy: 'asked' }],
  ])('labels %j', (labels, over, expected) => {
    expect(only(found([], { labels, ...over })).session).toMatchObject(expected);
  });

  it('of several state labels the card decides; without labels too', () => {
    const labels = ['session:bug-fix', 'state:planned', 'state:active'];
    expect(only(found([cardSaying(ID)], { labels })).session.state).toBe('active');
    expect(only(found([cardSaying(ID, '🗄️ abandoned')], { labels: ['session:bug-fix'] })).session.state).toBe('abandoned');
    expect(only(found([cardSaying(ID, '✅ completed')], { labels: ['session:bug-fix', 'state:active'] })).session.state).toBe(
      'active',
    );
  });

  it('ticks are those of the playbook comment, and the pull requests are to be judged anew', () => {
    const ticked = new Set(steps.slice(0, 2));
    const own = only(found([ours(playbookComment(bugFix, ticked, session()), { lastWriteOurs: false })], { pulls: [linked()] }));
    expect(own.session.ticks).toEqual(steps.slice(0, 2));
    expect(own.pulls).toMatchObject([{ number: 5, session: 1, verdict: null }]);
  });

  it('its moves end where it stands, and its worklog says that it was restored', () => {
    const own = only(found([cardSaying(ID)]));
    expect(own.transitions.map(({ from, to }) => [from, to])).toEqual([
      [null, 'planned'],
      ['planned', 'active'],
    ]);
    expect(own.worklog.at(-1)).toMatchObject({ key: expect.stringContaining('restored:'), who: 'Playcaller' });
  });
});

describe('the commands of its thread', () => {
  const log = (text: string, over: Partial<FoundComment> = {}) => comment(`/session log ${text}`, { done: true, ...over });
  const texts = (one: FoundSession, over = {}) =>
    only(one, over)
      .worklog.slice(0, -1)
      .map(({ who, text }) => `${who}: ${text}`);

  it('are said again when we did them, by those who may', () => {
    const comments = [
      cardSaying(ID),
      log('one'),
      log('refused then', { done: false, refused: true }),
      log('never seen', { done: false }),
      log('by an outsider', { author: { login: 'mallory', bot: false } }),
      log('by a bot', { author: { login: 'ci', bot: true } }),
      comment('```\n/session log in code\n```', { done: true }),
      comment('/session accept Offline too\n\n/session nonsense', { done: true }),
    ];
    const own = only(found(comments));
    expect(texts(found(comments))).toEqual(['alice: one', expect.stringContaining('Offline too')]);
    expect(own.session.records.accepted).toMatchObject([{ id: 'accept-1', text: 'Offline too', by: 'alice' }]);
    expect(own.session.criteria).toMatchObject([{ text: 'Offline too', met: false }]);
  });

  it('change no state: labels are what counts', () => {
    const abandon = comment('/session abandon no time', { done: true });
    expect(only(found([cardSaying(ID), abandon])).session).toMatchObject({ state: 'active', endedBy: null });
    const own = only(
      found([comment('/session complete --no-code wiki', { done: true })], { labels: ['session:bug-fix', 'state:completed'] }),
    );
    expect(own.session.evidence).toEqual({ kind: 'no-code', why: 'wiki', by: 'alice' });
  });

  it('that we answered, well or not, are not done again after the restore', () => {
    const answered = [comment('/session log one\n/session types', { done: true }), comment('/session tpyes', { refused: true })];
    const { restoration } = decideRebuild(facts([found([cardSaying(ID), ...answered, comment('/session log open')])]));
    expect(restoration.done.map(({ line }) => line)).toEqual(['/session log one', '/session types', '/session tpyes']);
  });
});

describe('what belongs to the repository', () => {
  it('artefacts are known by their markers, replies are not', () => {
    const comments = [
      cardSaying(ID),
      ours('<!-- playcaller:playbook -->\n- [ ] x'),
      ours('<!-- playcaller:persona dana -->\nquestions'),
      ours('<!-- playcaller:reply similar:x -->\nsimilar'),
      ours('<!-- playcaller:reply other -->\nno'),
      comment('<!-- playcaller:record -->\nnot ours'),
    ];
    expect(only(found(comments)).artefacts).toEqual({
      card: comments[0]?.id,
      playbook: comments[1]?.id,
      'persona dana': comments[2]?.id,
      similar: comments[3]?.id,
    });
  });

  it('cycles and the day’s sweep come from the tracker', () => {
    const sweep = ours('<!-- playcaller:sweep 2026-11-20 -->\n## Sweep of 2026-11-20 · cycle 12\n', {
      createdAt: '2026-11-20T07:00:01Z',
    });
    const forged = comment('<!-- playcaller:sweep 2026-11-21 -->\n## Sweep of 2026-11-21 · cycle 99\n');
    const { restoration } = decideRebuild(facts([], { tracker: { id: 'I_9', comments: [sweep, forged] } }));
    expect(restoration.cycles).toEqual([{ repo: REPO, day: '2026-11-20', number: 12, startedAt: '2026-11-20T07:00:01.000Z' }]);
    expect(restoration.artefacts).toEqual({ tracker: 'I_9', 'sweep:2026-11-20': sweep.id });
  });
});
