/** `playcaller recover FILE` as people run it: what it prints, what it refuses, how it ends (B6). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recoverCommand } from '../../src/cli/recover.ts';
import { UsageFault } from '../../src/cli/usage-fault.ts';
import { recoveryPrompt } from '../../src/render/plan/recovery-prompt.ts';
import fc from '../properties.ts';
import { runMain } from './run-main.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'playcaller-recover-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const recover = (args: string[], input = '') => runMain(['recover', ...args], { cwd: dir, input });
const TASKS = [
  { id: 'schema', estimate: 2, tokens: { planner: '1k', coder: 0, validator: 1000 } },
  { id: 'auth', estimate: 3 },
  { id: 'api', title: 'Orders API', estimate: 4, depends: ['schema', 'auth'], prompt: 'Write the API.\n```ts\nx\n```' },
  { id: 'cli', estimate: 2, depends: ['schema'] },
  { id: 'web', estimate: 2, depends: ['api'] },
];
const FAILED = { id: 'api', error: 'TypeError: no function ````', kind: 'logic' };

describe('a failed phase', () => {
  it('as text', () => {
    const { status, stdout, stderr } = recover(
      ['-'],
      JSON.stringify({ tasks: TASKS, done: ['schema', 'auth', 'cli'], failed: [FAILED] }),
    );
    expect([status, stderr]).toEqual([0, '']);
    const [told = '', prompt = ''] = stdout.split('\nPrompt for api:\n');
    expect(told).toBe(`Resume: mend what failed, then go on with the next batch.

Why:
  api (batch 2): fewer than two recoveries of it failed; nothing of a later batch has begun; only
    its own work is at fault: resume

Run again: api
Keep:      auth, schema, cli

Still to be done:
  Batch 1 (alone): api
  Batch 2 (alone): web

                      recovery   restart   saved
  tasks run again            1         4       3
  work done again          4 h      11 h     7 h
  plan done in             6 h       9 h     3 h
  tokens, planner        1,000     4,000   3,000
  tokens, coder              0         0       0
  tokens, validator      1,000     4,000   3,000
  Tokens:    4 missing, counted as the median: auth, api, cli, web

Before you begin:
  [ ] The error below is the first one, not one that only followed from it
  [ ] What the failed tasks have made so far is kept on a branch or a tag of its own
  [ ] The tasks that are kept passed their checks; those need not run again
  [ ] What comes back is validated before it is merged
  [ ] The reason for this way is written down
`);
    expect(prompt.startsWith('``````markdown\n')).toBe(true);
    expect(prompt.endsWith('\n``````\n')).toBe(true);
    expect(prompt).toContain('````text\nWrite the API.\n```ts\nx\n```\n````\n');
    expect(prompt).toContain('`````text\nTypeError: no function ````\n`````\n');
  });

  it('as data', () => {
    const file = { tasks: TASKS, done: ['schema', 'auth', 'cli', 'web'], failed: [{ ...FAILED, kind: 'Syntax', attempts: 1 }] };
    const data = JSON.parse(recover(['-', '--json'], JSON.stringify(file)).stdout);
    expect(data).toMatchObject({
      outcome: 'restart-from',
      rerun: ['api', 'web'],
      kept: ['auth', 'schema', 'cli'],
      next: [['api'], ['web']],
    });
    expect(data.decisions).toHaveLength(1);
    expect(data.prompts).toMatchObject([{ id: 'api', prompt: expect.stringContaining('did not parse or compile') }]);
  });

  it('twice in vain: a restart, with the recovery to compare', () => {
    const { stdout } = recover(
      ['-'],
      JSON.stringify({ tasks: TASKS, done: ['schema', 'auth'], failed: [{ ...FAILED, attempts: 2 }] }),
    );
    expect(stdout).toMatch(/^Restart: run everything again/);
    expect(stdout).toContain('two recoveries of it failed already: restart');
    expect(stdout).toContain('Keep:      nothing');
    expect(stdout).toContain('Recovery stands here only to compare; it is not advised.');
  });

  it('for a reason that nobody knows yet', () => {
    const { stdout } = recover(
      ['-'],
      JSON.stringify({ tasks: TASKS, done: ['schema', 'auth'], failed: [{ id: 'api' }], running: ['cli'] }),
    );
    expect(stdout).toMatch(/nobody\s+said whether the design is at fault: resume \(if the design is at fault: restart\)/);
    expect(stdout).toContain('The error is not at hand: paste it here.');
    expect(stdout).toContain('[ ] Somebody has looked whether the design is at fault');
  });
});

describe('a file with faults', () => {
  const tasks = 'tasks: [{id: schema}, {id: api, depends: [schema]}]\n';

  it.each([
    ['a list', '[]', 'r.yml must be a map with tasks, done and failed, not a list'],
    ['nothing failed', `${tasks}done: [schema]`, /failed: names no task; nothing is to be recovered without one/],
    ['an empty list of failures', `${tasks}failed: []`, /failed: names no task.* \(line 2\)$/],
    [
      'an unknown id',
      `${tasks}failed: [{id: appi}]`,
      'r.yml failed[0].id: "appi" is no task of this plan (did you mean "api"?) (line 2)',
    ],
    [
      'an unknown id among the done',
      `${tasks}done: [schem]\nfailed: [{id: api}]`,
      'r.yml done[0]: "schem" is no task of this plan (did you mean "schema"?) (line 2)',
    ],
    [
      'done and failed',
      `${tasks}done: [api]\nfailed: [{id: api}]`,
      'r.yml failed[0].id: "api" stands twice, first in done (line 3)',
    ],
    [
      'failed twice in the list',
      `${tasks}failed: [{id: api}, {id: api}]`,
      'r.yml failed[1].id: "api" stands twice, first in failed (line 2)',
    ],
    [
      'a slip in a kind',
      `${tasks}failed: [{id: api, kind: sintax}]`,
      'r.yml failed[0].kind: "sintax" is no kind of fault (did you mean "syntax"?) (line 2)',
    ],
    ['no kind', `${tasks}failed: [{id: api, kind: 3}]`, /failed\[0\]\.kind: must be one of syntax, logic, .*, not 3 \(line 2\)/],
    [
      'attempts',
      `${tasks}failed: [{id: api, attempts: -1}]`,
      'r.yml failed[0].attempts: must be a whole number from 0, not -1 (line 2)',
    ],
    ['a bare id', `${tasks}failed: [api]`, 'r.yml failed[0]: must be a map with id, error, kind …, not text (line 2)'],
    [
      'a slip at the top',
      `${tasks}doen: [schema]\nfailed: [{id: api}]`,
      'r.yml doen: is no key of this (did you mean "done"?) (line 2)',
    ],
    [
      'tokens',
      'tasks: [{id: a, tokens: {planner: many}}]\nfailed: [{id: a}]',
      /tasks\[0\]\.tokens\.planner: must be a number of tokens such as 1500 or 1\.5k, not "many" \(line 1\)/,
    ],
    [
      'a cycle',
      'tasks: [{id: a, depends: [b]}, {id: b, depends: [a]}]\nfailed: [{id: a}]',
      /r\.yml has a cycle: a needs b, b needs a\./,
    ],
  ])('%s', async (_, text, message) => {
    writeFileSync(join(dir, 'r.yml'), text);
    const told = await recoverCommand([join(dir, 'r.yml')]).catch((error) => error);
    expect(told).toBeInstanceOf(UsageFault);
    const words = told.message.replaceAll(`${dir}/`, '');
    if (typeof message === 'string') expect(words).toBe(message);
    else expect(words).toMatch(message);
  });

  it('ends with 2 and no stack trace', () => {
    for (const args of [[], ['nope.yml'], ['--what']]) {
      const { status, stdout, stderr } = recover(args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });
});

describe('the prompt', () => {
  it('keeps whatever prompt and error hold inside their blocks', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('```', '````\n', '~~~', '\n', '<!--', '# x', '\u001b[31m', '> ', '  '), { maxLength: 12 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, prompt, error) => {
        const text = recoveryPrompt({ title, prompt: `p${prompt}p`, error: `e${error}e`, kind: 'tests' });
        const kinds = fromMarkdown(text).children.map(({ type }) => type);
        expect(kinds).toEqual(['paragraph', 'paragraph', 'code', 'paragraph', 'code', 'paragraph', 'list']);
        expect(text).not.toMatch(/(?!\n|\t)\p{Cc}/u);
      }),
    );
  });

  it('keeps both ends of a long error, and loses its colours', () => {
    const error = `first ${'x'.repeat(50_000)} \u001b[31mlast\u001b[0m`;
    const text = recoveryPrompt({ title: 'T', prompt: null, error, kind: 'syntax' });
    expect(text).toContain('first xxx');
    expect(text).toMatch(/… \d+ characters left out …/);
    expect(text).toContain('xx last\n');
    expect(text.length).toBeLessThan(10_000);
  });
});

it('--help', () => {
  expect(recover(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: playcaller recover <file>') });
});
