/** A merge group's verdict on plain facts (G5): what is inherited, what is judged on its commit, what is remembered. */
import { describe, expect, it } from 'vitest';
import type { GateFacts } from '../../src/decide/gate/types.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import { decideGroup, groupsToKeep } from '../../src/decide/pull/group.ts';
import type { GroupFacts, LaneFacts } from '../../src/model/lane-facts.ts';
import type { OwnCheck } from '../../src/model/pull-facts.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import type { ChangeInput } from '../../src/model/trigger.ts';
import { change, facts as lane } from '../decide/build.ts';
import { facts, HEAD, pull, ran, session } from './facts.ts';

const SHA = 'c'.repeat(40);
const NOW = '2026-01-06T07:00:00.000Z';
const RUNNING: OwnCheck = { id: 'CR_1', status: 'in-progress', conclusion: null, externalId: '#34 x' };

function group(over: Partial<GroupFacts> = {}, checks = [ran('build')], ownCheck: OwnCheck | null = null): GroupFacts {
  const commit = { sha: SHA, checks, checksCut: false, ownCheck };
  return {
    headSha: SHA,
    headRef: `refs/heads/gh-readonly-queue/main/pr-34-${'b'.repeat(40)}`,
    at: '2026-01-06T06:59:00.000Z',
    commit,
    ended: false,
    ...over,
  };
}

function decide(of: GroupFacts, given: GateFacts = facts({ now: NOW }), changes: ChangeInput[] = []) {
  const all: LaneFacts = lane({ now: NOW, group: of, pull: given.pull });
  const judged = given.pull.state === 'open' ? { facts: given, verdict: verdictOf(given) } : null;
  return { ...decideGroup(all, given.pull, judged, changes), kept: groupsToKeep(all, given.pull) };
}
const again = (run: string) => [change({ event: 'check_run.rerequested', again: { run, sha: SHA } })];
const output = (of: ReturnType<typeof decide>) => {
  const [effect] = of.github;
  if (effect?.kind !== 'check.create' && effect?.kind !== 'check.update') throw new Error('no check was written');
  return effect.output;
};

describe('the verdict', () => {
  it('passes where the pull request passed and the group’s CI is green, on the group’s commit', () => {
    const made = decide(group());
    expect(output(made)).toMatchObject({
      headSha: SHA,
      status: 'completed',
      conclusion: 'success',
      name: 'Playcaller / readiness',
    });
    expect(output(made).summary).toContain('green on `ccccccc`');
    expect(made.kept.group).toMatchObject({ headSha: SHA, at: '2026-01-06T06:59:00.000Z' });
  });

  it('CI of the head counts for nothing there, whatever it says', () => {
    const red = facts({ now: NOW, pull: pull({ checks: [ran('build', 'failure')] }) });
    expect(output(decide(group(), red)).conclusion).toBe('success');
    expect(output(decide(group({}, [ran('build', 'failure')]))).conclusion).toBe('failure');
  });

  it('content that fails or a draft fails the group, with the reasons; what waits is waited for', () => {
    const untitled = output(decide(group(), facts({ now: NOW, pull: pull({ title: 'stuff' }) })));
    expect(untitled).toMatchObject({ conclusion: 'failure', title: expect.stringContaining('title') });
    expect(output(decide(group(), facts({ now: NOW, pull: pull({ draft: true }) }))).conclusion).toBe('failure');
    expect(output(decide(group(), facts({ now: NOW, session: session({ state: 'planned' }) }))).status).toBe('in-progress');
  });

  it('no check yet: in progress, and a timer ends it; then it fails and names the event that workflows need', () => {
    const silent = decide(group({}, []));
    expect(output(silent).status).toBe('in-progress');
    expect(silent.ledger).toEqual([
      { kind: 'wake', lane: 'acme/shop#34', why: 'group-ci-deadline', at: '2026-01-06T07:29:00.000Z' },
    ]);
    const late = decide(group({ at: '2026-01-06T06:00:00.000Z' }, []));
    expect(output(late)).toMatchObject({ conclusion: 'failure', summary: expect.stringContaining('`merge_group`') });
    expect(late.ledger).toEqual([]);
  });

  it('a waiver of the head holds for its trial', () => {
    const waiver = { key: 'k', by: 'alice', at: NOW, item: 'ci', why: 'CI is down', headSha: HEAD, sticky: false };
    const waived = facts({ now: NOW, session: session({ records: { ...NO_RECORDS, waivers: [waiver] } }) });
    expect(output(decide(group({}, [ran('build', 'failure')]), waived)).conclusion).toBe('success');
  });
});

describe('one check run', () => {
  it('is changed, not made again, and not written when nothing changed', () => {
    expect(decide(group({}, undefined, RUNNING)).github).toMatchObject([{ kind: 'check.update', checkId: 'CR_1' }]);
    const { externalId } = output(decide(group()));
    const done: OwnCheck = { id: 'CR_1', status: 'completed', conclusion: 'success', externalId };
    expect(decide(group({}, undefined, done)).github).toEqual([]);
    expect(decide(group({}, undefined, done), facts({ now: NOW }), again('CR_1')).github).toMatchObject([
      { kind: 'check.create' },
    ]);
    expect(decide(group({}, undefined, done), facts({ now: NOW }), again('CR_7')).github).toEqual([]);
  });

  it('ended, or the pull request merged or closed: what still runs is finished, and nothing is remembered', () => {
    const merged = facts({ now: NOW, pull: pull({ state: 'merged' }) });
    for (const over of [decide(group({ ended: true }, [], RUNNING)), decide(group({}, [], RUNNING), merged)]) {
      expect(output(over)).toMatchObject({ conclusion: 'neutral', title: 'The merge queue has ended this trial' });
      // Remembered until a look sees that GitHub took it.
      expect(over).toMatchObject({ kept: { left: { headSha: SHA } }, ledger: [] });
      expect(over.kept).not.toHaveProperty('group');
    }
    const done: OwnCheck = { ...RUNNING, status: 'completed', conclusion: 'success' };
    expect(decide(group({ ended: true }, [], done))).toMatchObject({ github: [], kept: {} });
    expect(decide(group({ ended: true }, [], done)).kept).not.toHaveProperty('left');
    expect(decide(group({ ended: true }, [], null)).github).toEqual([]);
  });

  it('a trial that another took the place of: its check is finished too, and remembered until that is seen', () => {
    const next = group({ headSha: 'd'.repeat(40) });
    const left = { headSha: SHA, what: 'trial' as const, ownCheck: RUNNING };
    const decided = (given: Partial<LaneFacts>) => {
      const all = lane({ now: NOW, group: next, pull: pull(), ...given });
      const judged = { facts: facts({ now: NOW }), verdict: verdictOf(facts({ now: NOW })) };
      return { ...decideGroup(all, pull(), judged, []), kept: groupsToKeep(all, pull()) };
    };
    const both = decided({ left });
    expect(both.github).toMatchObject([
      { kind: 'check.update', checkId: 'CR_1', output: { headSha: SHA, conclusion: 'neutral' } },
      { kind: 'check.create', output: { headSha: 'd'.repeat(40) } },
    ]);
    expect(both.kept).toMatchObject({ group: { headSha: 'd'.repeat(40) }, left: { headSha: SHA } });
    const seen = decided({ left: { ...left, ownCheck: { ...RUNNING, status: 'completed', conclusion: 'neutral' } } });
    expect(seen.github).toMatchObject([{ kind: 'check.create' }]);
    expect(seen.kept).not.toHaveProperty('left');
    const alone = lane({ now: NOW, left, pull: pull() });
    expect(decideGroup(alone, pull(), null, []).github).toMatchObject([{ kind: 'check.update', checkId: 'CR_1' }]);
  });

  it('a commit that GitHub does not show yet is looked for again soon', () => {
    expect(decide(group({ commit: null }))).toMatchObject({
      github: [],
      ledger: [{ why: 'group-unseen', at: '2026-01-06T07:00:15.000Z' }],
      kept: { group: { headSha: SHA } },
    });
  });
});
