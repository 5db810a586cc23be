/** Which file wins, and what stays in force when one is broken. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/config/load-config.ts';
import { loadBuiltInPatterns } from '../../src/config/load-patterns.ts';
import { loadBuiltInPersonas } from '../../src/config/load-personas.ts';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';
import { CONFIG_PATH, resolveConfiguration } from '../../src/config/resolve-configuration.ts';

const PLAYBOOK = '.github/playbooks/bug-fix.yml';

function playbook(type: string, title: string): string {
  return `type: ${type}
version: 1.0.0
title: ${title}
goal: Something is done.
chooseFor: Do something
hours: { min: 1, max: 2 }
phases:
  - { id: work, title: Work, minutes: { min: 1, max: 2 }, steps: [{ id: do-it, text: Do it. }] }
criteria: [{ id: done, text: It is done. }]
commit: "chore: do it"
`;
}

type Given = Partial<Parameters<typeof resolveConfiguration>[0]>;

function resolve(given: Given) {
  return resolveConfiguration({ repository: {}, owner: {}, lastGood: null, ...given });
}

function titleOf(given: Given, type = 'bug-fix'): string | undefined {
  return resolve(given).playbooks.find((one) => one.type === type)?.title;
}

describe('the configuration', () => {
  it('is the default without a file', () => {
    expect(resolve({})).toEqual({
      config: DEFAULT_CONFIG,
      source: 'defaults',
      playbooks: loadBuiltInPlaybooks(),
      personas: loadBuiltInPersonas(),
      patterns: loadBuiltInPatterns(),
      registry: null,
      faults: [],
      files: {},
    });
  });

  it("is the owner's when the repository has none", () => {
    const { config, source, files } = resolve({ owner: { [CONFIG_PATH]: 'capacity: 5' } });
    expect([config.capacity, source, files]).toEqual([5, 'owner', { [CONFIG_PATH]: 'capacity: 5' }]);
  });

  it("is the repository's when both have one", () => {
    const { config, source } = resolve({ repository: { [CONFIG_PATH]: 'capacity: 7' }, owner: { [CONFIG_PATH]: 'reserve: 2' } });
    expect([config.capacity, config.reserve, source]).toEqual([7, 1, 'repository']);
  });

  it('stays the last good one when the file breaks, and the fault is told', () => {
    const kept = { [CONFIG_PATH]: 'capacity: 7' };
    const { config, source, faults, files } = resolve({ repository: { [CONFIG_PATH]: 'capacity: x' }, lastGood: kept });
    expect([config.capacity, source, files]).toEqual([7, 'last-good', kept]);
    expect(faults).toEqual([{ file: CONFIG_PATH, line: 1, column: 11, field: 'capacity', message: 'must be a number, not "x"' }]);
  });

  it.each([null, { [CONFIG_PATH]: 'capacity: y' }])(
    'is the default when the file breaks and nothing good was kept: %j',
    (lastGood) => {
      const { config, source, faults, files } = resolve({ repository: { [CONFIG_PATH]: 'capacity: x' }, lastGood });
      expect([config, source, files, faults.length]).toEqual([DEFAULT_CONFIG, 'defaults', {}, 1]);
    },
  );

  it('forgets the last good one when the file is gone', () => {
    expect(resolve({ lastGood: { [CONFIG_PATH]: 'capacity: 7' } })).toMatchObject({ source: 'defaults', files: {} });
  });

  it("says where a broken file of the owner's stands", () => {
    const { faults } = resolve({ owner: { [CONFIG_PATH]: 'capacity: x', '.github/playbooks/a.yml': '- x' } });
    expect(faults.map(({ message }) => message)).toEqual([
      `must be a number, not "x" (in the owner's .github repository)`,
      `must be a map of keys to values, not a list (in the owner's .github repository)`,
    ]);
  });
});

describe('playbooks', () => {
  it("of the repository win over the owner's, and these over the built-in ones", () => {
    const [ours, theirs] = [playbook('bug-fix', 'Ours'), playbook('bug-fix', 'Theirs')];
    expect(titleOf({})).toBe('Bug fix');
    expect(titleOf({ owner: { [PLAYBOOK]: theirs } })).toBe('Theirs');
    expect(titleOf({ owner: { [PLAYBOOK]: theirs }, repository: { [PLAYBOOK]: ours } })).toBe('Ours');
    expect(titleOf({ owner: { '.github/playbooks/z.yml': theirs }, repository: { [PLAYBOOK]: ours } })).toBe('Ours');
  });

  it('of a new type stand beside the built-in ones', () => {
    const path = '.github/playbooks/spike.yaml';
    const { playbooks, files } = resolve({ repository: { [path]: playbook('spike', 'Spike') } });
    expect(playbooks.map(({ type }) => type)).toEqual([...loadBuiltInPlaybooks().map(({ type }) => type), 'spike'].sort());
    expect(Object.keys(files)).toEqual([path]);
  });

  it('stay the last good ones when the file breaks', () => {
    const lastGood = { [PLAYBOOK]: playbook('bug-fix', 'Before') };
    const given = { repository: { [PLAYBOOK]: 'type: bug-fix' }, lastGood };
    expect(titleOf(given)).toBe('Before');
    expect(resolve(given).files).toEqual(lastGood);
    expect(resolve(given).faults[0]).toMatchObject({ file: PLAYBOOK, line: 1 });
  });

  it('fall back to the built-in one when nothing good was kept', () => {
    expect(titleOf({ repository: { [PLAYBOOK]: 'type: bug-fix' } })).toBe('Bug fix');
  });

  it('of one type twice are a fault', () => {
    const text = playbook('spike', 'Spike');
    const { faults } = resolve({ repository: { '.github/playbooks/b.yml': text, '.github/playbooks/a.yml': text } });
    expect(faults.map(({ file, field }) => [file, field])).toEqual([['.github/playbooks/b.yml', 'type']]);
  });

  it('are not looked for elsewhere', () => {
    const { playbooks } = resolve({ repository: { '.github/playbooks/README.md': '# hi', 'playbooks/x.yml': '- x' } });
    expect(playbooks).toEqual(loadBuiltInPlaybooks());
  });
});
