/** CODEOWNERS by GitHub's documentation. */
import { describe, expect, it } from 'vitest';
import { readCodeOwners } from '../../src/decide/gate/code-owners.ts';

const of = (text: string, path: string) =>
  readCodeOwners(text)
    .of(path)
    .map((owner) => (owner.kind === 'user' ? `@${owner.login}` : owner.kind === 'team' ? `@${owner.slug}` : owner.address));

describe('patterns', () => {
  it.each([
    // pattern, what it owns, what it does not
    ['*', ['a.ts', 'a/b/c.ts', '.github/x.yml'], []],
    ['*.js', ['a.js', 'a/b/c.js', 'x.js/y.ts'], ['a.jsx', 'js', 'a.JS']],
    ['/build/logs/', ['build/logs/a', 'build/logs/b/c'], ['build/logs', 'x/build/logs/a']],
    ['docs/*', ['docs/getting-started.md'], ['docs/build-app/troubleshooting.md', 'x/docs/a.md', 'docs']],
    ['docs/*.md', ['docs/a.md'], ['docs/x/a.md']],
    ['apps/', ['apps/a', 'x/apps/a', 'x/apps/y/a'], ['apps', 'myapps/a']],
    ['/docs/', ['docs/a', 'docs/b/c'], ['x/docs/a']],
    ['/docs', ['docs', 'docs/a/b'], ['x/docs']],
    ['docs', ['docs', 'docs/a', 'x/docs/a', 'x/docs'], ['docs2/a']],
    ['**/logs', ['logs', 'build/logs/x', 'a/b/logs'], ['logs2']],
    ['/a/**/z.ts', ['a/z.ts', 'a/b/c/z.ts'], ['z.ts', 'b/a/z.ts']],
    ['/a/**', ['a/b', 'a/b/c'], ['a', 'ba/b']],
    ['src/auth', ['src/auth', 'src/auth/a.ts'], ['x/src/auth/a.ts', 'src/authz/a.ts']],
    ['src/au?h.ts', ['src/auth.ts'], ['src/auh.ts']],
    ['/with\\ space/a.ts', ['with space/a.ts'], ['with', 'with\\ space/a.ts']],
    ['/{a,b}/c.ts', ['{a,b}/c.ts'], ['a/c.ts']],
    ['/(group)/page.tsx', ['(group)/page.tsx'], []],
    ['/@(x)/a', ['@(x)/a'], ['x/a']],
    ['/a#b.ts', ['a#b.ts'], []],
    ['foo**bar', ['fooxbar', 'a/foobar'], ['foo/bar']],
  ])('%s', (pattern, owned, others) => {
    for (const path of owned) expect([path, of(`${pattern} @bob`, path)]).toEqual([path, ['@bob']]);
    for (const path of others) expect([path, of(`${pattern} @bob`, path)]).toEqual([path, []]);
  });
});

describe('lines', () => {
  it('the last that matches wins, also with nobody', () => {
    const text = '* @alice @bob\n/src/ @acme/Core docs@example.com\n/src/generated/\n/src/auth/ @carol # ask her first @dave\n';
    expect(of(text, 'README.md')).toEqual(['@alice', '@bob']);
    expect(of(text, 'src/a.ts')).toEqual(['@acme/core', 'docs@example.com']);
    expect(of(text, 'src/generated/a.ts')).toEqual([]);
    expect(of(text, 'src/auth/a.ts')).toEqual(['@carol']);
  });

  it.each([
    ['a comment', '# /x @bob'],
    ['nothing', '   '],
    ['a negation', '!/x @bob'],
    ['a range', '/[xyz] @bob'],
    ["a section of GitLab's", '[Security] @bob'],
    ['an optional section', '^[Security][2] @bob'],
    ['a hash that is to be no comment', '\\#x @bob'],
    ['a word that is no owner', '/x bob'],
    ['one wrong owner among right ones', '/x @bob @'],
    ['an owner with a comma', '/x @bob, @carol'],
  ])('skips %s', (_name, line) => expect(of(`* @alice\n${line}`, 'x')).toEqual(['@alice']));

  it('reads blanks, tabs, CRLF, a byte-order mark, an indented line', () => {
    expect(of('\uFEFF/x\t@bob  \r\n  /y   @carol\r\n', 'x')).toEqual(['@bob']);
    expect(of('/x\t@bob\r\n  /y   @carol_acme\r\n', 'y')).toEqual(['@carol_acme']);
  });

  it('takes no file and an empty one for nobody', () => {
    expect(readCodeOwners(null).of('x')).toEqual([]);
    expect(of('', 'x')).toEqual([]);
    expect(of('\\', 'x')).toEqual([]);
    expect(of('/ @bob', 'x')).toEqual(['@bob']);
  });
});

it('answers for hostile and huge files', () => {
  const stars = `${'*a'.repeat(2000)}b @bob\n${'/**/a'.repeat(500)} @bob`;
  expect(of(stars, `${'a'.repeat(4000)}`)).toEqual([]);
  const many = Array.from({ length: 20_000 }, (_, index) => `/folder-${index}/ @team/t${index}`).join('\n');
  expect(of(many, 'folder-7/a')).toEqual(['@team/t7']);
  expect(of(`* @bob\n#${'x'.repeat(4 * 1024 * 1024)}`, 'a')).toEqual([]);
});
