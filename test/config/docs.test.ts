/** What the documentation says of the configuration is true: every key, every default, every example. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LEVELS, GATE_ITEMS } from '../../src/config/gate-options.ts';
import { DEFAULT_CONFIG, loadConfig } from '../../src/config/load-config.ts';
import { loadModules } from '../../src/config/load-modules.ts';
import { loadPersona } from '../../src/config/load-personas.ts';
import { loadPlaybook } from '../../src/config/load-playbooks.ts';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const guide = readFileSync(new URL('docs/configuration.md', root), 'utf8');
const template = readFileSync(new URL('.github/pull_request_template.md', root), 'utf8');

/** `labels.state.active` → `state:active`, for each value that is no map. */
function leaves(value: unknown, path: string[] = []): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path.join('.'), value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

const { gate, ...rest } = DEFAULT_CONFIG;

describe('the README', () => {
  it.each(leaves(rest))('has %s with its default', (key, standard) => {
    const shown = Array.isArray(standard) ? standard.join(', ') : `\`${standard}\``;
    expect(readme).toContain(`| \`${key}\` | ${shown} |`);
  });

  it('has the gate items with their level', () => {
    expect(new Set(Object.values(DEFAULT_LEVELS))).toEqual(new Set(['required']));
    expect(readme).toContain(`ids are ${GATE_ITEMS.map((id) => `\`${id}\``).join(', ')} |`);
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
