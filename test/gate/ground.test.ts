/** What verdicts stand on beside their own pull request: when it has moved, and whom that concerns (G5). */
import { describe, expect, it } from 'vitest';
import { loadCommitlint } from '../../src/config/load-commitlint.ts';
import { movedGrounds } from '../../src/decide/pull/ground.ts';
import { groundsOf } from '../../src/model/ground.ts';
import type { PullFacts } from '../../src/model/pull-facts.ts';
import { facts as lane, NOW } from '../decide/build.ts';
import { pull, repo } from './facts.ts';

const of = (more: Parameters<typeof repo>[1] = {}, over: Partial<PullFacts> = {}) =>
  groundsOf(repo({}, more), pull(over)).map(({ base, digest }) => `${base} ${digest}`);

describe('a ground', () => {
  it('is the repository’s, and the base branch’s', () => {
    const [all, base] = of();
    expect(of({ lockfiles: ['yarn.lock'] })).toEqual([expect.not.stringMatching(all ?? ''), base]);
    expect(of({ squashTitle: null })[0]).not.toBe(all);
    expect(of({ commitlint: loadCommitlint('.commitlintrc', '{"rules": {}}') })[0]).not.toBe(all);
    expect(of({}, { codeowners: { path: 'CODEOWNERS', text: '* @bob' } })).toEqual([all, expect.not.stringMatching(base ?? '')]);
    expect(of({}, { requiredChecks: [{ name: 'build', appId: null }] })[1]).not.toBe(base);
  });

  it('does not move with the pull request itself', () => {
    expect(of({}, { title: 'stuff', body: '', headSha: 'f'.repeat(40), number: 99, checks: [] })).toEqual(of());
  });

  it('holds the owner’s configuration, of which no event tells, and not the repository’s own', () => {
    const { config } = repo();
    const other = { ...config, gate: { items: {} } };
    expect(of({ config: other })).toEqual(of());
    expect(of({ config: other, configSource: 'owner' })).not.toEqual(of({ configSource: 'owner' }));
  });
});

describe('when it has moved', () => {
  it('is remembered, and the others are woken once each, fifty a minute', () => {
    const concerns = Array.from({ length: 120 }, (_, at) => 120 - at);
    const effects = movedGrounds(
      lane({
        moved: [
          { base: null, digest: 'a', concerns },
          { base: 'release/1', digest: 'b', concerns: [7, 8] },
        ],
      }),
    );
    expect(effects.slice(0, 2)).toMatchObject([
      { kind: 'artefact.remember', number: 0, role: 'ground', id: 'a' },
      { kind: 'artefact.remember', number: 0, role: 'ground:release/1', id: 'b' },
    ]);
    const wakes = effects.slice(2);
    expect(wakes).toHaveLength(120);
    expect(wakes.filter((effect) => effect.kind === 'wake' && effect.at === undefined)).toHaveLength(50);
    expect(wakes.at(-1)).toMatchObject({ lane: 'acme/shop#1', at: new Date(Date.parse(NOW) + 120_000).toISOString() });
  });

  it('nothing otherwise', () => expect(movedGrounds(lane())).toEqual([]));
});
