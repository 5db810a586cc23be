/** Gate item "hygiene": sizes of added binaries, lockfiles and their manifests. */
import { describe, expect, it } from 'vitest';
import { hygiene } from '../../src/decide/gate/hygiene.ts';
import type { FileFact, PatchScan } from '../../src/model/pull-facts.ts';
import { facts, file, pull, repo, scan } from './facts.ts';

const of = (files: FileFact[], found: Partial<PatchScan> = {}, options = {}) =>
  hygiene.check(facts({ pull: pull({ files, scan: scan(found) }) }), options);

describe('weight', () => {
  const files = [file('a.png', 'added', 0, 0), file('b.png', 'added', 0, 0)];
  const binaries = ['a.png', 'b.png'];
  const small = { path: 'b.png', bytes: 2000 };

  it('of added images has a limit', () => {
    const heavy = of(files, { binaries, sizes: [{ path: 'a.png', bytes: 3 * 1024 * 1024 }, small] });
    expect(heavy).toMatchObject({ status: 'fail', evidence: expect.stringMatching(/^Over 1 MB: `a.png` \(3 MB\)<br>/) });
    expect(of(files, { binaries, sizes: [{ path: 'a.png', bytes: 1_048_576 }, small] }).status).toBe('pass');
    expect(of(files, { binaries, sizes: [{ path: 'a.png', bytes: 3000 }, small] }, { maxBytes: 2500 }).evidence).toContain(
      'Over 2.4 KB: `a.png` (2.9 KB)',
    );
  });

  it('that was asked for in vain is not green, unless the files are allowed', () => {
    expect(of(files, { binaries, sizes: [small] })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('Size not known: `a.png`'),
    });
    expect(of(files, { binaries, sizes: [small] }, { allow: ['*.png'] }).status).toBe('pass');
  });

  it('stands beside other binaries, and heads that were read before know none', () => {
    const jar = file('x.jar', 'added', 0, 0);
    expect(of([jar], { binaries: ['x.jar'], sizes: [{ path: 'x.jar', bytes: 900 }] }).evidence).toBe(
      'Binary: `x.jar` (900 bytes)',
    );
    expect(of([jar], { binaries: ['x.jar'] }).evidence).toBe('Binary: `x.jar`');
    expect(of(files, { binaries }).status).toBe('pass');
  });
});

describe('lockfiles', () => {
  const lock = file('package-lock.json');
  const manifest = file('package.json');
  const code = file('src/a.ts');
  const said = (files: FileFact[], found: Partial<PatchScan> = {}, lockfiles?: string[]) => {
    const given = { pull: pull({ files, scan: scan(found) }), repo: repo({}, lockfiles ? { lockfiles } : {}) };
    const { status, evidence } = hygiene.check(facts(given), {});
    return `${status}: ${evidence}`;
  };

  it('that came along with other changes are refused; upkeep is noted', () => {
    expect(said([lock, code])).toBe('fail: Lockfile without its manifest: `package-lock.json`');
    expect(said([file('package-lock.json', 'added'), code])).toContain('fail: Lockfile without');
    expect(said([lock])).toMatch(/^pass: .*Note: `package-lock.json` changed without its manifest$/);
    expect(said([lock, file('web/yarn.lock')])).toContain('pass: ');
    expect(of([lock, code], {}, { allow: ['package-lock.json'] }).status).toBe('pass');
  });

  it.each<[string, FileFact[]]>([
    ['their manifest', [lock, manifest, code]],
    ['one of the workspace', [file('pnpm-lock.yaml'), file('packages/ui/package.json'), code]],
    ['settings', [file('pnpm-lock.yaml'), file('pnpm-workspace.yaml'), code]],
    ['a package that went', [lock, file('packages/old/package.json', 'removed'), code]],
    ['a package that moved', [lock, { ...file('b/x.json', 'renamed'), previousPath: 'a/package.json' }, code]],
    ['a gemspec', [file('Gemfile.lock'), file('shop.gemspec'), code]],
    ['another package manager', [file('pnpm-lock.yaml', 'added'), file('package-lock.json', 'removed'), code]],
    ['nothing: moved itself', [file('new/yarn.lock', 'renamed'), code]],
  ])('are moved by %s', (_name, files) => expect(said(files)).toMatch(/^pass: (?!.*Note)/));

  it('are only noted where a manifest of their kind changed elsewhere', () => {
    expect(said([file('a/Cargo.lock'), file('b/Cargo.toml'), code])).toMatch(/^pass: .*Note/);
  });

  it('that stayed while dependencies changed: a fault where one is known to lie beside the manifest', () => {
    const edits = { dependencyEdits: ['package.json'] };
    expect(said([manifest, code], edits, ['package-lock.json'])).toBe(
      'fail: Dependencies changed, their lockfile did not: `package.json`',
    );
    expect(said([manifest, code], edits, ['Cargo.lock'])).toMatch(/^pass: .*Note: dependencies changed/);
    expect(said([manifest, code], edits)).toContain('pass: ');
    expect(said([manifest, lock, code], edits, ['package-lock.json'])).not.toContain('ependencies changed');
    expect(said([manifest, code], {}, ['package-lock.json'])).not.toContain('ependencies changed');
    const nested = { dependencyEdits: ['examples/a/package.json'] };
    expect(said([file('examples/a/package.json')], nested, ['package-lock.json'])).toMatch(/^pass: .*Note/);
  });
});
