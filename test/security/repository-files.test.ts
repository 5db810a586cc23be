/** Files of a repository that its maintainers may make as hostile as they like: names, YAML, patterns, prototypes. */
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { resolveLayer } from '../../src/config/resolve-playbooks.ts';
import { readYaml } from '../../src/config/yaml-source.ts';
import { readCodeOwners } from '../../src/decide/gate/code-owners.ts';
import { security } from '../../src/decide/gate/security.ts';
import { parseMarkdown } from '../../src/decide/markdown.ts';
import { toInputs } from '../../src/intake/to-inputs.ts';
import { compileGlobs } from '../../src/model/globs.ts';
import { facts, file, pull } from '../gate/facts.ts';
import { randomFrom, suiteSeed } from '../suite.ts';

afterEach(() => {
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Faults, each in words; none of them an exception. */
function faultsOf(text: string): string[] {
  return loadConfig(text, '.github/playcaller.yml').faults.map(({ message }) => message);
}

describe('YAML', () => {
  const laughs = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`),
  ].join('\n');

  test.each([
    ['a billion laughs', laughs],
    ['a huge anchor, used often', `a: &a ${'x'.repeat(100_000)}\nb: [${'*a,'.repeat(1000)}]`],
    ['an alias of itself', 'a: &a [*a]'],
    ['merge keys', `a: &a {x: 1}\n${Array.from({ length: 200 }, (_, at) => `b${at}:\n  <<: *a`).join('\n')}`],
    ['10 MB', `version: 1\n# ${'x'.repeat(10_000_000)}`],
    ['nested lists', '['.repeat(100_000)],
    ['nested maps', `${'{a: '.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['nested by indentation', Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['many keys', Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['the same key often', 'version: 1\n'.repeat(20_000)],
    ['many documents', '--- {}\n'.repeat(20_000)],
    ['tags of code', 'a: !!js/function "function () { return 1 }"\nb: !!python/object/apply:os.system ["x"]'],
    ['a binary tag', 'a: !!binary "////"'],
    ['NULs', 'version: 1\0'],
    ['half letters', 'version: "\ud800"'],
    ['quotes without end', `a: "${'x'.repeat(100_000)}`],
    ['a block scalar of blanks', `a: |\n${' '.repeat(100_000)}\n`],
    ['flows in flows with colons', '? '.repeat(50_000)],
    ['dashes', '- '.repeat(50_000)],
    ['comments', '#\n'.repeat(100_000)],
  ])('%s: a fault in words, or nothing', (_, text) => {
    for (const fault of faultsOf(text)) expect(fault).toMatch(/\w/);
  });

  test.each([
    '__proto__: {polluted: true}',
    'constructor: {prototype: {polluted: true}}',
    'gate: {items: {__proto__: {polluted: true}}}',
    'gate: {items: {constructor: required, toString: required, hasOwnProperty: off}}',
    'labels: {__proto__: {polluted: x}}',
    'commands: {permissions: {__proto__: read, constructor: read}}',
    '"__proto__": &a {polluted: true}\nb: {<<: *a}',
    'a: {<<: {__proto__: {polluted: true}}}',
  ])('prototypes stay as they are: %s', (text) => {
    expect(faultsOf(text).length).toBeGreaterThan(0);
    const read = readYaml(text, 'x');
    if ('source' in read) expect(Reflect.get(Object(read.source.value), 'polluted')).toBeUndefined();
  });
});

test('a thousand playbooks that are slow to read: the first are read, the others are faults', () => {
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`.github/playbooks/p${String(at).padStart(4, '0')}.yml`, '- '.repeat(50_000)]),
  );
  const layer = resolveLayer({ files, below: new Map(), lastGood: {}, builtIn: new Set() });
  expect(layer.playbooks.size).toBe(0);
  expect(layer.faults.filter(({ message }) => message.startsWith('is not read'))).toHaveLength(995);
});

describe('paths', () => {
  // Playbooks are read by their type, never by a path that a file names; GitHub itself takes no symbolic link for a folder.
  test.each([
    '../../etc',
    '/etc/passwd',
    'a/../../b',
    '.git/hooks',
    'docs/.git',
    'C:\\\\windows',
    'a//b',
    './a',
    'a/./b',
    '~/x',
    'a\\\\..\\\\b',
    'a\\0b',
    '.GIT/x',
    'a/.Git/b',
  ])('archive.path: %s', (path) => {
    expect(faultsOf(`version: 1\narchive: {path: "${path}"}`)).toEqual([
      expect.stringMatching(/folder of the repository|one line|YAML/),
    ]);
  });
});

describe('patterns', () => {
  const long = `${'a'.repeat(4000)}!`;
  test.each([
    '*a'.repeat(200),
    '**/'.repeat(200),
    '**/a*'.repeat(100),
    '?'.repeat(500),
    '[a-z]'.repeat(300),
    '{a,b}'.repeat(30),
    `{${'a,'.repeat(10_000)}b}`,
    '{'.repeat(10_000),
    '+(a|a)+(a|a)+(a|a)',
    '(a+)+$',
  ])('the glob %# comes to an end', (glob) => {
    const matches = compileGlobs([glob.slice(0, 1000)]);
    for (let at = 0; at < 20; at++) expect(typeof matches(`${'a/'.repeat(200)}${long}${at}`)).toBe('boolean');
  });

  test('tens of thousands of owners and thousands of files: said to be unread, never tried one by one', () => {
    const text = Array.from({ length: 25_000 }, (_, at) => `**/*a${at}*b?c*/** @bob`)
      .join('\n')
      .slice(0, 512 * 1024);
    const files = Array.from({ length: 3000 }, (_, at) => file(`src/auth/${'deep/'.repeat(30)}${at}.ts`));
    const item = security.check(facts({ pull: pull({ files, codeowners: { path: 'CODEOWNERS', text } }) }), {});
    expect(item.status).toBe('fail');
    expect(item.evidence).toContain('could not be read as a whole');
  });

  test('what a folder begins with finds its owners without trying all others', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `/folder-${at}/ @team/t${at % 9}`);
    const owners = readCodeOwners(['* @all/of-us', ...lines, '/folder-5/x* @carol'].join('\n'));
    expect(owners.of('folder-7/a')).toEqual([{ kind: 'team', slug: 'team/t7' }]);
    expect(owners.of('folder-5/xy')).toEqual([{ kind: 'user', login: 'carol' }]);
    expect(owners.of('elsewhere')).toEqual([{ kind: 'team', slug: 'all/of-us' }]);
    expect(owners.tries(['folder-7/a', 'elsewhere'])).toBe(3);
  });
});

describe('Markdown', () => {
  // Without the bound each of these held the process for 2 to 24 seconds.
  const COSTLY = [
    '](\t***#',
    '~[a]<?<?',
    '-|](- )<?',
    '-|\n\n',
    '<+http://\nwww.',
    '* _　\r<a>',
    '<b a="<!X<![CDATA[--',
    '|<!--*\n',
    '[^***',
    '- [ ] |a\n',
    '> '.repeat(30),
    ' '.repeat(100),
    '<!--',
    '```\n',
    '[a]: x\n',
  ];
  test.each(COSTLY)('%j by the ten thousand', (part) => {
    const text = part.repeat(65_000 / part.length);
    expect(parseMarkdown(`${text}\n\n# Risk\n\nnone`).type).toBe('root');
  });

  test(`parts drawn by chance (SEED=${suiteSeed()})`, () => {
    const random = randomFrom(suiteSeed());
    const parts = [
      ...COSTLY,
      '*',
      '_',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      '`',
      '#',
      '|',
      '\\',
      '&',
      '\n',
      '\t',
      ' ',
      'a',
      '://',
      '@',
      '~',
    ];
    for (let round = 0; round < 40; round++) {
      const draw = () => parts[Math.floor(random() * parts.length)] ?? '';
      const part = draw() + draw() + draw();
      expect(parseMarkdown(part.repeat(65_000 / part.length)).type).toBe('root');
    }
  });
});

test('payloads, events and logins named like parts of a prototype', () => {
  const payload = JSON.parse(
    '{"__proto__":{"polluted":1},"action":"__proto__","repository":{"full_name":"__proto__/constructor","__proto__":{"id":1}},"installation":{"id":5},"issue":{"number":1,"labels":[{"name":"__proto__"}]},"label":{"name":"constructor"},"sender":{"login":"__proto__"}}',
  );
  for (const event of ['issues', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    expect(Array.isArray(toInputs(event, payload, { appId: 7, botLogin: '__proto__' }))).toBe(true);
});
