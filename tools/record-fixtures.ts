/** Records test/fixtures by playing short scenes against the sandbox; `--check` only compares with what is there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { FIXTURES, type Fixture, fixtureNames, pack, readFixture } from '../test/decide/fixture-files.ts';
import { scenes } from './record/scenes.ts';
import { inStudio } from './record/studio.ts';

const check = process.argv.includes('--check');
const cases = new Map<string, Fixture>();
for (const scene of scenes) {
  for (const [name, recorded] of await inStudio(scene)) {
    if (cases.has(name)) throw new Error(`two scenes record ${name}`);
    cases.set(name, plain(recorded));
  }
}
if (check) compare();
else write();

/** As it comes back from the file: without fields that are undefined. */
function plain(recorded: Fixture): Fixture {
  return JSON.parse(JSON.stringify(recorded));
}

function compare(): void {
  const there = fixtureNames();
  const missing = [...cases.keys()].filter((name) => !there.includes(name));
  const extra = there.filter((name) => !cases.has(name));
  const differing = there.flatMap((name) => {
    const recorded = cases.get(name);
    const parts = (['trigger', 'facts', 'effects'] as const).filter(
      (part) => recorded && !isDeepStrictEqual(pack(recorded[part]), pack(readFixture(name)[part])),
    );
    return parts.length > 0 ? [`${name} (${parts.join(', ')})`] : [];
  });
  const faults = [
    ['not on disk', missing],
    ['recorded by no scene', extra],
    ['different now', differing],
  ] as const;
  for (const [what, names] of faults) if (names.length > 0) process.stderr.write(`${what}: ${names.join(', ')}\n`);
  if (faults.some(([, names]) => names.length > 0)) {
    process.stderr.write('If this is wanted: npm run record, and look at the diff.\n');
    process.exitCode = 1;
  }
}

function write(): void {
  for (const entry of readdirSync(FIXTURES)) rmSync(new URL(entry, FIXTURES), { recursive: true });
  for (const [name, recorded] of cases) {
    mkdirSync(new URL(name, FIXTURES));
    for (const part of ['trigger', 'facts', 'effects'] as const) {
      writeFileSync(new URL(`${name}/${part}.json`, FIXTURES), `${JSON.stringify(pack(recorded[part]), null, 2)}\n`);
    }
  }
  execFileSync('npx', ['biome', 'format', '--write', fileURLToPath(FIXTURES)], { stdio: ['ignore', 'ignore', 'inherit'] });
  process.stdout.write(`${cases.size} cases recorded in test/fixtures\n`);
}
