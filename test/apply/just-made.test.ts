/** GitHub's reads lag: what was just made, or may have been, is not made again because it is not shown yet. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import type { Writing } from '../../src/apply/writing.ts';
import { RateLimited, Unavailable } from '../../src/github/errors.ts';
import type { GitHubClient } from '../../src/github/types.ts';
import type { Effects, GitHubEffect } from '../../src/model/effect.ts';
import { SHOP, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.mended());
afterAll(() => stage.close());

let nowMs = Date.now();
const effects = (...github: GitHubEffect[]): Effects => ({ ledger: [], github, after: [] });
const say = (subjectId: string, body: string): GitHubEffect => ({ kind: 'comment.create', subjectId, body, remember: null });

async function scene(): Promise<{ id: string; number: number; writing: Writing; bodies(): Promise<string[]> }> {
  const { id, number } = await stage.issue();
  const writing = { ...(await stage.writing(number)), now: () => new Date(nowMs) };
  const bodies = async () =>
    (await stage.alice.rest.issues.listComments({ ...SHOP, issue_number: number })).data.map(({ body }) => body ?? '');
  return { id, number, writing, bodies };
}

describe('a comment is not made again', () => {
  it.each([
    ['after an answer that was lost', { dropAfterWrite: true }],
    ['after an answer in GitHub’s words for a time-out', { graphql: 'timed-out' }],
    ['after an answer that was cut', { truncate: 'cut' }],
    ['after it was made', null],
  ])('%s', async (_, fault) => {
    const { id, writing, bodies } = await scene();
    const card = effects(say(id, '<!-- playcaller:card -->\nfirst words'));
    if (fault) await stage.fault({ match: '#Apply$', times: 1, ...fault });
    await apply(card, writing).catch(() => undefined);
    const again = effects(say(id, '<!-- playcaller:card -->\nother words'), say(id, 'something else'));
    await expect(apply(again, writing)).rejects.toThrow(Unavailable);
    expect(await bodies()).toEqual(['<!-- playcaller:card -->\nfirst words']);
  });
});

describe('after a lost answer nobody tries again before GitHub surely shows what was written', () => {
  const lost = { match: '#Apply$', times: 1, dropAfterWrite: true };

  it('five seconds for what would stand there twice', async () => {
    const { id, writing } = await scene();
    await stage.fault(lost);
    await expect(apply(effects(say(id, 'once')), writing)).rejects.toMatchObject({ kind: 'unavailable', settlesMs: 5_000 });
  });

  it('at once for what may be written again', async () => {
    const { id, writing } = await scene();
    await stage.fault(lost);
    const close: GitHubEffect = { kind: 'issue.update', issueId: id, state: 'closed' };
    await expect(apply(effects(close), writing)).rejects.toMatchObject({ kind: 'unavailable', settlesMs: 0 });
  });
});

describe('after a limit that was met half-way', () => {
  const comments = (id: string, count: number) => Array.from({ length: count }, (_, at) => say(id, `one of ${count}: ${at}`));

  /** Writes, and meets a limit of a second at the request of this number. @returns how long the work is to wait, in ms */
  async function limited(request: number, github: GitHubEffect[], writing: Writing): Promise<number> {
    const { client } = writing;
    let requests = 0;
    const limiting: GitHubClient = {
      ...client,
      async graphql(...asked) {
        requests += 1;
        if (requests === request) await stage.fault({ match: '#Apply$', times: 1, secondaryLimit: 1 });
        return client.graphql(...asked);
      },
    };
    const before = Date.now();
    const error = await apply(effects(...github), { ...writing, client: limiting, now: () => new Date() }).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof RateLimited)) throw new Error('no limit was met', { cause: error });
    return error.untilMs - before;
  }

  it('nobody goes on before GitHub surely shows the first half', async () => {
    const { id, writing, bodies } = await scene();
    expect(await limited(2, comments(id, 21), writing)).toBeGreaterThanOrEqual(5_000);
    expect(await bodies()).toHaveLength(20);
  });

  it('met by the first request, it is as long as GitHub says', async () => {
    const { id, writing, bodies } = await scene();
    expect(await limited(1, comments(id, 3), writing)).toBeLessThan(5_000);
    expect(await bodies()).toEqual([]);
  });
});

describe('it is made', () => {
  it('as soon as a limit is over that let nothing through', async () => {
    const { id, writing, bodies } = await scene();
    const card = effects(say(id, '<!-- playcaller:card -->\nwords'));
    await stage.fault({ match: '#Apply$', times: 1, secondaryLimit: 1 });
    await expect(apply(card, writing)).rejects.toThrow(RateLimited);
    await apply(card, writing);
    expect(await bodies()).toHaveLength(1);
  });

  it('when the facts still do not show it some seconds later: somebody deleted it, or it never was', async () => {
    const { id, writing, bodies } = await scene();
    const card = effects(say(id, '<!-- playcaller:card -->\nwords'));
    await stage.fault({ match: '#Apply$', times: 1, status: 502 });
    await apply(card, writing).catch(() => undefined);
    await expect(apply(card, writing)).rejects.toThrow('not shown yet');
    nowMs += 6_000;
    await apply(card, writing);
    expect(await bodies()).toHaveLength(1);
  });

  it('at once after GitHub refused it', async () => {
    const { id, writing, bodies } = await scene();
    const tooLong = effects(say(id, `<!-- playcaller:card -->\n${'x'.repeat(70_000)}`));
    await expect(apply(tooLong, writing)).rejects.toThrow();
    await apply(effects(say(id, '<!-- playcaller:card -->\nshort')), writing);
    expect(await bodies()).toEqual(['<!-- playcaller:card -->\nshort']);
  });

  it('where it is another one: other markers, another thread', async () => {
    const [one, other] = [await scene(), await scene()];
    await apply(effects(say(one.id, '<!-- playcaller:card -->')), one.writing);
    await apply(effects(say(one.id, '<!-- playcaller:playbook -->')), one.writing);
    await apply(effects(say(other.id, '<!-- playcaller:card -->')), other.writing);
    expect([await one.bodies(), await other.bodies()].map(({ length }) => length)).toEqual([2, 1]);
  });
});
