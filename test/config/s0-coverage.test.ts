/** Nothing that the first source of the playbooks (S0) asks for is missing: each of its 121 boxes has a step here. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';

/** Boxes and criteria in S0's order, in words of our own; `extra`: steps that S0 has no box for. */
const schema = z.strictObject({
  boxes: z.array(
    z.strictObject({ type: z.string(), phase: z.string(), box: z.string().min(1), steps: z.array(z.string()).min(1) }),
  ),
  criteria: z.array(z.strictObject({ type: z.string(), criterion: z.string().min(1), id: z.string() })),
  extra: z.array(z.strictObject({ type: z.string(), step: z.string(), why: z.string().min(1) })),
});
const table = schema.parse(JSON.parse(readFileSync(new URL('s0-coverage.json', import.meta.url), 'utf8')));
const playbooks = loadBuiltInPlaybooks();

/** As counted in S0. */
const BOXES = {
  feature: 22,
  'bug-fix': 17,
  'quality-audit': 23,
  'idea-generation': 29,
  performance: 16,
  'module-integration': 14,
};
const CRITERIA = {
  feature: 6,
  'bug-fix': 4,
  'quality-audit': 4,
  'idea-generation': 5,
  performance: 4,
  'module-integration': 5,
};

function countByType(rows: { type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of rows) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** `type/phase/step`, so that an id in the wrong phase is a miss. */
const steps = playbooks.flatMap(({ type, phases }) =>
  phases.flatMap((phase) => phase.steps.map((step) => `${type}/${phase.id}/${step.id}`)),
);
const criteria = playbooks.flatMap(({ type, criteria }) => criteria.map(({ id }) => `${type}/${id}`));
const described = (path: string) => Object.hasOwn(BOXES, path.split('/', 1)[0] ?? '');

describe('the boxes of S0', () => {
  it('are 121', () => {
    expect(table.boxes).toHaveLength(121);
    expect(countByType(table.boxes)).toEqual(BOXES);
  });

  it('each have a step in that phase', () => {
    const wanted = table.boxes.flatMap(({ type, phase, steps }) => steps.map((step) => `${type}/${phase}/${step}`));
    expect(wanted.filter((path) => !steps.includes(path))).toEqual([]);
  });

  it('stand in the order of the steps, each in words of its own', () => {
    const mapped = table.boxes.flatMap(({ type, phase, steps }) => steps.map((step) => `${type}/${phase}/${step}`));
    for (const type of Object.keys(BOXES)) {
      const inPlaybook = steps.filter((path) => path.startsWith(`${type}/`) && mapped.includes(path));
      expect(mapped.filter((path) => path.startsWith(`${type}/`))).toEqual(inPlaybook);
    }
    const said = table.boxes.map(({ type, phase, box }) => `${type}/${phase}: ${box}`);
    expect(new Set(said).size).toBe(said.length);
  });

  it('leave no step over but those that are listed', () => {
    const mapped = new Set(table.boxes.flatMap(({ type, phase, steps }) => steps.map((step) => `${type}/${phase}/${step}`)));
    const left = steps.filter((path) => described(path) && !mapped.has(path));
    const extra = table.extra.map(({ type, step }) => `${type}/${step}`);
    expect(left.map((path) => path.replace(/\/.*\//, '/')).sort()).toEqual(extra.sort());
  });
});

describe('the success criteria of S0', () => {
  it('each have one here, and no more', () => {
    expect(countByType(table.criteria)).toEqual(CRITERIA);
    expect(table.criteria.map(({ type, id }) => `${type}/${id}`).sort()).toEqual(criteria.filter(described).sort());
  });
});

describe('the types that S0 only names', () => {
  it.each(['refactoring', 'documentation'])('%s is worked out as far as the others', (type) => {
    const playbook = playbooks.find((one) => one.type === type);
    const least = Math.min(...Object.values(BOXES));
    expect(playbook?.phases.flatMap((phase) => phase.steps).length).toBeGreaterThanOrEqual(least);
    expect(playbook?.criteria.length).toBeGreaterThanOrEqual(Math.min(...Object.values(CRITERIA)));
    expect(playbook?.reading.length).toBeGreaterThanOrEqual(3);
    expect(playbook?.phases.length).toBeGreaterThanOrEqual(5);
  });
});
