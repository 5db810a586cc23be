/** Which file of the default branch is commitlint's configuration. */
import { describe, expect, it } from 'vitest';
import { commitlintOf } from '../../src/gather/commitlint.ts';

type Home = Parameters<typeof commitlintOf>[0];
const blob = (text: string) => ({ __typename: 'Blob' as const, text });

/** Only what is looked at here. */
function home(
  parts: Partial<Record<'packageJson' | 'commitlintrc' | 'commitlintJson' | 'commitlintYaml', string>>,
  names: string[] = [],
) {
  const texts = Object.fromEntries(Object.entries(parts).map(([key, text]) => [key, blob(text)]));
  const none = { packageJson: null, commitlintrc: null, commitlintJson: null, commitlintYaml: null, commitlintYml: null };
  return { ...none, ...texts, rootFiles: { entries: names.map((name) => ({ name })) } } as unknown as Home;
}
const pathOf = (given: Home) => commitlintOf(given).commitlint?.path;

describe('commitlintOf', () => {
  it('takes the key of package.json first, then data, then names code', () => {
    const manifest = '{"commitlint": {"extends": ["@commitlint/config-conventional"]}}';
    expect(pathOf(home({ packageJson: manifest, commitlintJson: '{}' }))).toBe('package.json');
    expect(commitlintOf(home({ packageJson: manifest })).commitlint).toHaveProperty('rules');
    expect(pathOf(home({ commitlintrc: 'rules: {}', commitlintJson: '{}' }, ['commitlint.config.js']))).toBe('.commitlintrc');
    expect(commitlintOf(home({}, ['a', 'commitlint.config.mjs'])).commitlint).toEqual({
      path: 'commitlint.config.mjs',
      why: 'code',
    });
  });

  it.each([
    ['a script or a dependency of that name', '{"scripts": {"commitlint": "x"}, "devDependencies": {"commitlint": "1"}}'],
    ['a broken manifest', '{"commitlint": '],
    ['a list', '["commitlint"]'],
  ])('sees none in %s', (_name, packageJson) => expect(commitlintOf(home({ packageJson }))).toEqual({}));
});
