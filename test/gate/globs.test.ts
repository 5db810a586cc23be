/** Globs of the configuration: what they match, what is refused, and that none can run for ever. */

import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { GATE_OPTIONS } from '../../src/config/gate-options.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { pathMatcher } from '../../src/decide/gate/globs.ts';
import { compileGlobs, globFault, globsFault } from '../../src/model/globs.ts';
import fc from '../properties.ts';

describe('matching', () => {
  it.each([
    ['**/*.ts', ['a.ts', 'a/b.ts', '.hidden/b.ts', 'a/.b.ts'], ['a.tsx', 'a.ts/b']],
    ['src/**', ['src/a', 'src/a/b', 'src/.env'], ['src', 'srcs/a', 'a/src/b']],
    ['*.md', ['README.md', '.md'], ['docs/a.md']],
    ['a/*/c', ['a/b/c'], ['a/c', 'a/b/b/c']],
    ['**/a/**/b', ['a/b', 'x/a/y/z/b'], ['b', 'a/b/c']],
    ['**/{test,tests}/**/*.{js,ts}', ['test/a.js', 'x/tests/y/a.ts'], ['test/a.py']],
    ['{README,CHANGES}{,.*}', ['README', 'CHANGES.md'], ['README2']],
    ['{a,b{c,d}}', ['a', 'bc', 'bd'], ['b', 'bcd']],
    ['file?.[ch]', ['file1.c', 'files.h'], ['file.c', 'file12.c', 'file1.o']],
    ['[!a-c]x', ['dx'], ['ax', 'cx', 'x']],
    ['*a*b*', ['ab', 'xaybz'], ['ba', 'b']],
    ['app/(shop)/\\[id\\]/*', ['app/(shop)/[id]/page.tsx'], ['app/shop/i/page.tsx']],
    ['{one}', ['{one}'], ['one']],
    ['a[b', ['a[b'], ['ab']],
  ])('%s', (glob, yes, no) => {
    const matches = compileGlobs([glob]);
    expect(yes.filter((path) => !matches(path))).toEqual([]);
    expect(no.filter((path) => matches(path))).toEqual([]);
  });

  it('says what picomatch says of the same', () => {
    const part = fc.constantFrom('a', 'b', 'ab', '*', '*a', 'b*', '?', '{a,b}', '*a*b', '[ab]', '.a', '*.b', 'a{,b}', '**');
    const last = part.filter((text) => text !== '**');
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'c'), minLength: 1, maxLength: 4 });
    const names = name.filter((text) => !/^\.+$/.test(text));
    fc.assert(
      fc.property(
        fc.tuple(fc.array(part, { maxLength: 3 }), last),
        fc.array(names, { minLength: 1, maxLength: 5 }),
        (glob, path) => {
          const [pattern, text] = [[...glob[0], glob[1]].join('/'), path.join('/')];
          expect(compileGlobs([pattern])(text), `${pattern} ${text}`).toBe(picomatch(pattern, { dot: true })(text));
        },
      ),
      { numRuns: 3000, seed: 4 },
    );
  });

  it('an empty list, and a glob that is refused, match nothing', () => {
    expect(compileGlobs([])('a')).toBe(false);
    expect(compileGlobs(['!(a)', '/a', 'a/'])('a')).toBe(false);
  });

  it('the same list is compiled once, and many lists are not kept for ever', () => {
    expect(pathMatcher(['a', 'b'])).toBe(pathMatcher(['a', 'b']));
    const first = pathMatcher(['first']);
    for (let n = 0; n < 200; n++) pathMatcher([`${n}`]);
    expect(pathMatcher(['first'])).not.toBe(first);
  });
});

describe('hostile globs', () => {
  const long = `${'a'.repeat(4000)}/${'a/'.repeat(1000)}x`;
  it.each([
    ['stars among letters', `${'*a'.repeat(90)}*b`],
    ['stars in every folder', `${'*a*a*a*/'.repeat(20)}b`],
    ['globstars', `${'**/'.repeat(50)}b`],
    ['globstars among folders', `${'**/a/'.repeat(35)}b`],
    ['classes and stars', `${'*[a-z]'.repeat(30)}*b`],
  ])('%s end', (_name, glob) => {
    expect(globFault(glob)).toBeNull();
    const matches = compileGlobs(Array.from({ length: 20 }, () => glob));
    expect(matches(long)).toBe(false);
    expect(matches('a'.repeat(60_000))).toBe(false);
  });

  it.each([
    ['@(+(a)+)+', 'holds a pattern such as "@(a|b)" or "+(a)"; write "{a,b}"'],
    ['!(a)', 'begins with "!"'],
    ['!a', 'begins with "!"'],
    ['/a', 'begins with "/"'],
    ['./a', 'begins with "./"'],
    ['docs/', 'ends with "/": write "docs/**"'],
    ['{1..9}', 'holds a range'],
    ['{a,b}'.repeat(30), 'stands for more than 200 globs'],
    [`${'{a,'.repeat(60)}b${'}'.repeat(60)}{a,b}{a,b}`, 'stands for more than 200 globs'],
  ])('%s is refused', (glob, why) => {
    expect(globFault(glob)).toContain(why);
    expect(compileGlobs([glob])(long)).toBe(false);
  });

  it.each([
    ['question marks', Array.from({ length: 10 }, (_, at) => `*${'?'.repeat(60)}${at}*`)],
    ['classes', Array.from({ length: 30 }, (_, at) => `*${'[a-z]'.repeat(20)}${at}*`)],
    ['folders of any depth', Array.from({ length: 60 }, (_, at) => `${'**/a/'.repeat(6)}${at}`)],
  ])('a list with very many %s is refused as a whole', (_name, globs) => {
    expect(globsFault(globs)).toContain('to be matched in good time');
    expect(globsFault(globs.slice(0, 2))).toBeNull();
  });

  it('the lists that hold by default, and long ones of letters and stars, are not', () => {
    const lists = Object.values(GATE_OPTIONS).flatMap((options) => Object.values(options.parse({})).filter(Array.isArray));
    for (const list of lists) expect(globsFault(list)).toBeNull();
    expect(globsFault(Array.from({ length: 100 }, (_, at) => `packages/*/src/**/*auth*${at}*.{ts,tsx}`))).toBeNull();
  });

  it('several stars in a name, against any name: as a plain search would', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((all) => all.join(''));
    const names = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters, names, (glob, name) => {
        fc.pre(glob !== '' && !glob.includes('**'));
        expect(compileGlobs([glob])(name)).toBe(new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(name));
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused in the file with line and field', () => {
    const text =
      'gate:\n  items:\n    tests:\n      code:\n        - src/**\n        - "@(+(a)+)+"\n    size: {ignore: ["a/"]}\n';
    const faults = loadConfig(text, 'f').faults.map(({ line, field, message }) => `${line} ${field}: ${message}`);
    expect(faults).toEqual([
      '6 gate.items.tests.code.1: holds a pattern such as "@(a|b)" or "+(a)"; write "{a,b}"',
      '7 gate.items.size.ignore.0: ends with "/": write "a/**" for all that lies in the folder',
    ]);
    const many = JSON.stringify({
      gate: { items: { hygiene: { allow: Array.from({ length: 20 }, (_, n) => `${n}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}`) } } },
    });
    expect(loadConfig(many, 'f').faults.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      'gate.items.hygiene.allow: stand for more than 500 globs once their braces are written out',
    ]);
  });
});
