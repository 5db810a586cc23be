/** The verdict as JSON: whoever may read the repository gets it whole, all others get the same few words (G8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import type { PullDetail } from '../../src/model/verdict.ts';
import type { Ledger } from '../../src/store/ledger-types.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import type { Access } from '../../src/web/permitted.ts';
import { facts, HEAD, pull } from '../gate/facts.ts';
import { temporaryStore } from '../intake/deliver.ts';
import { leaseOf, REPO, pull as record } from '../store/samples.ts';

const AT = '2030-05-01T08:00:00.000Z';
const fault = { file: '.github/playcaller.yml', line: 4, column: 1, field: 'gate', message: 'unknown key' };
const secret = { path: 'a.json', line: 3, kind: 'GitHub token' };

function detail(number: number, more: Partial<Parameters<typeof pull>[0]> = {}): PullDetail {
  const judged = pull({ number, title: 'stuff & <b>', siblings: [9], ...more });
  const { scan, files: _files, ...stored } = judged;
  const open = judged.state === 'open';
  const given = { ...judged, scan: { ...scan, secrets: [secret] } };
  const verdict = open ? { ...verdictOf(facts({ pull: given })), faults: [fault] } : null;
  return { repo: REPO, number, headSha: HEAD, at: AT, pull: stored, verdict };
}

let store: Awaited<ReturnType<typeof temporaryStore>>;
beforeAll(async () => {
  store = await temporaryStore();
  const lease = await leaseOf(store.store, 1);
  const known = [
    [detail(5, { draft: true }), 'open'],
    [detail(6, { state: 'merged' }), 'merged'],
    [detail(7), 'closed'],
  ] as const;
  const effects = known.flatMap(([one, state]) => [
    { kind: 'detail.save', detail: one } as const,
    { kind: 'pull.save', pull: record(one.number, { state, headSha: HEAD }) } as const,
  ]);
  await store.store.ledger.commit(lease, effects);
});
afterAll(() => store.remove());

const READERS: Record<string, Access> = {
  reader: { kind: 'readable', name: REPO },
  outsider: { kind: 'unreadable' },
  stale: { kind: 'bad-token' },
  unlucky: { kind: 'unknown', retryAfterSeconds: 42 },
};

function get(path: string, headers: Record<string, string> = {}, ledger: () => Pick<Ledger, 'detail' | 'pull'> | null = open) {
  const asked: string[] = [];
  const access = async (token: string, repo: string): Promise<Access> => {
    asked.push(`${token} ${repo}`);
    return READERS[token] ?? { kind: 'bad-token' };
  };
  const web = createWeb({
    metrics: createMetrics({ figures: () => null }),
    unready: async () => null,
    stuck: () => null,
    verdicts: { ledger, access },
    sweeps: { ledger: () => null, access },
  });
  return Object.assign(Promise.resolve(web.request(path, { headers })), { asked });
}
const open = () => store.store.ledger;
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const PATH = '/api/verdicts/acme/shop/5';

describe('for a reader', () => {
  it('all of it', async () => {
    const answer = await get(PATH, as('reader'));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'private, no-cache',
      vary: 'Authorization',
      etag: expect.stringMatching(/^"\w+"$/),
    });
    const said = JSON.parse(await answer.text());
    expect(said).toMatchObject({
      repo: REPO,
      number: 5,
      title: 'stuff & <b>',
      url: pull().url,
      headSha: HEAD,
      state: 'waiting',
      at: AT,
      draft: true,
      faults: [fault],
      sharesHeadWith: [9],
    });
    const hygiene = said.items.find((item: { id: string }) => item.id === 'hygiene');
    expect(Object.keys(hygiene)).toEqual(['id', 'title', 'level', 'status', 'evidence', 'mend', 'annotations']);
    expect(hygiene).toMatchObject({ level: 'required', status: 'fail', annotations: [{ path: 'a.json', line: 3 }] });
  });

  it('not again while it is the same', async () => {
    const first = await get(PATH, as('reader'));
    const again = await get(PATH, { ...as('reader'), 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
    const other = await get(PATH, { ...as('outsider'), 'if-none-match': first.headers.get('etag') ?? '' });
    expect(other.status).toBe(404);
  });

  it.each([
    ['6', 'merged'],
    ['7', 'closed'],
  ])('#%s is %s: no items any more', async (number, state) => {
    const answer = await get(`/api/verdicts/acme/shop/${number}`, as('reader'));
    expect(JSON.parse(await answer.text())).toMatchObject({ state, items: [], faults: [], at: AT });
  });

  it("under the repository's name as GitHub writes it", async () => {
    expect((await get('/api/verdicts/ACME/Shop/5', as('reader'))).status).toBe(200);
  });

  it.each(['Bearer reader', 'token reader', 'bearer   reader', 'TOKEN reader'])('%s', async (authorization) => {
    expect((await get(PATH, { authorization })).status).toBe(200);
  });
});

describe('refused', () => {
  it.each([
    ['nothing', undefined],
    ['another scheme', 'Basic cmVhZGVyOg=='],
    ['an empty token', 'Bearer '],
    ['two words', 'Bearer reader too'],
    ['a huge token', `Bearer ${'x'.repeat(5000)}`],
  ])('401 with %s, and GitHub is not asked', async (_, authorization) => {
    const request = get(PATH, authorization === undefined ? {} : { authorization });
    const answer = await request;
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="GitHub token"');
    expect(await answer.json()).toEqual({ message: expect.stringContaining('Authorization: Bearer') });
    expect(request.asked).toEqual([]);
  });

  it('401 with a token that GitHub does not know', async () => {
    const answer = await get(PATH, as('stale'));
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="GitHub token", error="invalid_token"',
    ]);
  });

  it('404 with the same words, whatever is the matter', async () => {
    const answers = [
      await get(PATH, as('outsider')),
      await get('/api/verdicts/acme/shop/404', as('outsider')),
      await get('/api/verdicts/acme/shop/404', as('reader')),
    ];
    const said = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text(), [...answer.headers]]));
    expect(said[0]?.[0]).toBe(404);
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });

  it.each([
    '/api/verdicts/acme/shop/0',
    '/api/verdicts/acme/shop/x',
    '/api/verdicts/acme/shop/-1',
    '/api/verdicts/acme/shop/1e3',
    '/api/verdicts/acme/shop/99999999999',
    '/api/verdicts/acme/../5',
    '/api/verdicts/acme/%2e%2e/5',
    '/api/verdicts/ac%2Fme/shop/5',
    '/api/verdicts/acme%00/shop/5',
    `/api/verdicts/acme/${'x'.repeat(200)}/5`,
    '/api/verdicts/-/shop/5',
    '/api/verdicts/%ZZ/shop/5',
  ])('%s: nonsense is never asked about', async (path) => {
    const request = get(path, as('reader'));
    expect([400, 404]).toContain((await request).status);
    expect(request.asked).toEqual([]);
  });

  it('503 with the time to come back, when GitHub or the store cannot be asked', async () => {
    const github = await get(PATH, as('unlucky'));
    expect([github.status, github.headers.get('retry-after')]).toEqual([503, '42']);
    const closed = await get(PATH, as('reader'), () => null);
    expect([closed.status, closed.headers.get('retry-after')]).toEqual([503, '5']);
    const away = { detail: () => Promise.reject(new Error('secret path')), pull: () => Promise.reject(new Error('x')) };
    const broken = await get(PATH, as('reader'), () => away);
    expect([broken.status, await broken.text()]).toEqual([503, expect.not.stringContaining('secret path')]);
  });
});
