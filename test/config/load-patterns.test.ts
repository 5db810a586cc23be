/** Prompt patterns: the built-in five, a repository's own, and what is wrong with a file (B4). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadBuiltInPatterns, loadPattern, resolvePatterns } from '../../src/config/load-patterns.ts';
import { resolveConfiguration } from '../../src/config/resolve-configuration.ts';
import { placeholdersOf } from '../../src/model/placeholders.ts';

const PATH = '.github/patterns/report.yml';

const file = (over: { template?: string; validation?: string; variables?: string; name?: string } = {}) =>
  [
    `name: ${over.name ?? 'report'}`,
    'title: A report',
    'version: 1.0.0',
    'chooseFor: figures are to be told each week',
    over.variables ?? 'variables:\n  - { id: TOPIC, description: What it is about., example: sales }',
    'template: |',
    ...(over.template ?? 'Write about [TOPIC].').split('\n').map((line) => `  ${line}`),
    'validation: |',
    ...(over.validation ?? 'Read it.').split('\n').map((line) => `  ${line}`),
    'deviate: [Nobody reads it.]',
    'baseline: { planner: 1, coder: 0, validator: 2 }',
  ].join('\n');

const faultsOf = (text: string) => {
  const loaded = loadPattern(text, PATH);
  return 'faults' in loaded ? loaded.faults : [];
};

describe('the built-in patterns (S1)', () => {
  const patterns = loadBuiltInPatterns();

  it('are five, with S1’s variables and figures', () => {
    const baseline = (planner: number, validator: number) => ({ planner, coder: 0, validator });
    const s1: [name: string, variables: string[], baseline: unknown][] = [
      ['command-line', ['COMMAND', 'SUBCOMMANDS', 'ARGUMENTS', 'OUTPUT_FORMAT'], baseline(1500, 2000)],
      ['error-handling', ['ERROR_TYPE', 'EXCEPTION_CLASS', 'RECOVERY', 'USER_MESSAGE'], baseline(1000, 1000)],
      ['rest-endpoints', ['RESOURCE', 'ENDPOINTS', 'STATUS_CODES', 'ERROR_RESPONSES'], baseline(1000, 1500)],
      ['storage-crud', ['ENTITY', 'FIELDS', 'FILTERS'], baseline(1000, 1000)],
      ['web-interface', ['FEATURE', 'PAGE', 'COMPONENTS', 'API_ENDPOINTS'], baseline(1500, 1500)],
    ];
    expect(patterns.map(({ name }) => name)).toEqual(s1.map(([name]) => name));
    for (const [name, variables, cost] of s1) {
      const pattern = patterns.find((one) => one.name === name);
      expect(pattern?.variables.map(({ id }) => id)).toEqual(expect.arrayContaining([...variables, 'PHASE', 'SECTION']));
      expect(pattern?.baseline).toEqual(cost);
    }
  });

  it.each(patterns)('$name is complete: context, task, constraints, files, tests, done; and how to check it', (pattern) => {
    const headings = pattern.template.match(/^## .*$/gm);
    expect(headings).toEqual(['## Context', '## Task', '## Constraints', '## Files', '## Tests', '## Done when']);
    expect(placeholdersOf(pattern.validation).map(({ id }) => id)).toContain('TESTS');
    expect(pattern.validation).toMatch(/PASS or FAIL/);
    expect(pattern.deviate.length).toBeGreaterThanOrEqual(3);
  });
});

describe('placeholders of a file', () => {
  it.each<[template: string, line: number, words: string]>([
    ['Write\nabout [TOPIC', 9, '[TOPIC is not closed: write [TOPIC]'],
    ['About [TOPIC and [TOPIC]', 8, '[TOPIC is not closed'],
    ['About [TOPIC], [OTHER', 8, '[OTHER is not closed'],
    ['About [TOPIC]\n\nand [TOPICS]', 10, '[TOPICS] is no variable of this pattern (did you mean "TOPIC"?)'],
    ['About [TOPIC], by [AUTHOR]', 8, '[AUTHOR] is no variable of this pattern; declare it'],
    ['About [TOPIC] or [topic]', 8, 'write [TOPIC] in capitals and alone in its brackets, not [topic]'],
    ['About [TOPIC] or [TOPIC ]', 8, 'not [TOPIC ]'],
    ['About [TOPIC] or [ TOPIC]', 8, 'not [ TOPIC]'],
  ])('%j', (template, line, words) => {
    const faults = faultsOf(file({ template }));
    expect(faults).toEqual([expect.objectContaining({ file: PATH, line, field: 'template' })]);
    expect(faults[0]?.message).toContain(words);
  });

  it('brackets that mean something else are left alone', () => {
    const template =
      '- [x] [TOPIC] [X] a[0] [] [ ] [see](https://x.y) [Topic sentence](#a) [API docs][1] {"a": [1, 2]} [[TOPIC]] ["TOPIC"]';
    expect(faultsOf(file({ template }))).toEqual([]);
  });

  it('a variable that is never used is told where it stands', () => {
    const variables = 'variables:\n  - { id: TOPIC, description: a, example: b }\n  - { id: DAY, description: a, example: b }';
    const [fault, ...others] = faultsOf(file({ variables }));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ line: 7, field: 'variables.1.id', message: expect.stringContaining('DAY is never used') });
    expect(faultsOf(file({ variables, validation: 'On [DAY].' }))).toEqual([]);
  });

  it('in a text on one line too', () => {
    const text = file().replace('template: |\n  Write about [TOPIC].', 'template: "About [TOPIC"');
    expect(faultsOf(text)).toContainEqual(expect.objectContaining({ line: 7, field: 'template' }));
  });
});

describe('a file', () => {
  it.each([
    ['variables:\n  - { id: topic, description: a, example: b }', 'variables.0.id', 'capital letters'],
    ['variables:\n  - { id: T, description: a, example: b }', 'variables.0.id', 'capital letters'],
    [
      'variables:\n  - { id: TOPIC, description: a, example: b }\n  - { id: TOPIC, description: a, example: b }',
      'variables.1.id',
      'stands twice',
    ],
    ['variables:\n  - { id: TOPIC, description: a, exmple: b }', 'variables.0.exmple', 'did you mean "example"?'],
    ['variables: []', 'variables', 'at least 1'],
  ])('%j', (variables, field, words) => {
    expect(faultsOf(file({ variables }))).toContainEqual(
      expect.objectContaining({ field, message: expect.stringContaining(words) }),
    );
  });

  it.each([
    ['baseline: { planner: -1, coder: 0, validator: 2 }', 'baseline.planner'],
    ['baseline: { planner: 1, coder: 0 }', 'baseline.validator'],
    ['baseline: { planner: 1.5, coder: 0, validator: 2 }', 'baseline.planner'],
  ])('%s', (line, field) => {
    const text = file().replace(/baseline: .*/, line);
    expect(faultsOf(text)).toEqual([expect.objectContaining({ field })]);
  });

  it('never throws', () => {
    for (const text of ['', '[', '- a', 'name: [', 'x'.repeat(300_000), '\0', 'template: 5'])
      expect(faultsOf(text).length).toBeGreaterThan(0);
  });
});

describe('which one is in force', () => {
  it("a repository's own, over its owner's, over the built-in; the last good text of a broken one", () => {
    const owner = { '.github/patterns/a.yml': file(), '.github/patterns/b.yml': file({ name: 'storage-crud' }) };
    const ours = file({ template: 'Ours: [TOPIC]' });
    const resolved = resolvePatterns({ [PATH]: ours }, owner, {});
    expect(resolved.faults).toEqual([]);
    const templates = new Map(resolved.patterns.map(({ name, template }) => [name, template.trim()]));
    expect(templates.size).toBe(6);
    expect(templates.get('report')).toBe('Ours: [TOPIC]');
    expect(templates.get('storage-crud')).toBe('Write about [TOPIC].');
    const broken = resolvePatterns({ [PATH]: `${ours}\nextra: 1\n` }, {}, { [PATH]: ours });
    expect(broken.faults).toEqual([expect.objectContaining({ file: PATH, field: 'extra' })]);
    expect(broken.patterns.find(({ name }) => name === 'report')?.template.trim()).toBe('Ours: [TOPIC]');
    expect(broken.files).toEqual({ [PATH]: ours });
  });

  it('is part of the whole configuration', () => {
    const resolved = resolveConfiguration({ repository: { [PATH]: file() }, owner: {}, lastGood: null });
    expect(resolved.patterns.map(({ name }) => name)).toContain('report');
    expect(resolved.files).toEqual({ [PATH]: file() });
  });
});

describe('docs/patterns.md', () => {
  const page = readFileSync(new URL('../../docs/patterns.md', import.meta.url), 'utf8');

  it.each(loadBuiltInPatterns())('has $name with what it needs and its baseline', ({ name, variables, baseline }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
    const needed = variables.filter((variable) => variable.default === null).map(({ id }) => `\`${id}\``);
    const { planner, coder, validator } = baseline;
    const reckoned = [planner, coder, validator].map((tokens) => (tokens === 0 ? '0' : `${tokens / 1000}k`));
    expect(row.split(' | ').slice(2)).toEqual([needed.join(' '), `${reckoned.join(' · ')} |`]);
  });

  it('has an example that loads', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(loadPattern(example, 'example.yml')).toHaveProperty('pattern');
  });
});
