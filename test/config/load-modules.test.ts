/** The module registry's file: what is read, and what is said of each fault (P5). */
import { describe, expect, it } from 'vitest';
import { loadModules } from '../../src/config/load-modules.ts';
import { resolveConfiguration } from '../../src/config/resolve-configuration.ts';

const FILE = '.github/playcaller.modules.yml';
const line = (id: string, depends: string[] = [], status = 'present') =>
  `  - { id: ${id}, name: ${id}, status: ${status}, depends: [${depends.join(', ')}] }`;
const text = (...lines: string[]) => ['modules:', ...lines, ''].join('\n');

function faultsOf(source: string): string[] {
  const loaded = loadModules(source, FILE);
  return 'faults' in loaded ? loaded.faults.map((fault) => `${fault.line} ${fault.field}: ${fault.message}`) : [];
}

describe('the module registry', () => {
  it('reads modules, with nothing needed by default', () => {
    const source = 'modules:\n  # the shop window\n  - id: web\n    name: Web shop\n    status: partial\n';
    expect(loadModules(source, FILE)).toEqual({
      registry: { modules: [{ id: 'web', name: 'Web shop', status: 'partial', depends: [] }], text: source },
    });
  });

  it('an empty file is a registry without modules', () => {
    expect(loadModules('# none yet\n', FILE)).toMatchObject({ registry: { modules: [] } });
  });

  it('names an unknown module with the one that was meant', () => {
    expect(faultsOf(text(line('cart'), line('web', ['crat'])))).toEqual([
      '3 modules.1.depends.0: there is no module "crat" (did you mean "cart"?)',
    ]);
  });

  it('names each circle once, link by link', () => {
    expect(faultsOf(text(line('a', ['b']), line('b', ['c']), line('c', ['a']), line('d', ['a', 'd'])))).toEqual([
      '2 modules.0.depends.0: depends on itself in a circle: a → b → c → a',
      '5 modules.3.depends.1: depends on itself in a circle: d → d',
    ]);
  });

  it('says what is wrong with ids, statuses and keys', () => {
    const source = text(line('a'), line('a'), line('B'), line('c', [], 'present!'), '  - { id: d, name: d, stat: missing }');
    expect(faultsOf(source)).toMatchInlineSnapshot(`
      [
        "4 modules.2.id: must be kebab-case: lower-case letters and digits, joined by "-"",
        "5 modules.3.status: must be one of present, partial, missing, not "present!" (did you mean "present"?)",
        "6 modules.4.status: is missing; must be one of present, partial, missing",
        "6 modules.4.stat: unknown key "stat" (did you mean "status"?)",
      ]
    `);
  });

  it('takes 500 modules in one line, and refuses a circle of all of them', () => {
    const all = Array.from({ length: 500 }, (_, at) => line(`m${at}`, at < 499 ? [`m${at + 1}`] : []));
    expect(faultsOf(text(...all))).toEqual([]);
    const ring = [...all.slice(0, 499), line('m499', ['m0'])];
    expect(faultsOf(text(...ring))).toHaveLength(1);
  });

  it('a broken registry is reported, and the last good one stays in force', () => {
    const good = text(line('cart'));
    const first = resolveConfiguration({ repository: { [FILE]: good }, owner: {}, lastGood: null });
    expect(first.registry?.modules).toHaveLength(1);
    const broken = { [FILE]: text(line('cart', ['web'])) };
    const second = resolveConfiguration({ repository: broken, owner: { [FILE]: good }, lastGood: first.files });
    expect(second.registry?.modules).toEqual(first.registry?.modules);
    expect(second.faults).toMatchObject([{ file: FILE, line: 2, field: 'modules.0.depends.0' }]);
    expect(resolveConfiguration({ repository: {}, owner: {}, lastGood: first.files }).registry).toBeNull();
  });
});
