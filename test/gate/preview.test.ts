/** The check of a proposed configuration: faults with their lines, and whose verdict would change (G4). */
import { describe, expect, test } from 'vitest';
import { resolveConfiguration } from '../../src/config/resolve-configuration.ts';
import { configEffects } from '../../src/decide/pull/preview.ts';
import type { CheckOutput } from '../../src/model/effect.ts';
import type { Judged, LaneFacts, Preview } from '../../src/model/lane-facts.ts';
import type { PullFacts } from '../../src/model/pull-facts.ts';
import { change } from '../decide/build.ts';
import { file, pull, repo, session } from './facts.ts';

const PATH = '.github/playcaller.yml';

function judged(number: number, more: Partial<PullFacts> = {}): Judged {
  const url = `https://github.com/acme/shop/pull/${number}`;
  return { pull: pull({ number, url, title: `fix(cart): number ${number}`, ...more }), session: session() };
}

function lane(
  text: string | null,
  some: { pulls?: Judged[]; total?: number; own?: Partial<PullFacts>; preview?: Partial<Preview> },
): LaneFacts {
  const repository: Record<string, string> = text === null ? {} : { [PATH]: text };
  const { config, source, playbooks, faults } = resolveConfiguration({ repository, owner: {}, lastGood: null });
  const pulls = some.pulls ?? [];
  const preview = {
    config,
    source,
    playbooks,
    faults,
    pulls,
    total: some.total ?? pulls.length + 1,
    ownCheck: null,
    ...some.preview,
  };
  const now = resolveConfiguration({ repository: {}, owner: {}, lastGood: null });
  const facts: Partial<LaneFacts> = {
    kind: 'subject',
    now: '2026-01-06T07:00:00Z',
    repo: repo({}, { playbooks: now.playbooks }),
    pull: pull({ files: [file(PATH)], ...some.own }),
    own: null,
    served: session(),
    preview,
  };
  // A decision on a preview looks at these only.
  return facts as LaneFacts;
}

function outputOf(facts: LaneFacts): CheckOutput {
  const [effect] = configEffects(facts, []);
  if (effect?.kind !== 'check.create') throw new Error('no check is made');
  return effect.output;
}

const WITHOUT_TITLE = 'version: 1\ngate:\n  items:\n    title: off\n';

describe('faults', () => {
  test('each with its line, in the files and in a table', () => {
    const output = outputOf(lane('version: 1\ngate:\n  items:\n    titel: off\n', {}));
    expect(output).toMatchObject({ name: 'Playcaller / config', status: 'completed', conclusion: 'failure' });
    expect(output.annotations).toMatchObject([{ path: PATH, line: 4, level: 'failure' }]);
    expect(output.summary).toContain(`${PATH}:4`);
    expect(output.summary).toContain('titel');
  });

  test('thousands of them: whole rows, counted, within the limits', () => {
    const faults = Array.from({ length: 5000 }, (_, index) => ({
      file: PATH,
      line: index + 1,
      column: 1,
      field: `gate.items.${'x'.repeat(100)}`,
      message: '@everyone <!-- | ` closes #1',
    }));
    const output = outputOf(lane('', { preview: { faults } }));
    expect(Buffer.byteLength(output.summary)).toBeLessThanOrEqual(65_535);
    expect(output.summary).toMatch(/_[\d,]+ rows left out: too long for GitHub\._$/);
    expect(output.annotations).toHaveLength(50);
    expect(output.summary).not.toMatch(/<!--|@everyone/);
  });
});

describe('what would change', () => {
  test('verdicts that change, before and after, with the items that differ', () => {
    const pulls = [judged(8, { title: 'stuff' }), judged(7)];
    const output = outputOf(lane(WITHOUT_TITLE, { pulls }));
    expect(output).toMatchObject({ conclusion: 'success', title: 'Sound, and 1 open verdict would change' });
    expect(output.summary).toMatch(/8 stuff\S* \| ❌ fail → (?:✅ pass|⏳ waiting) \| Title: fail → off \|/);
    expect(output.summary).not.toContain('number 7');
  });

  test('the pull request itself counts too, under the rules of the default branch', () => {
    const output = outputOf(lane(WITHOUT_TITLE, { own: { title: 'chore stuff' } }));
    expect(output.summary).toMatch(/chore stuff\S* \| ❌ fail → (?:✅ pass|⏳ waiting)/);
  });

  test('the same rules in other words change nothing', () => {
    expect(outputOf(lane('version: 1\n', { pulls: [judged(8), judged(7)] }))).toMatchObject({
      conclusion: 'success',
      title: 'Sound, and no open verdict would change',
    });
  });

  test('how many were left out', () => {
    const output = outputOf(lane(WITHOUT_TITLE, { pulls: [judged(8)], total: 250 }));
    expect(output.summary).toContain('248 open pull requests were left out');
  });

  test('a file that goes: what would hold then', () => {
    const gone = lane(null, { own: { files: [file(PATH, 'removed')] } });
    expect(outputOf(gone).summary).toContain('the defaults would hold then');
  });

  test('a hundred pull requests are judged in a moment, and the text stays within the limits', () => {
    const pulls = Array.from({ length: 100 }, (_, index) =>
      judged(200 - index, { title: `x${'y'.repeat(250)} | <b> @all #${index}` }),
    );
    const output = outputOf(lane(WITHOUT_TITLE, { pulls, total: 120 }));
    expect(Buffer.byteLength(output.summary)).toBeLessThanOrEqual(65_535);
    expect(output.title).toBe('Sound, and 100 open verdicts would change');
  });
});

describe('written on difference only', () => {
  const facts = lane(WITHOUT_TITLE, { pulls: [judged(8)] });
  const ownCheck = (more: object) => ({
    id: 'CR_1',
    status: 'completed' as const,
    conclusion: 'success' as const,
    externalId: outputOf(facts).externalId,
    ...more,
  });
  const known = (more: object = {}) => lane(WITHOUT_TITLE, { pulls: [judged(8)], preview: { ownCheck: ownCheck(more) } });

  test('the same is not written again', () => expect(configEffects(known(), [])).toEqual([]));
  test('unless someone asks for this run', () => {
    const again = (run: string) => [change({ event: 'check_run.rerequested', again: { run, sha: pull().headSha } })];
    expect(configEffects(known(), again('CR_1'))).toMatchObject([{ kind: 'check.create' }]);
    expect(configEffects(known(), again('CR_7'))).toEqual([]);
  });
  test('a change is', () =>
    expect(configEffects(known({ externalId: 'x' }), [])).toMatchObject([{ kind: 'check.update', checkId: 'CR_1' }]));
  test('nothing for a pull request that is closed', () => {
    expect(configEffects(lane(WITHOUT_TITLE, { own: { state: 'closed' } }), [])).toEqual([]);
  });

  test('two pull requests on one commit say the same', () => {
    const [a, b] = [judged(41, { files: [file(PATH)] }), judged(42, { files: [file(PATH)], title: 'no type' })];
    const first = outputOf({ ...lane(WITHOUT_TITLE, { pulls: [b] }), pull: a.pull });
    const second = outputOf({ ...lane(WITHOUT_TITLE, { pulls: [a] }), pull: b.pull });
    expect(second).toEqual(first);
  });
});
