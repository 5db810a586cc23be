/** The gate's items: which level each has by default, and the options that the repository may give it (G3). */
import { z } from 'zod';
import type { ItemLevel } from '../model/verdict.ts';

const globs = z.array(z.string().trim().min(1).max(200)).max(100);
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
      })
      .prefault({})
      .describe('Synonyms of the headings that a description needs.'),
  }),
  hygiene: z.strictObject({
    maxAddedLines: z.int().min(1).max(1_000_000).default(5000).describe('Lines that one file may add before it counts as big.'),
    allow: globs.default([]).describe('Files that may be binary or big, as globs.'),
  }),
  ci: z.strictObject({}),
  tests: z.strictObject({
    code: globs
      .default(['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,go,java,kt,rs,rb,cs,php,swift,scala,c,cc,cpp,h,hpp,ex,exs,vue,svelte}'])
      .describe('Files that count as code, as globs.'),
    tests: globs
      .default([
        '**/{test,tests,__tests__,spec,specs,e2e}/**',
        '**/*.{test,spec}.*',
        '**/*_{test,spec}.*',
        '**/test_*.py',
        '**/*{Test,Tests,IT}.{java,kt,cs,scala,php,swift}',
      ])
      .describe('Files that count as tests, as globs; they win over `code`.'),
  }),
  criteria: z.strictObject({}),
  type: z.strictObject({}),
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
  'criteria',
  'type',
];

/** What holds when neither the repository nor the playbook says otherwise. */
export const DEFAULT_LEVELS: Record<GateItemId, ItemLevel> = {
  session: 'required',
  title: 'required',
  description: 'required',
  hygiene: 'required',
  ci: 'required',
  tests: 'required',
  criteria: 'required',
  type: 'required',
};
