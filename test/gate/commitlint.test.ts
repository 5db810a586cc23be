/** commitlint's configuration: what is read of it, and that its rules say here what they say there. */
import rules from '@commitlint/rules';
import { describe, expect, it } from 'vitest';
import { loadCommitlint } from '../../src/config/load-commitlint.ts';
import { lint } from '../../src/decide/gate/commitlint.ts';
import type { CommitlintRules } from '../../src/model/commitlint.ts';
import fc from '../properties.ts';

const load = (config: unknown) => loadCommitlint('.commitlintrc.json', JSON.stringify(config));
function good(config: unknown): CommitlintRules {
  const loaded = load(config);
  if ('why' in loaded) throw new Error(JSON.stringify(loaded));
  return loaded;
}
const broken = (title: string, config: unknown) => lint(title, good(config)).broken.map(({ name }) => name);
const conventional = { extends: ['@commitlint/config-conventional'] };

describe('reading', () => {
  it.each([
    ['JSON', '{\n\t"extends": "@commitlint/config-conventional"\n}'],
    ['YAML', 'extends:\n  - "@commitlint/config-conventional"\n'],
  ])('takes %s', (_name, text) => {
    expect(loadCommitlint('.commitlintrc', text)).toMatchObject({
      rules: expect.arrayContaining([expect.objectContaining({ name: 'type-enum' })]),
    });
  });

  it('takes presets from the libraries, and the own rules over them', () => {
    expect(broken('Feat: Add.', conventional)).toEqual(['subject-case', 'subject-full-stop', 'type-case', 'type-enum']);
    expect(broken('chore: x', { extends: '@commitlint/config-angular' })).toEqual(['type-enum']);
    expect(broken('ops: x', { ...conventional, rules: { 'type-enum': [2, 'always', ['ops']] } })).toEqual([]);
    expect(broken('ops: Xy', { ...conventional, rules: { 'type-enum': [0], 'subject-case': [0] } })).toEqual([]);
    expect(
      good({ ...conventional, rules: { 'body-empty': [2, 'never'], 'header-max-length': [1, 'always', 50] } }).rules,
    ).toContainEqual(expect.objectContaining({ name: 'header-max-length', level: 'warning' }));
  });

  it('reads a breaking mark with the conventional parser only', () => {
    expect(broken('feat(api)!: drop it', conventional)).toEqual([]);
    expect(broken('feat!: drop it', { rules: { 'type-empty': [2, 'never'] } })).toEqual(['type-empty']);
  });

  it('takes a header pattern of its own, in time that grows with the title only', () => {
    const jira = {
      parserPreset: { parserOpts: { headerPattern: '^([A-Z]+-\\d+) (.*)$', headerCorrespondence: ['type', 'subject'] } },
      rules: { 'type-empty': [2, 'never'], 'subject-empty': [2, 'never'] },
    };
    expect(broken('SHOP-12 keep the voucher', jira)).toEqual([]);
    expect(broken('keep the voucher', jira)).toEqual(['type-empty', 'subject-empty']);
    const evil = { ...jira, parserPreset: { parserOpts: { headerPattern: '^((a+)+)+$' } } };
    expect(broken(`${'a'.repeat(1000)}!`, evil)).toEqual(['type-empty', 'subject-empty']);
  });

  it.each([
    ['code', null, { why: 'code' }],
    ['another preset', '{"extends": ["@acme/commitlint"]}', { why: 'preset', name: '@acme/commitlint' }],
    ['a file beside it', '{"extends": "./other.json"}', { why: 'preset', name: './other.json' }],
    ['a name of an object', '{"extends": "toString"}', { why: 'preset', name: 'toString' }],
    ['another parser', '{"parserPreset": "conventional-changelog-atom"}', { why: 'preset', name: 'conventional-changelog-atom' }],
    ['a name of an object as parser', '{"parserPreset": "constructor"}', { why: 'preset' }],
  ])('does not follow %s', (_name, text, wanted) => {
    expect(loadCommitlint('f', text)).toMatchObject(wanted);
  });

  it.each([
    ['nothing of sense', '[1]', 'f:1 '],
    ['text', 'hello', 'f:1 '],
    ['half a file', '{"rules": {', 'f:1 '],
    ['a level of three', '{\n"rules": {\n"type-enum": [3, "always", []]}}', 'f:3 rules.type-enum'],
    ['no list', 'rules:\n  type-case: always\n', 'f:2 rules.type-case'],
    ['a value of another kind', 'rules:\n  type-enum: [2, always, feat]\n', 'f:2 rules.type-enum'],
    ['a case that is none', 'rules:\n  type-case: [2, always, wave-case]\n', 'f:2 rules.type-case'],
    ['a slip', 'rules:\n  type-enumm: [2, always, [a]]\n', 'f:2 rules.type-enumm'],
    [
      'a look-behind',
      'parserPreset:\n  parserOpts:\n    headerPattern: "(?<!a)b"\n',
      'f:3 parserPreset.parserOpts.headerPattern',
    ],
    [
      'a back reference',
      'parserPreset:\n  parserOpts:\n    headerPattern: "(a)\\\\1"\n',
      'f:3 parserPreset.parserOpts.headerPattern',
    ],
    ['a pattern that grows', 'parserPreset:\n  parserOpts:\n    headerPattern: "((a{1000}){1000}){1000}"\n', 'f:3 parserPreset'],
  ])('tells a fault: %s', (_name, text, place) => {
    const loaded = loadCommitlint('f', text);
    if (!('faults' in loaded)) throw new Error(JSON.stringify(loaded));
    const [fault] = loaded.faults;
    expect(`${fault?.file}:${fault?.line} ${fault?.field}`).toContain(place);
  });

  it('leaves the rules of plugins unread, and says so', () => {
    expect(good({ plugins: ['x'], rules: { 'acme-rule': [2, 'always'] } }).unread).toEqual(['acme-rule']);
  });

  it('nothing in a file makes it throw', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('extends', 'rules', 'parserPreset', 'plugins', 'defaultIgnores', '__proto__'),
          fc.jsonValue(),
        ),
        (config) => {
          load(config);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('merges', () => {
  it.each(['Merge branch main', 'Revert "feat: x"', 'Merge pull request #1 from a/b'])(
    '%s is left alone, unless the file says otherwise',
    (title) => {
      expect(broken(title, conventional)).toEqual([]);
      expect(broken(title, { ...conventional, defaultIgnores: false })).not.toEqual([]);
    },
  );
});

describe('each rule says what commitlint says', () => {
  const word = fc.constantFrom(
    'feat',
    'Fix',
    'fooBar',
    'foo-bar',
    'foo_bar',
    'FooBar',
    'FOO',
    'a',
    'the cart',
    'Two Words',
    'x2',
    '2x',
    '"Q" a',
    'émile',
    '🎉 yes',
    '日本',
    'dots...',
    'end.',
    "it's",
    'a/b',
    'a, b',
    'a\\b',
  );
  const title = fc.oneof(
    fc
      .tuple(word, word, fc.constantFrom('', '!'), word)
      .map(([type, scope, mark, subject]) => `${type.replace(/\W/g, '')}(${scope})${mark}: ${subject}`),
    fc.tuple(word, word).map(([type, subject]) => `${type}: ${subject}`),
    word,
    fc.constantFrom('feat:', ' feat: a', 'feat: a ', 'feat(): a'),
  );
  const cases = fc.constantFrom(
    'lower-case',
    'upper-case',
    'camel-case',
    'kebab-case',
    'pascal-case',
    'sentence-case',
    'snake-case',
    'start-case',
  );
  const manyCases = fc.array(fc.oneof(cases, fc.record({ case: cases, when: fc.constantFrom('always', 'never') })), {
    minLength: 1,
    maxLength: 3,
  });
  const names = fc.array(fc.constantFrom('feat', 'Fix', 'a', 'b', 'a/b', 'foo-bar'), { minLength: 1, maxLength: 4 });
  const values: Record<string, fc.Arbitrary<unknown>> = {
    'header-case': manyCases,
    'header-full-stop': fc.constant('.'),
    'header-max-length': fc.nat(20),
    'header-min-length': fc.nat(20),
    'header-trim': fc.constant(undefined),
    'type-case': manyCases,
    'type-empty': fc.constant(undefined),
    'type-enum': names,
    'type-max-length': fc.nat(6),
    'type-min-length': fc.nat(6),
    'scope-case': manyCases,
    'scope-empty': fc.constant(undefined),
    'scope-enum': names,
    'scope-max-length': fc.nat(6),
    'scope-min-length': fc.nat(6),
    'scope-delimiter-style': fc.constantFrom([','], ['/', '\\'], []),
    'subject-case': manyCases,
    'subject-empty': fc.constant(undefined),
    'subject-full-stop': fc.constantFrom('.', '!'),
    'subject-max-length': fc.nat(12),
    'subject-min-length': fc.nat(12),
    'subject-exclamation-mark': fc.constant(undefined),
  };
  const theirs: Record<string, unknown> = rules;

  it.each(Object.keys(values))('%s', (name) => {
    fc.assert(
      fc.property(title, fc.constantFrom('always', 'never'), values[name] ?? fc.constant(undefined), (text, when, value) => {
        const config = good({
          ...conventional,
          defaultIgnores: false,
          rules: { [name]: [2, when, ...(value === undefined ? [] : [value])] },
        });
        const { parts, broken } = lint(text, config);
        const rule = theirs[name];
        if (typeof rule !== 'function') throw new Error(name);
        const [valid] = rule({ ...parts, raw: text }, when, value);
        expect(!broken.some((one) => one.name === name), JSON.stringify({ text, when, value, parts })).toBe(valid);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
