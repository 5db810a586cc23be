/** The module registry in a session (P5), and the pull requests that a completed session proposes (P5, L12). */
import { describe, expect, it } from 'vitest';
import { withStatus } from '../../src/config/edit-modules.ts';
import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import { loadModules } from '../../src/config/load-modules.ts';
import { session as sessionItem } from '../../src/decide/gate/session.ts';
import { moduleLine, moduleView } from '../../src/decide/session/module.ts';
import { decideSubject } from '../../src/decide/subject.ts';
import type { LaneFacts, Proposals } from '../../src/model/lane-facts.ts';
import type { Module, Registry } from '../../src/model/module.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import { moduleBlock } from '../../src/render/session/module.ts';
import { pull } from '../gate/facts.ts';
import { change, facts, ledger, NOW, ofKind, repo, session, subject, wakesOf } from './build.ts';

const module = (id: string, status: Module['status'], depends: string[] = []): Module => ({
  id,
  name: id.toUpperCase(),
  status,
  depends,
});
const registry = (...modules: Module[]): Registry => ({ modules, text: '' });
const cart = registry(
  module('cart', 'partial', ['payments', 'stock']),
  module('payments', 'missing'),
  module('stock', 'present'),
);
const on = (id: string | null, over: Parameters<typeof session>[0] = {}) =>
  session({ type: 'feature', records: { ...NO_RECORDS, module: id }, ...over });
const shown = (...args: [Parameters<typeof moduleView>[0], Registry | null]) =>
  moduleBlock(moduleView(args[0], repo({ registry: args[1] })));

describe('the line that names a module', () => {
  it.each([
    ['Module: cart', 'cart'],
    ['text\n\n- **Module:** `Cart`\r\nmore', 'cart'],
    ['module: web-shop-2', 'web-shop-2'],
    ['<!-- Module: cart -->', null],
    ['```\nModule: cart\n```', null],
    ['Module: the whole cart', null],
    ['See Module: cart', null],
    ['Module: @acme', null],
  ])('%j', (body, id) => expect(moduleLine(body)).toBe(id));
});

describe('the module on the card', () => {
  it('shows what is missing, with the offer to make it first', () => {
    const text = shown(on('cart'), cart);
    expect(text).toContain('CART (`cart`) · 🟡 partial');
    expect(text).toContain('`/session sub Build the module PAYMENTS type=feature module=payments`');
    expect(text).not.toContain('STOCK');
  });

  it('offers nothing twice, and nothing at the end', () => {
    const title = 'Build the module PAYMENTS';
    const list = [{ number: 2, repo: null, title, url: 'https://github.com/acme/shop/issues/2', state: 'active' as const }];
    expect(shown(on('cart', { children: { list, total: 1, openBeyond: 0 } }), cart)).not.toContain('/session sub');
    expect(shown(on('cart', { state: 'completed' }), cart)).not.toContain('/session sub');
  });

  it('asks a feature for its module, and leaves a bug fix and a repository without registry alone', () => {
    expect(shown(on(null), cart)).toContain('not named yet');
    expect(shown(on(null, { type: 'bug-fix' }), cart)).toBe('');
    expect(shown(on('cart'), null)).toBe('');
  });

  it('an unknown module gets the one that was meant', () => {
    expect(shown(on('carts'), cart)).toContain('Did you mean `cart`?');
    expect(shown(on('zzzzzzzz'), cart)).toContain('There are: `cart`, `payments`, `stock`');
  });
});

describe("a module's status in the text", () => {
  const text = [
    '# all of it',
    'modules:',
    '  - id: cart # the heart',
    "    status: 'missing'   # soon",
    '    name: Cart',
    '  - { status: partial, id: web, name: "Web: shop" }',
    '',
  ].join('\n');
  const read = (source: string) => {
    const loaded = loadModules(source, 'f');
    if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
    return loaded.registry;
  };

  it('changes one word and nothing else', () => {
    expect(withStatus(read(text), 'cart', 'present')).toBe(text.replace("'missing'", 'present'));
    expect(withStatus(read(text), 'web', 'present')).toBe(text.replace('partial', 'present'));
  });

  it('nothing to do: null', () => {
    expect(withStatus(read(text), 'web', 'partial')).toBeNull();
    expect(withStatus(read(text), 'nope', 'present')).toBeNull();
  });

  it('leaves those alone that share a value by an alias', () => {
    const shared = 'modules:\n  - { id: a, name: A, status: &s missing }\n  - { id: b, name: B, status: *s }\n';
    for (const id of ['a', 'b']) {
      const after = withStatus(read(shared), id, 'present') ?? '';
      const statuses = Object.fromEntries(read(after).modules.map((one) => [one.id, one.status]));
      expect(statuses).toEqual({ a: 'missing', b: 'missing', [id]: 'present' });
    }
  });
});

describe('what a completed session proposes', () => {
  const HEAD = 'a'.repeat(40);
  const none = { branch: null, pull: null };
  const archived = { patch: 'the patch\n', cut: false, worklog: [] };
  const config = { ...DEFAULT_CONFIG, archive: { path: '/docs/sessions/' } };
  const evidence = { kind: 'merged' as const, pull: 5, headSha: HEAD, baseSha: HEAD, mergeSha: HEAD };
  const done = (proposals: Proposals, over: Partial<LaneFacts> = {}) => {
    const completed = on('cart', { state: 'completed', endedAt: '2026-11-21T06:00:00.000Z', evidence });
    const labels = ['session:feature', 'state:completed'];
    return facts({
      own: ledger(completed),
      subject: subject({ labels }),
      repo: repo({ config }),
      proposals,
      ...over,
    });
  };
  const kinds = (given: LaneFacts) =>
    decideSubject(given, [change()])
      .github.map(({ kind }) => kind)
      .filter((kind) => /^(branch|commit|pull)/.test(kind));

  it('branch, commit with five files, pull request, in this order', () => {
    const effects = decideSubject(done({ archive: { ...none, ...archived } }), [change()]);
    expect(kinds(done({ archive: { ...none, ...archived } }))).toEqual(['branch.create', 'commit.create', 'pull.create']);
    const [commit] = ofKind(effects, 'commit.create');
    expect(commit?.expected).toBe(HEAD);
    const folder = 'docs/sessions/completed/2026-11-20-cart-total-is-wrong';
    expect(commit?.files.map(({ path }) => path)).toEqual(
      ['SESSION.md', 'worklog.md', 'active-plan.md', 'subsessions.md', 'final.patch'].map((name) => `${folder}/${name}`),
    );
    expect(commit?.files.at(-1)?.content).toBe('the patch\n');
    expect(ofKind(effects, 'pull.create')[0]).toMatchObject({
      base: 'main',
      title: 'docs(archive): 2026-11-20-cart-total-is-wrong',
    });
    expect(ofKind(effects, 'pull.create')[0]?.body).not.toMatch(/^Session:|closes/im);
  });

  it('goes on where a crash left off, and makes nothing twice', () => {
    const title = 'docs(archive): 2026-11-20-cart-total-is-wrong';
    expect(kinds(done({ archive: { ...none, ...archived, branch: { sha: HEAD, headline: 'feat: other' } } }))).toEqual([
      'commit.create',
      'pull.create',
    ]);
    expect(kinds(done({ archive: { ...none, ...archived, branch: { sha: HEAD, headline: title } } }))).toEqual(['pull.create']);
    const there = decideSubject(done({ archive: { ...archived, branch: null, pull: 'PR_9' } }), [change()]);
    expect(there.ledger).toContainEqual({ kind: 'artefact.remember', repo: 'acme/shop', number: 1, role: 'archive', id: 'PR_9' });
    expect(kinds(done({}))).toEqual([]);
  });

  it('a patch that is cut, missing, or of a session without code says so', () => {
    const patch = (archive: object, over: Partial<LaneFacts> = {}) =>
      ofKind(
        decideSubject(done({ archive: { ...none, ...archived, ...archive } }, over), [change()]),
        'commit.create',
      )[0]?.files.at(-1)?.content;
    expect(patch({ cut: true })).toMatch(/^# Cut after 1 MB.*\nthe patch/);
    expect(patch({ patch: null })).toContain('did not give the patch of #5');
    const noCode = on(null, { state: 'completed', evidence: { kind: 'no-code', why: 'in the wiki', by: 'alice' } });
    expect(patch({ patch: null }, { own: ledger(noCode) })).toBe('# No code was merged: in the wiki\n');
  });

  it('the status of its module; not while the registry is broken', () => {
    const modules = { ...none, module: 'cart', text: 'new' };
    const [commit] = ofKind(decideSubject(done({ modules }), [change()]), 'commit.create');
    expect(commit?.files).toEqual([{ path: '.github/playcaller.modules.yml', content: 'new' }]);
    const fault = { file: '.github/playcaller.modules.yml', line: 1, column: 1, field: '', message: 'x' };
    expect(kinds(done({ modules }, { repo: repo({ config, faults: [fault] }) }))).toEqual([]);
  });

  it('is looked at once more as soon as it is completed, where there is something to propose', () => {
    const completing = (over: Partial<LaneFacts>) =>
      decideSubject(facts({ own: ledger(), ...over }), [], {
        by: 'alice',
        key: 'k',
        evidence: { kind: 'no-code', why: 'x', by: 'alice' },
      });
    expect(wakesOf(completing({ repo: repo({ config }) }))).toContain('acme/shop#1');
    expect(wakesOf(completing({}))).not.toContain('acme/shop#1');
  });
});

describe('the gate lets our own pull requests be without a session', () => {
  it.each([
    ['ours', {}, 'not-applicable'],
    ['the registry', { headRef: 'playcaller/modules/x' }, 'not-applicable'],
    ["somebody's of that name", { ours: false }, 'fail'],
    ['a fork', { headRepo: 'mallory/shop' }, 'fail'],
    ['ours of another name', { headRef: 'session/x' }, 'fail'],
  ])('%s', (_, over, status) => {
    const ours = { closes: [], headRepo: 'acme/shop', headRef: 'playcaller/archive/x', ours: true, ...over };
    const given = { pull: pull(ours), repo: repo(), session: null, playbook: null, now: NOW };
    expect(sessionItem.check(given, {}).status).toBe(status);
  });
});
