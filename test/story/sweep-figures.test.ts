/** What a sweep counted, asked for as JSON with people's own tokens and read by Prometheus; the list after a merge (W11, W12). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openIssues } from '../../src/sandbox/story/hands.ts';
import { marked } from '../../src/sandbox/story/looks.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { GOOD_BODY, openPull, type Stage, setStage } from './stage.ts';

let stage: Stage;
let done = 0;
let open = 0;
beforeAll(async () => {
  stage = await setStage();
  const { alice } = stage.people;
  [done = 0, open = 0] = await openIssues(alice, ['Count the stock', 'Print the invoice']);
  for (const number of [done, open]) {
    await label(alice, number, 'session:bug-fix');
    await stage.settled();
  }
  const pull = {
    branch: 'count',
    path: 'src/count.ts',
    content: 'export const count = 1;\n',
    title: 'fix: count the stock once',
  };
  const number = await openPull(alice, { ...pull, body: GOOD_BODY(done) });
  await stage.settled();
  await alice.rest.issues.createComment({ ...SHOP, issue_number: open, body: '/session block waits for paper on @carol' });
  await alice.rest.pulls.merge({ ...SHOP, pull_number: number, merge_method: 'squash' });
  await stage.settled();
});
afterAll(() => stage.close());

const ask = async (path: string, login: string | null) => {
  const headers: Record<string, string> = login === null ? {} : { authorization: `Bearer sandbox-${login}` };
  const answer = await fetch(`${stage.app.settings.url}${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
};

describe('after the merge', () => {
  it('the record ends with the three things to see to within 48 hours, as boxes that people tick', async () => {
    const [record] = await marked(stage.people.alice, done, '<!-- playcaller:record -->');
    const ids = [...(record?.body ?? '').matchAll(/^- \[ \] .+ <!-- step:([\w-]+) -->$/gm)].map(([, id]) => id);
    expect(ids).toEqual(['after-smoke', 'after-monitors', 'after-lessons']);
    const ticked = (record?.body ?? '').replace(/- \[ \](.*after-smoke)/, '- [x]$1');
    await stage.people.bob.rest.issues.updateComment({ ...SHOP, comment_id: record?.id ?? 0, body: ticked });
    await stage.settled();
    expect((await marked(stage.people.alice, done, '<!-- playcaller:record -->'))[0]?.body).toBe(ticked);
  });
});

describe('figures', () => {
  it('none before the first sweep', async () => {
    expect((await ask('/api/sweeps/acme/shop', 'dave')).status).toBe(404);
    expect((await ask('/metrics', null)).text).not.toContain('playcaller_sessions{');
  });

  it('after it, for whoever may read the repository', async () => {
    const { alice } = stage.people;
    await alice.rest.issues.createComment({ ...SHOP, issue_number: open, body: '/session sweep' });
    await stage.settled();
    const { status, text } = await ask('/api/sweeps/acme/shop', 'dave');
    expect(status).toBe(200);
    const { repo, cycle, metrics } = JSON.parse(text);
    expect([repo, cycle]).toEqual(['acme/shop', 1]);
    expect(metrics).toMatchObject({ open: 1, archived: 1, blocked: 1, pullsOpened: 1, pullsMerged: 1 });
    expect(metrics.medianHoursToPull).toBeGreaterThanOrEqual(0);
    expect((await ask('/api/sweeps/acme/shop', null)).status).toBe(401);
    expect((await ask('/api/sweeps/acme/nowhere', 'mallory')).status).toBe(404);
  });

  it('and for Prometheus', async () => {
    const { text } = await ask('/metrics', null);
    expect(text).toContain('playcaller_sessions{repo="acme/shop",state="active"} 1');
    expect(text).toContain('playcaller_sessions_blocked{repo="acme/shop"} 1');
    expect(text).toContain('playcaller_sweep_cycle{repo="acme/shop"} 1');
  });
});
