/** The rooms of the house: who may import whom, and what the pure folders may not touch. Biome must refuse each breach. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** File → its import, then whether it may stand. */
const IMPORTS: [file: string, imported: string, allowed: boolean][] = [
  ['src/model/a.ts', 'zod', false],
  ['src/model/b.ts', '../config/load-config.ts', false],
  ['src/model/c.ts', './repo.ts', true],
  ['src/config/a.ts', '../store/types.ts', false],
  ['src/config/b.ts', '../model/config.ts', true],
  ['src/intake/a.ts', '../gather/x.ts', false],
  ['src/intake/b.ts', '../decide/x.ts', false],
  ['src/intake/c.ts', '../apply/x.ts', false],
  ['src/intake/d.ts', '../store/types.ts', true],
  ['src/gather/a.ts', '../apply/x.ts', false],
  ['src/gather/b.ts', '../intake/x.ts', false],
  ['src/gather/c.ts', '../decide/x.ts', false],
  ['src/gather/deep/d.ts', '../../decide/x.ts', false],
  ['src/gather/e.ts', '../github/x.ts', true],
  ['src/decide/a.ts', '../gather/x.ts', false],
  ['src/decide/gate/b.ts', '../../apply/x.ts', false],
  ['src/decide/gate/c.ts', '../../store/types.ts', false],
  ['src/decide/gate/d.ts', '../../config/load-config.ts', false],
  ['src/decide/gate/e.ts', '../../config/gate-options.ts', true],
  ['src/decide/gate/f.ts', '../../render/gate/x.ts', true],
  ['src/decide/g.ts', '../handle.ts', false],
  ...['probot', 'octokit', '@octokit/webhooks', 'pg', 'pino', 'hono/html'].map(pure('src/decide/lib')),
  ...['fs', 'fs/promises', 'net', 'http', 'https', 'child_process', 'crypto', 'timers', 'timers/promises', 'process']
    .map((name) => `node:${name}`)
    .map(pure('src/decide/node')),
  ['src/render/a.ts', '../decide/x.ts', false],
  ['src/render/b.ts', 'node:crypto', false],
  ['src/render/c.ts', 'octokit', false],
  ['src/render/d.ts', '../model/verdict.ts', true],
  ['src/apply/a.ts', '../gather/x.ts', false],
  ['src/apply/b.ts', '../decide/x.ts', false],
  ['src/apply/c.ts', '../store/types.ts', true],
  ['src/store/a.ts', '../github/x.ts', false],
  ['src/github/a.ts', '../store/types.ts', false],
  ['src/web/a.ts', '../decide/x.ts', false],
  ['src/sandbox/a.ts', '../app.ts', false],
  ['src/sandbox/rest/b.ts', '../../github/x.ts', false],
  ['src/sandbox/c.ts', '../model/repo.ts', true],
  ['src/cli/a.ts', '../decide/x.ts', true],
];

/** Expressions that the pure folders may not hold, and some that they may. */
const EXPRESSIONS: [expression: string, allowed: boolean][] = [
  ['Date.now()', false],
  ['new Date()', false],
  ['new Date', false],
  ['Math.random()', false],
  ['process.env', false],
  ['fetch', false],
  ['setTimeout', false],
  ['crypto.randomUUID()', false],
  ["new Date('2026-01-01')", true],
  ['Date.parse', true],
  ['Math.max(1, 2)', true],
];
const PURE = ['model', 'decide', 'render'];

function pure(stem: string) {
  return (name: string, index: number): [string, string, boolean] => [`${stem}-${index}.ts`, name, false];
}

let folder = '';
let refused = new Set<string>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  for (const name of ['biome.json', 'tools/pure.grit']) cpSync(join(root, name), join(folder, name));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, imported] of IMPORTS) write(file, `import '${imported}';\n`);
  for (const room of PURE) {
    for (const [index, [expression]] of EXPRESSIONS.entries()) {
      write(`src/${room}/expression-${index}.ts`, `export const it = ${expression};\n`);
    }
  }
  refused = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files that one of these rules refuses. */
function lint(): Set<string> {
  const rules = ['lint/style/noRestrictedImports', 'lint/style/noRestrictedGlobals', 'plugin'];
  const given = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', 'src'];
  let said = '';
  try {
    said = execFileSync(join(root, 'node_modules/.bin/biome'), given, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    // Biome ends with 1 when it finds something, and here it should.
    said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
  const lines = [...said.matchAll(/^::error title=([^,]+),file=([^,]+),/gm)];
  return new Set(
    lines.filter(([, rule]) => rules.includes(String(rule))).map(([, , file]) => String(file).replace(/^.*?(?=src\/)/, '')),
  );
}

describe('imports', () => {
  it.each(IMPORTS)('%s importing %s: %s', (file, _, allowed) => {
    expect(refused.has(file)).toBe(!allowed);
  });
});

describe.each(PURE)('src/%s', (room) => {
  it.each(EXPRESSIONS.map(([expression, allowed], index) => ({ expression, allowed, index })))(
    '$expression: $allowed',
    ({ allowed, index }) => {
      expect(refused.has(`src/${room}/expression-${index}.ts`)).toBe(!allowed);
    },
  );
});
