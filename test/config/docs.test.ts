/** What the documentation says of the configuration is true: every key, every default, every example. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LEVELS, GATE_ITEMS, GATE_OPTIONS } from '../../src/config/gate-options.ts';
import { DEFAULT_CONFIG, loadConfig } from '../../src/config/load-config.ts';
import { loadModules } from '../../src/config/load-modules.ts';
import { loadPersona } from '../../src/config/load-personas.ts';
import { loadPlaybook } from '../../src/config/load-playbooks.ts';
import { ACT_KINDS } from '../../src/model/sweep.ts';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const guide = readFileSync(new URL('docs/configuration.md', root), 'utf8');
const gatePage = readFileSync(new URL('docs/gate.md', root), 'utf8');
const template = readFileSync(new URL('.github/pull_request_template.md', root), 'utf8');

/** `labels.state.active` → `state:active`, for each value that is no map. */
function leaves(value: unknown, path: string[] = []): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path.join('.'), value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

const { gate, sweep, ...rest } = DEFAULT_CONFIG;
const { act, ...sweepRest } = sweep;

describe('the README', () => {
  it.each(leaves({ ...rest, sweep: sweepRest }))('has %s with its default', (key, standard) => {
    const shown = Array.isArray(standard) ? standard.join(', ') : `\`${standard}\``;
    expect(readme).toContain(`| \`${key}\` | ${shown} |`);
  });

  it('has sweep.act in one row, with all its kinds', () => {
    expect(new Set(Object.values(act))).toEqual(new Set(['propose']));
    const row = readme.split('\n').find((line) => line.startsWith('| `sweep.act` | `propose` |'));
    expect(ACT_KINDS.filter((kind) => !row?.includes(`\`${kind}\``))).toEqual([]);
  });

  it.each(GATE_ITEMS.map((id) => [id, DEFAULT_LEVELS[id]]))('has the gate item %s with its level', (id, level) => {
    expect(readme).toMatch(new RegExp(`^\\| \`${id}\` \\| .* \\| ${level} \\|$`, 'm'));
  });
});

describe('docs/configuration.md', () => {
  it.each(
    Object.entries(gate.items).flatMap(([id, { options }]) =>
      leaves(options, [])
        .filter(([key]) => key !== '')
        .map(([key]) => [id, key]),
    ),
  )('has the option %s.%s', (id, key) => {
    const lines = guide.split('\n').filter((line) => line.startsWith(`| \`${id}\``));
    expect(lines.some((line) => line.includes(`\`${key}\``))).toBe(true);
  });

  const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => String(text));

  it.each(examples)('has an example that loads: %j', (text) => {
    if (/^(type|extends):/m.test(text)) expect(loadPlaybook(text, 'example.yml')).toHaveProperty('playbook');
    else if (/^questions:/m.test(text)) expect(loadPersona(text, 'example.yml')).toHaveProperty('persona');
    else if (/^modules:/m.test(text)) expect(loadModules(text, 'example.yml')).toHaveProperty('registry');
    else expect(loadConfig(text, 'example.yml').faults).toEqual([]);
  });
});

describe('docs/gate.md', () => {
  const blocks = [...gatePage.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => String(text));

  it.each(GATE_ITEMS.map((id) => [id, DEFAULT_LEVELS[id]] as const))('tells of %s: level, section and options', (id, level) => {
    expect(gatePage).toMatch(new RegExp(`^\\| \\[\`${id}\`\\]\\(#${id}\\) \\| .* \\| ${level} \\|$`, 'm'));
    const section = gatePage.split(/^##+ /m).find((part) => part.startsWith(`${id}\n`)) ?? '';
    for (const [key, value] of leaves(GATE_OPTIONS[id].parse({}))) {
      if (key === '') continue;
      expect(section).toMatch(new RegExp(`^\\| .*\`${key}\`.* \\|`, 'm'));
      if (typeof value === 'number') expect(section).toContain(`| \`${key}\` | \`${value}\` |`);
    }
  });

  it.each(blocks.filter((text) => text.startsWith('gate:')))('has an example that loads: %j', (text) => {
    expect(loadConfig(text, 'example.yml').faults).toEqual([]);
  });

  it('shows all defaults, as a file that changes nothing', () => {
    expect(loadConfig(blocks.at(-1) ?? '', 'defaults.yml').config).toEqual(DEFAULT_CONFIG);
  });
});

describe('links between the pages', () => {
  const pages = [
    'README.md',
    ...readdirSync(new URL('docs/', root)).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ];
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  it.each(pages)('of %s lead somewhere', (page) => {
    const here = new URL(page, root);
    const text = readFileSync(here, 'utf8').replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, '');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path, anchor] = target.split('#');
      const there = path === '' ? here : new URL(path ?? '', here);
      expect(existsSync(there), `${page}: ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchors(readFileSync(there, 'utf8')), `${page}: ${target}`).toContain(anchor);
    }
  });
});

describe('the pull request template', () => {
  it('has the sections that the gate asks for', () => {
    const headings = [...template.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['What and why', 'Risk', 'Testing', 'Rollout', 'Rollback']);
  });
});

describe('docs/modules.md', () => {
  it('shows a registry without faults', () => {
    const text = readFileSync(new URL('docs/modules.md', root), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(loadModules(example, 'docs/modules.md')).toMatchObject({ registry: { modules: [{ id: 'cart' }, {}, {}] } });
  });
});
