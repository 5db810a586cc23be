/** The gate's items: which level each has by default, and the options that the repository may give it (G3). */
import { z } from 'zod';
import { globFault, globsFault } from '../model/globs.ts';
import type { ItemLevel } from '../model/verdict.ts';

const glob = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .superRefine((text, context) => said(globFault(text), context));
const globs = z
  .array(glob)
  .max(100)
  .superRefine((list, context) => said(globsFault(list), context));
const headings = z.array(z.string().trim().min(1).max(100)).max(20).default([]);

/** Types of the Conventional Commits specification and of commitlint's conventional preset. */
const COMMIT_TYPES = ['feat', 'fix', 'docs', 'style', 'refactor', 'perf', 'test', 'build', 'ci', 'chore', 'revert'];

/** By item id; an item without options has an empty object. Every option has a default. */
export const GATE_OPTIONS = {
  session: z.strictObject({}),
  title: z.strictObject({
    types: z
      .array(z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'must be a lower-case word such as feat'))
      .min(1)
      .max(50)
      .default(COMMIT_TYPES)
      .describe('Commit types that a title may begin with.'),
    commitlint: z.boolean().default(true).describe("Follow the repository's own commitlint configuration where it has one."),
  }),
  description: z.strictObject({
    sections: z
      .strictObject({
        what: headings.describe('Further headings that count as "What and why".'),
        risk: headings.describe('Further headings that count as "Risk".'),
        testing: headings.describe('Further headings that count as "Testing".'),
        rollout: headings.describe('Further headings that count as "Rollout".'),
        rollback: headings.describe('Further headings that count as "Rollback".'),
        rootCause: headings.describe('Further headings that count as "Root cause".'),
        size: headings.describe('Further headings that count as "Size", which only a big pull request needs.'),
      })
      .prefault({})
      .describe('Synonyms of the headings that a description needs.'),
  }),
  hygiene: z.strictObject({
    maxAddedLines: z.int().min(1).max(1_000_000).default(5000).describe('Lines that one file may add before it counts as big.'),
    maxBytes: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .default(1_048_576)
      .describe('Bytes that an added binary, such as an image, may have before it counts as big.'),
    allow: globs.default([]).describe('Files that may be binary, big, stray or a lockfile on its own, as globs.'),
  }),
  ci: z.strictObject({
    waitMinutes: z
      .int()
      .min(1)
      .max(1440)
      .default(30)
      .describe('So long a head commit without any check is "waiting"; then the item fails.'),
  }),
  tests: z.strictObject({
    code: globs
      .default(['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,go,java,kt,rs,rb,cs,php,swift,scala,c,cc,cpp,h,hpp,ex,exs,vue,svelte}'])
      .describe('Files that count as code, as globs.'),
    tests: globs
      .default([
        '**/{test,tests,__tests__,__mocks__,spec,specs,e2e,cypress,testdata}/**',
        '**/src/{androidTest,integrationTest,testFixtures}/**',
        '**/*.{Test,Tests,UnitTests,IntegrationTests,FunctionalTests,Specs}/**',
        '**/*.{test,spec,e2e-spec,cy}.*',
        '**/*_{test,spec}.*',
        '**/{test_*,conftest}.py',
        '**/{test,tests}.rs',
        '**/*{Test,Tests,TestCase,IT}.{java,kt,cs,scala,php,swift}',
      ])
      .describe('Files that count as tests, as globs; they win over `code`.'),
  }),
  docs: z.strictObject({
    behaviour: globs
      .default([
        '{src,lib,app,apps,cmd,pkg,internal,api,cli,bin,server,client,web,pages,components}/**',
        '{packages,apps,libs,services,modules,crates,plugins}/*/{src,lib,app,cmd,pkg,internal,api,cli,bin}/**',
        '**/src/main/**',
        '**/*.{py,go,java,kt,rs,rb,cs,php,swift,scala,ex,exs}',
        '*.{js,cjs,mjs,ts,cts,mts}',
        '**/{openapi,swagger}.{json,yml,yaml}',
        '**/*.{proto,graphql}',
      ])
      .describe('Files whose change may change what people see, as globs; tests and documentation among them do not count.'),
    ignore: globs
      .default([
        '{scripts,script,tools,tooling,hack,ci,examples,example,samples,bench,benchmarks,benches}/**',
        '.*/**',
        '**/{vendor,third_party,generated,__generated__}/**',
        '**/{setup,noxfile,tasks,fabfile}.py',
        '**/*.config.{js,cjs,mjs,ts,cts,mts}',
        '**/build.rs',
      ])
      .describe('Files among `behaviour` that nobody outside sees, as globs.'),
    docs: globs
      .default([
        '**/*.{md,mdx,markdown,rst,adoc,asciidoc}',
        '{doc,docs,documentation,wiki,site,man}/**',
        '**/{README,CHANGELOG,CHANGES,HISTORY,NEWS,UPGRADING}{,.*}',
        '.changeset/**',
        '{changelog.d,newsfragments,changes}/**',
      ])
      .describe('Files that count as documentation, as globs.'),
  }),
  security: z.strictObject({
    paths: globs
      .default([
        '**/{auth,authn,authz,authentication,authorization,oauth,sso,security,crypto,permissions,rbac,acl}/**',
        '**/*{auth,oauth,crypto,permission,permissions,password,passwords}.*',
        '**/{SECURITY.md,CODEOWNERS}',
        '.github/workflows/**',
      ])
      .describe('Files that touch security, as globs.'),
  }),
  size: z.strictObject({
    limit: z.int().min(1).max(1_000_000).default(500).describe('Added lines above which the description has to say why.'),
    ignore: globs
      .default([
        '**/{vendor,third_party,node_modules,generated,__generated__,__snapshots__,fixtures,testdata}/**',
        '**/*.{snap,min.js,min.css,map,pb.go,g.cs,gen.go,gen.ts,svg}',
        '**/*_pb2{,_grpc}.py',
      ])
      .describe('Files that nobody reviews line by line, as globs; lockfiles never count.'),
  }),
  coverage: z.strictObject({
    minimum: z.number().min(0).max(100).default(80).describe('Coverage of new code that is asked for, in percent.'),
    checks: globs
      .default([
        'codecov/patch',
        'codecov/patch/*',
        '*diff?coverage*',
        '*patch?coverage*',
        '*new?code?coverage*',
        'SonarCloud*',
        'SonarQube*',
      ])
      .describe('Checks and statuses that report the coverage of new code: their names as globs, in any case.'),
  }),
  criteria: z.strictObject({}),
  type: z.strictObject({}),
  fresh: z.strictObject({}),
} as const;

export type GateItemId = keyof typeof GATE_OPTIONS;

/** In the order of the verdict's table. */
export const GATE_ITEMS: readonly [GateItemId, ...GateItemId[]] = [
  'session',
  'title',
  'description',
  'hygiene',
  'ci',
  'tests',
  'docs',
  'security',
  'size',
  'coverage',
  'criteria',
  'type',
  'fresh',
];

/** What holds when neither the repository nor the playbook says otherwise. */
export const DEFAULT_LEVELS: Record<GateItemId, ItemLevel> = {
  session: 'required',
  title: 'required',
  description: 'required',
  hygiene: 'required',
  ci: 'required',
  tests: 'required',
  docs: 'advisory',
  security: 'required',
  size: 'required',
  coverage: 'required',
  criteria: 'required',
  type: 'required',
  fresh: 'advisory',
};

function said(fault: string | null, context: z.RefinementCtx): void {
  if (fault !== null) context.addIssue(fault);
}
