/** `playcaller plan FILE` as people run it: what it prints, what it refuses, how it ends (B1, B2). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planCommand } from '../../src/cli/plan.ts';
import { UsageFault } from '../../src/cli/usage-fault.ts';
import { runMain } from './run-main.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'playcaller-plan-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const plan = (args: string[], input = '') => runMain(['plan', ...args], { cwd: dir, input });
const PHASE = {
  tasks: [
    { id: 'schema', title: 'Order table', estimate: 2 },
    { id: 'auth', title: 'Login', estimate: 3, after: ['schema'] },
    { id: 'api', title: 'Orders API', estimate: 4, depends: ['schema', 'auth'] },
    { id: 'cli', title: 'Command line', estimate: 2, depends: 'schema' },
    { id: 'web', title: 'Web "page" <b>', depends: ['api'] },
    { id: 7, title: 'Docs', estimate: 1, depends: ['api', 'cli'], after: ['web'] },
  ],
};

describe('a phase', () => {
  it('as text', () => {
    const { status, stdout, stderr } = plan(['-'], JSON.stringify(PHASE));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`6 tasks in 3 batches; 4 must wait for another, 1 had better, 1 can begin at once

Batch 1 (2 at once): schema, auth
Batch 2 (2 at once): api, cli
Batch 3 (2 at once): web, 7

Critical path:  auth → api → web
Time:           9 h at the least; 14 h one after the other
Parallel:       100 % of the tasks run beside another (goal: above 70 %, met)
Advice:         if api need not wait for auth (drop the link, or move it to "after"): time 9 h → 8
                h, batches 3 as before
Estimates:      1 missing, counted as 2 h each, the median of the others: web

Who waits for whom (H must, s had better):
           1 2 3 4 5 6
  1 schema · · · · · ·
  2 auth   s · · · · ·
  3 api    H H · · · ·
  4 cli    H · · · · ·
  5 web    · · H · · ·
  6 7      · · H H s ·
`);
  });

  it('as data, with the fields that the contract names, from YAML and JSON, a file or standard input', () => {
    writeFileSync(join(dir, 'plan.json'), JSON.stringify(PHASE));
    const yaml = ['tasks:', ...PHASE.tasks.map((task) => `  - ${JSON.stringify(task)}`)].join('\n');
    writeFileSync(join(dir, 'plan.yml'), yaml);
    const { stdout } = plan(['plan.json', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      batches: [
        ['schema', 'auth'],
        ['api', 'cli'],
        ['web', '7'],
      ],
      criticalPath: { path: ['auth', 'api', 'web'], hours: 9 },
      parallelisation: 100,
      advice: { task: 'api', dependsOn: 'auth', batches: { before: 3, after: 3 }, hours: { before: 9, after: 8 } },
    });
    expect(plan(['plan.yml', '--json']).stdout).toBe(stdout);
    expect(plan(['-', '--json'], yaml).stdout).toBe(stdout);
    expect(plan(['-', '--json'], JSON.stringify(PHASE.tasks)).stdout).toBe(stdout);
  });

  it('as a graph: labels cannot leave their quotes', () => {
    const { stdout } = plan(['-', '--graph'], JSON.stringify(PHASE));
    const graph = stdout.slice(stdout.indexOf('```mermaid'));
    expect(graph).toContain('    t5["web: Web #34;page#34; #60;b#62;"]:::planned\n');
    expect(graph).toContain('  subgraph b2["Batch 2"]\n');
    expect(graph).toContain('  t2 --> t3\n');
    expect(graph).toContain('  t1 -.-> t2\n');
    expect(graph.endsWith('\n```\n')).toBe(true);
  });

  it('nothing to plan', () => {
    expect(plan(['-'], '{"tasks": []}')).toEqual({
      status: 0,
      stdout: 'There are no tasks, so nothing is to be planned.\n',
      stderr: '',
    });
    expect(JSON.parse(plan(['-', '--json'], '[]').stdout)).toMatchObject({
      batches: [],
      criticalPath: { path: [], hours: 0 },
      parallelisation: 0,
      advice: null,
    });
  });
});

describe('a file with faults', () => {
  const faults = async (text: string): Promise<string> => {
    writeFileSync(join(dir, 'p.yml'), text);
    const told = await planCommand([join(dir, 'p.yml')]).catch((error) => error);
    if (!(told instanceof UsageFault)) throw new Error(`not refused: ${told}`);
    return told.message.replaceAll(`${dir}/`, '');
  };

  it.each([
    ['empty', '', 'p.yml is empty; a map with a list of tasks is expected, such as {"tasks": [{"id": "a"}]}'],
    ['no tasks', 'done: []', 'p.yml has no "tasks": a map with a list of tasks is expected, such as {"tasks": [{"id": "a"}]}'],
    ['a slip at the top', 'task: []', 'p.yml has a key "task" (did you mean "tasks"?)'],
    ['text', 'hello', 'p.yml must be a map with a list of tasks, not text'],
    ['no list', 'tasks: 3', 'p.yml must have a list under "tasks", not a number'],
    ['no map', 'tasks:\n- a', 'p.yml tasks[0]: must be a map with id, title, estimate …, not text (line 2)'],
    ['no id', 'tasks:\n- title: x', 'p.yml tasks[0].id: is missing: a text or a number that names the task (line 2)'],
    ['an empty id', 'tasks:\n- id: " "', 'p.yml tasks[0].id: must not be empty (line 2)'],
    ['a double id', 'tasks:\n- id: a\n- id: a', 'p.yml tasks[1].id: "a" stands twice, first in tasks[0] (line 3)'],
    [
      'a number and a text that are one id',
      'tasks:\n- id: 1\n- id: "1"',
      'p.yml tasks[1].id: "1" stands twice, first in tasks[0] (line 3)',
    ],
    [
      'a negative estimate',
      'tasks:\n- id: a\n  estimate: -1',
      'p.yml tasks[0].estimate: must be a number of hours from 0, not -1 (line 3)',
    ],
    [
      'an endless one',
      'tasks:\n- id: a\n  estimate: .inf',
      /p\.yml tasks\[0\]\.estimate: must be a number of hours .*not Infinity \(line 3\)/,
    ],
    [
      'one in minutes',
      'tasks:\n- id: a\n  estimate: 90000',
      'p.yml tasks[0].estimate: must be a number of hours up to 10000, not 90000 (line 3)',
    ],
    [
      'one in words',
      'tasks:\n- id: a\n  estimate: 3h',
      'p.yml tasks[0].estimate: must be a number of hours from 0, not "3h" (line 3)',
    ],
    [
      'a slip in a key',
      'tasks:\n- id: a\n  depend: [b]\n- id: b',
      'p.yml tasks[0].depend: is no key of this (did you mean "depends"?) (line 3)',
    ],
    [
      "another tool's word",
      'tasks:\n- id: a\n  blocked_by: [b]\n- id: b',
      'p.yml tasks[0].blocked_by: is no key of this (did you mean "depends"?) (line 3)',
    ],
    ['no list of ids', 'tasks:\n- id: a\n  depends: {b: 1}', 'p.yml tasks[0].depends: must be a list of ids, not a map (line 3)'],
    [
      'an unknown id',
      'tasks:\n- id: schema\n- id: b\n  depends:\n  - shema',
      'p.yml tasks[1].depends[0]: "shema" is no task of this plan (did you mean "schema"?) (line 5)',
    ],
    ['an unknown number', 'tasks:\n- id: 12\n  after: [13]', 'p.yml tasks[0].after[0]: "13" is no task of this plan (line 3)'],
    [
      'a task that waits for itself',
      'tasks:\n- id: a\n  depends: [a]',
      'p.yml tasks[0].depends[0]: "a" waits for itself; take it out (line 3)',
    ],
    [
      'a cycle',
      'tasks: [{id: a, depends: [c]}, {id: b, depends: [a]}, {id: c, depends: [b]}]',
      'p.yml has a cycle: a needs c, c needs b, b needs a. Take out one of these links, or move it to "after".',
    ],
    [
      'two cycles',
      'tasks: [{id: a, depends: [b]}, {id: b, depends: [a]}, {id: c, depends: [d]}, {id: d, depends: [c]}]',
      'p.yml has cycles\n  a cycle: a needs b, b needs a. Take out one of these links, or move it to "after"\n  a cycle: c needs d, d needs c. Take out one of these links, or move it to "after".',
    ],
  ])('%s', async (_, text, message) => {
    if (typeof message === 'string') expect(await faults(text)).toBe(message);
    else expect(await faults(text)).toMatch(message);
  });

  it('names all of them, in the order of the file', async () => {
    const message = await faults('tasks:\n- id: a\n  estimate: -2\n  depends: [x]\n- id: b\n  after: [b]\n- {}');
    expect(message.split('\n').map((line) => line.trim())).toEqual([
      '4 faults',
      expect.stringContaining('tasks[0].estimate'),
      expect.stringContaining('tasks[0].depends[0]: "x" is no task'),
      expect.stringContaining('tasks[1].after[0]'),
      expect.stringContaining('tasks[2].id'),
    ]);
  });

  it('whatever the file holds, a terminal is not steered', async () => {
    expect(await faults('tasks:\n- id: "\\e[2J"\n  depends: ["\\e]0;x\\a"]')).not.toMatch(/\p{Cc}/u);
  });
});

describe('wrong use ends with 2 and no stack trace', () => {
  it.each([
    ['no file', [], /name a file of tasks/],
    ['no such file', ['nope.yml'], /there is no file nope\.yml/],
    ['an unknown option', ['--grahp', 'x'], /Unknown option/],
    ['two files', ['a', 'b'], /Unexpected argument/],
  ])('%s', (_, args, message) => {
    const { status, stdout, stderr } = plan(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('ten thousand tasks', () => {
  const many = (depends: (index: number) => number[]) => ({
    tasks: Array.from({ length: 10_000 }, (_, i) => ({
      id: `task-${i}`,
      estimate: 1,
      depends: depends(i).map((to) => `task-${to}`),
    })),
  });

  it('are planned, and the text stays readable', () => {
    writeFileSync(
      join(dir, 'big.json'),
      JSON.stringify(many((i) => [1, 2, 3, 5, 8].map((k) => i - 1000 * k).filter((to) => to >= 0))),
    );
    const { status, stdout } = plan(['big.json', '--graph']);
    expect(status).toBe(0);
    expect(stdout).toContain('10000 tasks in 10 batches');
    expect(stdout).toContain('… 800 more');
    expect(stdout).toContain('  b10["Batch 10: 1000 tasks"]');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('in one circle: named, its middle counted', () => {
    writeFileSync(join(dir, 'ring.json'), JSON.stringify(many((i) => [(i + 1) % 10_000])));
    const { status, stderr } = plan(['ring.json']);
    expect(status).toBe(2);
    expect(stderr).toContain('task-0 needs task-1, task-1 needs task-2');
    expect(stderr).toContain('… 9,800 more links …, task-9999 needs task-0.');
  });
});

it('--help', () => {
  expect(plan(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: playcaller plan <file>') });
});
