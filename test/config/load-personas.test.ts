import { describe, expect, it } from 'vitest';
import { loadBuiltInPersonas, loadPersona, resolvePersonas } from '../../src/config/load-personas.ts';

const PATH = '.github/personas/sue.yml';
const file = (over = '') => `name: sue\ntitle: Sue\nlens: security\nquestions:\n  - Who may call this?\n${over}`;

describe('personas (L11)', () => {
  it('three come with Playcaller, each with 6 to 10 questions', () => {
    const personas = loadBuiltInPersonas();
    expect(personas.map(({ name }) => name)).toEqual(['argo', 'dana', 'oscar']);
    for (const { questions } of personas) {
      expect(questions.length).toBeGreaterThanOrEqual(6);
      expect(questions.length).toBeLessThanOrEqual(10);
      for (const question of questions) expect(question).toMatch(/\?$|decides that/);
    }
  });

  it("a repository's own, over its owner's, over the built-in", () => {
    const dana = (title: string) => `name: dana\ntitle: ${title}\nlens: x\nquestions: [Which data?]\n`;
    const owner = { '.github/personas/d.yml': dana('Owner'), [PATH]: file() };
    const both = resolvePersonas({ '.github/personas/dana.yml': dana('Ours') }, owner, {});
    expect(both.personas.find(({ name }) => name === 'dana')?.title).toBe('Ours');
    expect(both.personas.map(({ name }) => name)).toEqual(['argo', 'dana', 'oscar', 'sue']);
    expect(both.faults).toEqual([]);
  });

  it('a broken file is told with its place, and its last good text stays in force', () => {
    const broken = file('qestions: []\n');
    const result = resolvePersonas({ [PATH]: broken }, {}, { [PATH]: file() });
    expect(result.faults[0]).toMatchObject({ file: PATH, line: 6, field: 'qestions' });
    expect(result.personas.find(({ name }) => name === 'sue')?.questions).toEqual(['Who may call this?']);
    expect(result.files).toEqual({ [PATH]: file() });
    expect(resolvePersonas({ [PATH]: broken }, {}, {}).personas.some(({ name }) => name === 'sue')).toBe(false);
  });

  it('two files of one name: the later path is out', () => {
    const result = resolvePersonas({ [PATH]: file(), '.github/personas/zoe.yml': file() }, {}, {});
    expect(result.faults).toEqual([expect.objectContaining({ file: '.github/personas/zoe.yml', field: 'name' })]);
  });

  it.each([
    ['name: Bad Name', 'kebab-case'],
    ['questions: []', 'at least 1'],
    ['questions: [a?, a?]', 'twice'],
    ['title: ""', 'empty'],
    ['- a list', 'must be a map'],
    ['name: [', 'not valid YAML'],
  ])('%j', (line, words) => {
    const key = line.split(':')[0] ?? '';
    const text = /^\w+:/.test(line) ? `${file().replace(new RegExp(`^${key}:.*(\\n +- .*)*`, 'm'), line)}` : line;
    const loaded = loadPersona(text, PATH);
    expect('faults' in loaded && loaded.faults.map(({ message }) => message).join()).toContain(words);
  });
});
