/** `playcaller validate` as people run it: what it reads, what it says, how it ends. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'src/cli/main.ts');

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'playcaller-validate-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function put(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

function validate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'validate', ...args], { encoding: 'utf8', cwd: dir });
  return { status, stdout, stderr };
}

const PATTERN = [
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

const GOOD = {
  '.github/playcaller.yml': 'version: 1\narchive: { path: docs/sessions }\n',
  '.github/playcaller.modules.yml': 'modules:\n  - { id: cart, name: Cart, status: present }\n',
  '.github/playbooks/hotfix.yml': 'extends: bug-fix\nreplace: [{ id: fix, persona: lea }]\n',
  '.github/personas/lea.yml': 'name: lea\ntitle: Lea\nlens: law\nquestions: [Is it legal?]\n',
  '.github/patterns/report.yml': PATTERN,
};

describe('validate', () => {
  it('counts what is fine, here and in another directory', () => {
    put(GOOD);
    expect(validate()).toEqual({ status: 0, stdout: '5 files are fine\n', stderr: '' });
    expect(validate(dir)).toEqual({ status: 0, stdout: '5 files are fine\n', stderr: '' });
  });

  it("finds Playcaller's own playbooks fine", () => {
    expect(validate(ROOT)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+ files are fine\n$/) });
  });

  it('says that there is nothing', () => {
    expect(validate()).toEqual({ status: 0, stdout: 'There is no file of Playcaller in .: the defaults hold.\n', stderr: '' });
  });

  it('tells each fault with file, line, field and what was meant', () => {
    put({
      ...GOOD,
      '.github/playcaller.yml': 'version: 1\ncapcity: 3\n',
      '.github/playcaller.modules.yml': 'modules:\n  - { id: cart, name: Cart, status: presnt }\n',
      '.github/playbooks/hotfix.yml': 'extends: bug-fixx\n',
      '.github/playbooks/night.yml': 'extends: bug-fix\nreplace:\n  - { id: fix, persona: oskar }\n',
      '.github/personas/lea.yml': 'name: lea\ntitle: Lea\nlens: law\nquestion: [Is it legal?]\nquestions: [Why?]\n',
      '.github/patterns/report.yml': PATTERN.replace('[TOPIC]', '[TOPIC'),
      '.github/playbooks/patterns/lost.yml': PATTERN,
      'playbooks/broken.yml': 'type: [',
      'playbooks/patterns/ours.yml': PATTERN.replace('TOPIC,', 'TOPICS,'),
    });
    const { status, stdout, stderr } = validate();
    expect([status, stderr]).toEqual([1, '']);
    const lines = stdout.trimEnd().split('\n').sort();
    expect(lines.map((line) => line.split(' ', 2).join(' '))).toEqual([
      '.github/patterns/report.yml:6 template:',
      '.github/personas/lea.yml:4 question:',
      '.github/playbooks/hotfix.yml:1 extends:',
      '.github/playbooks/night.yml:3 replace.0.persona:',
      '.github/playbooks/patterns/lost.yml:1 is',
      '.github/playcaller.modules.yml:2 modules.0.status:',
      '.github/playcaller.yml:2 capcity:',
      'playbooks/broken.yml:1 not',
      'playbooks/patterns/ours.yml:6 template:',
    ]);
    expect(lines[6]).toBe('.github/playcaller.yml:2 capcity: unknown key "capcity" (did you mean "capacity"?)');
    expect(lines[2]).toContain('(did you mean "bug-fix"?)');
    expect(lines[3]).toContain('there is no persona "oskar" (did you mean "oscar"?)');
  });

  it('tells of files that would not be read', () => {
    put({ '.github/playcaller.yaml': 'version: 1\n' });
    mkdirSync(join(dir, '.github/playbooks/x.yml'), { recursive: true });
    expect(validate()).toMatchObject({
      status: 1,
      stdout:
        '.github/playbooks/x.yml:1 cannot be read (EISDIR)\n.github/playcaller.yaml:1 is not read; name it .github/playcaller.yml\n',
    });
  });

  it('--json: the same as data', () => {
    put({ ...GOOD, '.github/playcaller.yml': 'capacity: x\n' });
    const { status, stdout } = validate('--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      files: Object.keys(GOOD),
      faults: [{ file: '.github/playcaller.yml', line: 1, column: 11, field: 'capacity', message: 'must be a number, not "x"' }],
    });
  });

  it.each([
    [['nowhere'], 'there is no directory nowhere.'],
    [['.', 'there'], "Unexpected argument 'there'. See --help."],
    [['--jsn'], "Unknown option '--jsn'. See --help."],
  ])('wrong use ends with 2: %j', (args, said) => {
    expect(validate(...args)).toEqual({ status: 2, stdout: '', stderr: `playcaller validate: ${said}\n` });
  });

  it('--help', () => {
    expect(validate('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: playcaller validate') });
  });
});
