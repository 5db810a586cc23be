/** `playcaller prompt` as a process: filled, partly filled, refused (B4). */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'prompt-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function prompt(args: string[], input = '') {
  const options = { encoding: 'utf8', cwd: dir, input } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'prompt', ...args], options);
  return { status, stdout, stderr };
}

const CRUD = ['storage-crud', 'ENTITY=Order', 'fields=id', 'FILTERS=a $& `b` [ENTITY]'];

describe('playcaller prompt', () => {
  it('lists the patterns, for people and for programs', () => {
    const { status, stdout, stderr } = prompt([]);
    expect([status, stderr]).toEqual([0, '']);
    for (const name of ['storage-crud', 'rest-endpoints', 'command-line', 'web-interface', 'error-handling'])
      expect(stdout).toMatch(new RegExp(`^${name} 1\\.0\\.0: `, 'm'));
    expect(JSON.parse(prompt(['--json']).stdout)).toHaveLength(5);
  });

  it('fills one: the prompt and nothing else on standard output', () => {
    const { status, stdout, stderr } = prompt(CRUD);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^# Order: storage\n/);
    expect(stdout).toContain('Fields: id\n');
    expect(stdout).toContain('narrowed by: a $& `b` [ENTITY].');
    expect(prompt([...CRUD, '--validation']).stdout).toMatch(/^Check the storage of Order\./);
    expect(JSON.parse(prompt([...CRUD, '--json']).stdout)).toMatchObject({
      pattern: 'storage-crud',
      prompt: stdout.trimEnd(),
      left: [],
      baseline: { planner: 1000, coder: 0, validator: 1000 },
    });
  });

  it('names what is left and says so by its exit code', () => {
    const { status, stdout, stderr } = prompt(['storage-crud', 'ENTITY=Order', 'FIELDS=']);
    expect(status).toBe(1);
    expect(stdout).toContain('Fields: [FIELDS]');
    expect(stderr).toMatch(/^storage-crud: 2 placeholders are left to fill\n {2}FIELDS: .*\n {2}FILTERS: /);
  });

  it.each<[args: string[], words: string]>([
    [['storage-crub'], 'there is no prompt pattern "storage-crub" (did you mean "storage-crud"?).'],
    [['x'], 'there are command-line, error-handling'],
    [['storage-crud', 'ENTITTY=a', 'Q=b'], 'ENTITTY is no variable of storage-crud (did you mean ENTITY?)\n  Q is no variable'],
    [['storage-crud', 'ENTITY'], '"ENTITY" is no KEY=value'],
    [['storage-crud', 'ENTITY=a', 'ENTITY=b'], 'ENTITY is given twice'],
    [['storage-crud', 'ENTITY=a', 'entity=b'], 'ENTITY is given twice'],
    [['storage-crud', '--file', 'none.yml'], 'there is no file none.yml'],
    [['storage-crud', '--dir', 'none'], 'there is no directory none'],
    [['--validation'], 'name a pattern'],
    [['storage-crud', '--nope'], '--nope'],
  ])('%j', (args, words) => {
    const { status, stdout, stderr } = prompt(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
  });

  it('takes variables from a file or standard input, and those of the command line first', () => {
    writeFileSync(join(dir, 'vars.yml'), 'ENTITY: Invoice\nFIELDS: [id, total]\nfilters: 5\nTESTS: "line\\nline"\n');
    const { status, stdout } = prompt(['storage-crud', 'entity=Order', '--file', 'vars.yml']);
    expect(status).toBe(0);
    for (const words of ['# Order: storage', 'Fields: id, total', 'narrowed by: 5.', '`line\nline` passes'])
      expect(stdout).toContain(words);
    expect(prompt(['storage-crud', '--file', '-', 'FIELDS=x', 'FILTERS=y'], '{"ENTITY": "Piped"}').stdout).toMatch(/^# Piped: /);
  });

  it.each([
    ['ENTITY: {a: b}', 'vars.yml ENTITY: must be text, a number or a list of these (line 1)'],
    ['ENTITY: [', 'not valid YAML'],
    ['- a', 'must be a map'],
    ['ENTITY: a\nENTITY: b', 'stands twice'],
    ['ENTITTY: a', 'did you mean ENTITY?'],
  ])('a bad file: %j', (text, words) => {
    writeFileSync(join(dir, 'vars.yml'), text);
    const { status, stdout, stderr } = prompt(['storage-crud', '--file', 'vars.yml']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it("counts a repository's own patterns; a broken one is told and left out", () => {
    const own = [
      'name: report',
      'title: A report',
      'version: 1.0.0',
      'chooseFor: figures are told',
      'variables: [{ id: TOPIC, description: What about., example: sales }]',
      'template: Write about [TOPIC].',
      'validation: Read it.',
      'deviate: [Nobody reads it.]',
      'baseline: { planner: 1, coder: 0, validator: 1 }',
    ].join('\n');
    mkdirSync(join(dir, '.github/patterns'), { recursive: true });
    writeFileSync(join(dir, '.github/patterns/report.yml'), own);
    writeFileSync(join(dir, '.github/patterns/bad.yml'), own.replace('[TOPIC]', '[TOPIC'));
    const { status, stdout, stderr } = prompt(['report', 'TOPIC=sales']);
    expect([status, stdout]).toEqual([0, 'Write about sales.\n']);
    expect(stderr).toContain('.github/patterns/bad.yml:6 template: the placeholder [TOPIC is not closed');
  });
});
