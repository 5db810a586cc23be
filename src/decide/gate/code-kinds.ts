/** What counts as code and as a test: one notion for the whole gate, the one of the item "tests" (G2). */
import { GATE_OPTIONS } from '../../config/gate-options.ts';
import type { RepoFacts } from '../../model/facts.ts';
import type { FileFact } from '../../model/pull-facts.ts';
import { pathMatcher } from './globs.ts';

/** Code by its ending, settings or machine-made by its place: nobody writes tests for it. */
const isUntestable = pathMatcher([
  '**/*.d.{ts,mts,cts}',
  '**/*.config.{js,cjs,mjs,ts,cts,mts}',
  '**/.*rc.{js,cjs,mjs,ts}',
  '**/{gulpfile,Gruntfile}.{js,cjs,mjs,ts}',
  '{.github,docs,.storybook,.husky}/**',
  '{examples,example,samples}/**',
  '**/{vendor,third_party,node_modules,generated,__generated__}/**',
  '**/{migrations,Migrations,migrate}/**',
  '**/*.{min.js,pb.go,g.cs,gen.go,gen.ts,stories.tsx,stories.ts,stories.jsx,stories.js,Designer.cs}',
  '**/{zz_generated*,*_gen,doc}.go',
  '**/*_pb2{,_grpc}.py',
  '**/{setup,noxfile}.py',
  '**/{package-info,module-info}.java',
  '**/AssemblyInfo.cs',
  '**/build.rs',
]);

export interface CodeKinds {
  isTest(path: string): boolean;
  isCode(path: string): boolean;
  /** Code that a test can be asked for. */
  wantsTest(path: string): boolean;
}

/** @param options of the item "tests", as the configuration holds them */
export function codeKinds(options: Record<string, unknown>): CodeKinds {
  const globs = GATE_OPTIONS.tests.parse(options);
  const isTest = pathMatcher(globs.tests);
  const hasCode = pathMatcher(globs.code);
  const isCode = (path: string) => hasCode(path) && !isTest(path);
  return { isTest, isCode, wantsTest: (path) => isCode(path) && !isUntestable(path) };
}

/** For items other than "tests". */
export function codeKindsOf({ config }: RepoFacts): CodeKinds {
  return codeKinds(config.gate.items.tests?.options ?? {});
}

/** There and longer than before: what was only moved or shortened shows nothing new. */
export function gainsLines({ change, additions }: FileFact): boolean {
  return change !== 'removed' && additions > 0;
}

/** Rust keeps unit tests inside the source file, where a list of files cannot show them. */
export function testsAreInside(paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => path.endsWith('.rs'));
}
