/** Which merge group counts, by what events say, what the ledger remembers and what GitHub shows; and a commit's checks as facts. */
import { describe, expect, it } from 'vitest';
import type { CommitStateFragment } from '../../src/gather/generated/graphql.ts';
import { leftFacts, leftVariables } from '../../src/gather/left-commit.ts';
import { commitState } from '../../src/gather/map-checks.ts';
import { groupFacts, groupVariables } from '../../src/gather/merge-group.ts';
import type { MergeGroup, PullRecord } from '../../src/model/session.ts';
import type { ChangeInput, Trigger } from '../../src/model/trigger.ts';
import { pull as gatePull } from '../gate/facts.ts';
import { pull } from '../store/samples.ts';

const NOW = '2026-11-21T07:00:00.000Z';
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)];
const headRef = (sha: string) => `refs/heads/gh-readonly-queue/main/pr-5-${sha}`;

function told(headSha: string, ended = false): ChangeInput {
  const group = { headSha, headRef: headRef(headSha), ended };
  return { kind: 'change', event: 'merge_group.x', sender: 'alice', labels: [], isPull: true, group };
}
function trigger(...changes: ChangeInput[]): Trigger {
  return { kind: 'subject', repo: 'acme/shop', number: 5, installationId: 1, now: NOW, guid: 'g', changes };
}
const remembered = (headSha: string, at = '2026-11-21T06:59:30.000Z'): PullRecord => {
  const group: MergeGroup = { headSha, headRef: headRef(headSha), at };
  return pull(5, { group });
};

function fragment(oid: string, more: Partial<CommitStateFragment> = {}): CommitStateFragment {
  return { oid, statusCheckRollup: null, checkSuites: null, held: null, ...more };
}
async function read(given: Trigger, record: PullRecord | null, shown: { commit?: string; branch?: string }) {
  const { commit, branch } = shown;
  const home = {
    group: commit ? { __typename: 'Commit' as const, ...fragment(commit) } : null,
    groupBranch: branch ? { target: { oid: branch } } : null,
  };
  return (await groupFacts(home, given, record, async (one) => commitState(one, 7, null))).group ?? null;
}

describe('which group', () => {
  it('none: nothing is asked of GitHub', async () => {
    expect(groupVariables(trigger(), null)).toMatchObject({ hasGroup: false });
    expect(await read(trigger(), pull(5), {})).toBeNull();
  });

  it('the one that an event names, from now on; told twice, it is the same', async () => {
    expect(groupVariables(trigger(told(ONE)), null)).toMatchObject({
      groupSha: ONE,
      groupRef: headRef(ONE),
      hasGroup: true,
    });
    expect(await read(trigger(told(ONE), told(ONE)), null, { commit: ONE, branch: ONE })).toMatchObject({
      headSha: ONE,
      at: NOW,
      ended: false,
    });
    expect(await read(trigger(told(ONE)), remembered(ONE), { commit: ONE, branch: ONE })).toMatchObject({
      at: '2026-11-21T06:59:30.000Z',
    });
  });

  it('a newer one takes the place of the old; the end of the old does not end the new', async () => {
    const given = [trigger(told(TWO)), trigger(told(ONE, true), told(TWO)), trigger(told(TWO), told(ONE, true))];
    for (const one of given) {
      expect(await read(one, remembered(ONE), { commit: TWO, branch: TWO })).toMatchObject({
        headSha: TWO,
        ended: false,
        at: NOW,
      });
    }
  });

  it('ended, in whatever order it is told: looked at once more, as ended', async () => {
    const given = [trigger(told(ONE), told(ONE, true)), trigger(told(ONE, true), told(ONE)), trigger(told(ONE, true))];
    for (const one of given) expect(await read(one, null, { commit: ONE })).toMatchObject({ headSha: ONE, ended: true });
    expect(await read(trigger(told(ONE, true)), remembered(ONE), {})).toBeNull();
  });

  it('an event is believed for two minutes, whatever GitHub shows; then what is gone is gone', async () => {
    expect(await read(trigger(), remembered(ONE), {})).toMatchObject({ commit: null, ended: false });
    expect(await read(trigger(), remembered(ONE), { commit: ONE })).toMatchObject({ ended: false });
    const old = remembered(ONE, '2026-11-21T06:57:00.000Z');
    expect(await read(trigger(), old, { commit: ONE, branch: ONE })).toMatchObject({ ended: false });
    expect(await read(trigger(), old, { commit: ONE })).toMatchObject({ ended: true });
    expect(await read(trigger(), old, { commit: ONE, branch: TWO })).toMatchObject({ ended: true });
    expect(await read(trigger(), old, {})).toBeNull();
  });
});

describe('which commit was left behind', () => {
  const left = (given: Trigger, record: PullRecord | null) => {
    const { leftSha, hasLeft } = leftVariables(given, record);
    return hasLeft ? leftSha : null;
  };

  it('the trial that the ledger knew when a newer one comes, with or without a word of its end', () => {
    expect(left(trigger(told(ONE, true), told(TWO)), remembered(ONE))).toBe(ONE);
    expect(left(trigger(told(TWO)), remembered(ONE))).toBe(ONE);
    expect(left(trigger(told(ONE, true)), remembered(ONE))).toBeNull();
    expect(left(trigger(), remembered(ONE))).toBeNull();
  });

  it('one that was not seen to be finished, until it is', () => {
    const record = { ...remembered(TWO), left: { headSha: ONE, what: 'trial' as const } };
    expect(left(trigger(), record)).toBe(ONE);
    const { group: _over, ...over } = record;
    expect(left(trigger(), over)).toBe(ONE);
  });

  it('the head that waited, if it is the head no more and nobody else’s', async () => {
    const waits = pull(5, { verdict: 'waiting', headSha: ONE });
    expect(left(trigger(), waits)).toBe(ONE);
    expect(left(trigger(), pull(5, { verdict: 'pass', headSha: ONE }))).toBeNull();
    const node = { __typename: 'Commit' as const, checkSuites: { nodes: [] } };
    const facts = (headSha: string, others: PullRecord[], shown: typeof node | null = node) =>
      leftFacts({ left: shown }, trigger(), waits, gatePull({ number: 5, headSha }), { pullsAt: async () => [waits, ...others] });
    expect(await facts(TWO, [])).toEqual({ left: { headSha: ONE, what: 'head', ownCheck: null } });
    expect(await facts(ONE, [])).toEqual({});
    expect(await facts(TWO, [pull(6, { headSha: ONE })])).toEqual({});
    expect(await facts(TWO, [], null)).toEqual({});
  });
});

describe("a commit's checks", () => {
  type Suite = NonNullable<NonNullable<NonNullable<CommitStateFragment['held']>['nodes']>[number]>;
  const suite = (conclusion: Suite['conclusion'], over: Partial<Suite> = {}): Suite => ({
    conclusion,
    url: 'https://github.com/acme/shop/suites/1',
    app: { name: 'GitHub Actions', slug: 'github-actions', databaseId: 15368 },
    workflowRun: { event: 'pull_request', url: 'https://github.com/acme/shop/actions/runs/1', workflow: { name: 'CI' } },
    checkRuns: { totalCount: 0 },
    ...over,
  });
  const checksOf = (...nodes: Suite[]) => commitState(fragment(ONE, { held: { nodes } }), 7, null).checks;

  it('a workflow that waits for approval or could not start has no run, and is seen all the same', () => {
    expect(checksOf(suite('ACTION_REQUIRED'), suite('STARTUP_FAILURE', { workflowRun: null }), suite('SUCCESS'))).toMatchObject([
      { name: 'CI', state: 'action-required', url: 'https://github.com/acme/shop/actions/runs/1', workflow: 'CI (pull_request)' },
      { name: 'GitHub Actions', state: 'startup-failure', url: 'https://github.com/acme/shop/suites/1' },
    ]);
  });

  it('not counted twice where it has runs, and ours never', () => {
    const ours = { name: 'Playcaller', slug: 'playcaller', databaseId: 7 };
    expect(checksOf(suite('ACTION_REQUIRED', { checkRuns: { totalCount: 2 } }), suite('ACTION_REQUIRED', { app: ours }))).toEqual(
      [],
    );
  });

  it('ours is the newest of its name, whichever suite it is in', () => {
    const suite = (...ids: number[]) => ({
      checkRuns: {
        nodes: ids.map((databaseId) => ({
          id: `CR_${databaseId}`,
          databaseId,
          status: 'COMPLETED' as const,
          conclusion: 'FAILURE' as const,
          externalId: '#5 x',
        })),
      },
      configRuns: { nodes: [] },
    });
    const owned = (...nodes: ReturnType<typeof suite>[]) =>
      commitState(fragment(ONE, { checkSuites: { nodes } }), 7, null).ownCheck;
    expect(owned(suite(4), suite(9), suite(6))).toMatchObject({ id: 'CR_9', conclusion: 'failure' });
    expect(owned(suite(), suite(3))).toMatchObject({ id: 'CR_3' });
    expect(owned(suite())).toBeNull();
  });

  it('cut when a page is left, or a context is out of reach', () => {
    const page = (hasNextPage: boolean, nodes: null[]) =>
      fragment(ONE, { statusCheckRollup: { contexts: { totalCount: 1, pageInfo: { hasNextPage, endCursor: 'c' }, nodes } } });
    expect(commitState(page(false, []), 7, null).checksCut).toBe(false);
    expect(commitState(page(true, []), 7, null).checksCut).toBe(true);
    expect(commitState(page(true, []), 7, { contexts: [], cut: false }).checksCut).toBe(false);
    expect(commitState(page(false, [null]), 7, null).checksCut).toBe(true);
  });
});
