/** Gate item: code does not change without a test that changes with it (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { FileFact } from '../../model/pull-facts.ts';
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/tests.ts';
import { pathMatcher } from './globs.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass } from './types.ts';

export const tests: GateItem = { id: 'tests', title: words.title, defaultLevel: 'required', check };

/** Code by its ending, settings or machine-made by its place: nobody writes tests for it. */
const isUntestable = pathMatcher([
  '**/*.d.{ts,mts,cts}',
  '**/*.config.{js,cjs,mjs,ts,cts,mts}',
  '**/.*rc.{js,cjs,mjs,ts}',
  '{.github,docs}/**',
  '**/{vendor,third_party,node_modules,generated,__generated__}/**',
  '**/*.{min.js,pb.go,g.cs,gen.go,gen.ts,stories.tsx,stories.ts,stories.jsx,stories.js}',
  '**/*_pb2{,_grpc}.py',
]);

function check({ pull }: GateFacts, options: Record<string, unknown>): ItemResult {
  const globs = GATE_OPTIONS.tests.parse(options);
  const isTest = pathMatcher(globs.tests);
  const isCode = pathMatcher(globs.code);
  const present = pull.files.filter(({ change }) => change !== 'removed');
  // A test that was only moved, or only lost lines, shows no new behaviour.
  const testFiles = present.filter((file) => isTest(file.path) && gains(file)).map(({ path }) => path);
  const code = pull.files.filter(({ path }) => isCode(path) && !isTest(path) && !isUntestable(path));
  const changed = code.filter((file) => file.change !== 'removed' && gains(file)).map(({ path }) => path);
  if (changed.length > 0 && testFiles.length > 0) return pass(words.covered(changed.length, testFiles));
  if (pull.filesTotal > pull.files.length) {
    return fail(words.unlisted(pull.files.length, pull.filesTotal), words.mendUnlisted);
  }
  if (changed.length === 0) return notApplicable(code.length > 0 ? words.onlyRemoved : words.noCode);
  // Rust keeps unit tests inside the source file, where a list of files cannot show them.
  if (changed.every((path) => path.endsWith('.rs'))) return pass(words.inline(changed));
  return fail(words.uncovered(changed), words.mend);
}

function gains({ additions }: FileFact): boolean {
  return additions > 0;
}
