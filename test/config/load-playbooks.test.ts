/** Playbook files: the built-in ones, several of one place, and each kind of mistake. */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadBuiltInPersonas } from '../../src/config/load-personas.ts';
import { loadBuiltInPlaybooks, loadPlaybook, loadPlaybooks } from '../../src/config/load-playbooks.ts';

const FILE = '.github/playbooks/spike.yml';

/** A small right playbook; the tests break one thing each. */
const SPIKE = `type: spike
version: 1.0.0
title: Spike
goal: A question is answered by a throw-away trial.
chooseFor: Answer a question
hours: { min: 1, max: 2 }
phases:
  - id: trial
    title: Trial
    minutes: { min: 30, max: 60 }
    steps:
      - id: ask
        text: Write down the question.
      - id: try
        text: Try it.
        details: [Keep it small]
criteria:
  - id: answered
    text: The question has an answer.
commit: "chore: <what was learned>"
`;

function faultsOf(text: string): string[] {
  const loaded = loadPlaybook(text, FILE);
  return 'faults' in loaded
    ? loaded.faults.map(({ line, column, field, message }) => `${line}:${column} ${field}: ${message}`)
    : [];
}

describe('a good playbook', () => {
  it('comes with its defaults filled in', () => {
    expect(loadPlaybook(SPIKE, FILE)).toEqual({
      playbook: {
        type: 'spike',
        base: null,
        version: '1.0.0',
        title: 'Spike',
        goal: 'A question is answered by a throw-away trial.',
        chooseFor: 'Answer a question',
        hours: { min: 1, max: 2 },
        reading: [],
        phases: [
          {
            id: 'trial',
            title: 'Trial',
            minutes: { min: 30, max: 60 },
            persona: null,
            steps: [
              { id: 'ask', text: 'Write down the question.', details: [] },
              { id: 'try', text: 'Try it.', details: ['Keep it small'] },
            ],
          },
        ],
        criteria: [{ id: 'answered', text: 'The question has an answer.', details: [] }],
        commit: 'chore: <what was learned>',
        gate: {},
      },
    });
  });

  it('may switch gate items', () => {
    const loaded = loadPlaybook(`${SPIKE}gate: { tests: off, ci: advisory }\n`, FILE);
    expect(loaded).toMatchObject({ playbook: { gate: { tests: 'off', ci: 'advisory' } } });
  });
});

describe('a mistake is told with line, column, field and words', () => {
  it.each<[what: string, from: string, to: string, fault: string]>([
    ['a slip in a key', 'chooseFor', 'choseFor', '5:1 choseFor: unknown key "choseFor" (did you mean "chooseFor"?)'],
    ['a slip in a step', 'text: Write', 'txt: Write', '13:9 phases.0.steps.0.txt: unknown key "txt" (did you mean "text"?)'],
    ['no goal', /goal: .*\n/.exec(SPIKE)?.[0] ?? '', '', '1:1 goal: is missing'],
    ['an id twice', 'id: try', 'id: ask', '14:13 phases.0.steps.1.id: the id "ask" stands twice in this playbook'],
    ['a criterion named as a step', 'id: answered', 'id: ask', '18:9 criteria.0.id: the id "ask" stands twice in this playbook'],
    [
      'an id that is not kebab-case',
      'id: ask',
      'id: Ask Me',
      '12:13 phases.0.steps.0.id: must be kebab-case: lower-case letters and digits, joined by "-"',
    ],
    [
      'a min above its max',
      '{ min: 30, max: 60 }',
      '{ min: 90, max: 60 }',
      '10:21 phases.0.minutes.min: has a min above its max',
    ],
    ['a type too long for a label', 'type: spike', `type: ${'s'.repeat(31)}`, '1:7 type: must have at most 30 characters'],
    ['a version in a word', 'version: 1.0.0', 'version: first', '2:10 version: must be a version like 1.0.0'],
    ['a version as a number', 'version: 1.0.0', 'version: 1.0', '2:10 version: must be text, not 1'],
    ['no steps', /steps:[\s\S]*small\]/.exec(SPIKE)?.[0] ?? '', 'steps: []', '11:5 phases.0.steps: must have at least 1 entry'],
    ['an empty text', 'text: Try it.', 'text: ""', '15:15 phases.0.steps.1.text: must not be empty'],
    [
      'a text of two lines',
      'text: Try it.',
      'text: "a\\nb"',
      '15:15 phases.0.steps.1.text: must be one line without control characters',
    ],
    [
      'an unknown gate item',
      'type: spike',
      'gate: { test: off }\ntype: spike',
      '1:9 gate.test: unknown key "test" (did you mean "tests"?)',
    ],
    [
      'an unknown level',
      'type: spike',
      'gate: { tests: never }\ntype: spike',
      '1:16 gate.tests: must be one of off, advisory, required, not "never"',
    ],
    [
      'a slip in extends',
      'type: spike',
      'type: spike\nextend: feature',
      '2:1 extend: unknown key "extend" (did you mean "extends"?)',
    ],
    [
      'an addition to nothing',
      'type: spike',
      'type: spike\nremove: [ask]',
      '2:1 remove: changes another playbook; say which one by `extends: <type>`',
    ],
  ])('%s', (_, from, to, fault) => {
    expect(SPIKE).toContain(from);
    const faults = faultsOf(SPIKE.replace(from, to));
    // A misspelt key leaves the right one missing too.
    expect(faults.filter((one) => !one.endsWith('is missing') || one === fault)).toEqual([fault]);
  });

  it.each(['', '# only a comment'])('an empty file: %j', (text) => {
    expect(faultsOf(text)).toEqual(['1:1 : the file is empty']);
  });

  it('a phase twice', () => {
    const phases = /phases:\n([\s\S]*)criteria:/.exec(SPIKE)?.[1] ?? '';
    const twice = SPIKE.replace(phases, phases + phases.replace('id: ask', 'id: ask-2').replace('id: try', 'id: try-2'));
    expect(faultsOf(twice)).toEqual(['17:9 phases.1.id: the id "trial" stands twice among the phases']);
  });

  it('more than fits into one comment', () => {
    const loaded = loadPlaybook(SPIKE, FILE);
    const playbook = 'playbook' in loaded ? loaded.playbook : null;
    const steps = Array.from({ length: 40 }, (_, n) => ({ id: `s-${n}`, text: 'x'.repeat(490) }));
    const phases = ['a', 'b', 'c'].map((id) => ({
      id,
      title: id,
      minutes: { min: 1, max: 2 },
      steps: steps.map((step) => ({ ...step, id: `${id}-${step.id}` })),
    }));
    const criteria = [{ id: 'done', text: 'Done.' }];
    expect(faultsOf(stringify({ ...playbook, phases, criteria })).join()).toContain('fit into one comment');
  });
});

describe('several files', () => {
  it('good ones work beside broken ones', () => {
    const { playbooks, faults } = loadPlaybooks({ 'a.yml': SPIKE, 'b.yml': 'type: [', 'c.yml': '- x' });
    expect(playbooks.map(({ type }) => type)).toEqual(['spike']);
    expect(faults.map(({ file }) => file)).toEqual(['b.yml', 'c.yml']);
  });

  it('of one type are a fault of the later path', () => {
    const { playbooks, faults } = loadPlaybooks({ 'b.yml': SPIKE, 'a.yml': SPIKE });
    expect(playbooks).toHaveLength(1);
    expect(faults).toEqual([
      { file: 'b.yml', line: 1, column: 7, field: 'type', message: 'the type "spike" is already the one of a.yml' },
    ]);
  });
});

describe('built-in playbooks', () => {
  // Hours as in S0's table; phases' minutes, steps and criteria as S0's sections have them.
  const expected: [type: string, hours: string, minutes: string[], steps: number, criteria: number][] = [
    ['bug-fix', '0.5-4', ['5-5', '15-60', '30-120', '15-30', '10-20', '5-10'], 17, 4],
    ['feature', '2-8', ['5-10', '10-20', '60-360', '30-60', '20-40', '10-20'], 24, 6],
    ['quality-audit', '2-4', ['10-10', '30-60', '30-60', '30-45', '20-30', '20-30', '30-45', '20-30'], 23, 4],
    ['idea-generation', '1-2', ['15-15', '30-60', '20-40', '15-20', '20-30'], 34, 5],
    ['performance', '2-4', ['10-10', '30-60', '60-120', '30-45', '15-20'], 16, 4],
    ['module-integration', '3-6', ['15-20', '30-60', '120-240', '30-45', '30-40'], 14, 5],
  ];

  it.each(expected)('%s has the hours, phases and criteria of its source', (type, hours, minutes, steps, criteria) => {
    const playbook = loadBuiltInPlaybooks().find((one) => one.type === type);
    expect(`${playbook?.hours.min}-${playbook?.hours.max}`).toBe(hours);
    expect(playbook?.phases.map((phase) => `${phase.minutes.min}-${phase.minutes.max}`)).toEqual(minutes);
    expect(playbook?.phases.flatMap((phase) => phase.steps)).toHaveLength(steps);
    expect(playbook?.criteria).toHaveLength(criteria);
  });

  it('are eight, and the two without a body in the source are as complete', () => {
    const playbooks = loadBuiltInPlaybooks();
    expect(playbooks.map(({ type }) => type)).toEqual([
      'bug-fix',
      'documentation',
      'feature',
      'idea-generation',
      'module-integration',
      'performance',
      'quality-audit',
      'refactoring',
    ]);
    for (const type of ['refactoring', 'documentation']) {
      const playbook = playbooks.find((one) => one.type === type);
      expect(playbook?.hours).toEqual({ min: 1, max: type === 'refactoring' ? 4 : 3 });
      const least = playbook?.phases.reduce((sum, { minutes }) => sum + minutes.min, 0);
      expect(least).toBeGreaterThanOrEqual(60);
      expect(playbook?.phases.flatMap(({ steps }) => steps).length).toBeGreaterThanOrEqual(14);
    }
  });

  it('ask only for personas that are there', () => {
    const asked = loadBuiltInPlaybooks().flatMap(({ phases }) => phases.flatMap(({ persona }) => persona ?? []));
    expect(asked.length).toBeGreaterThan(0);
    expect(loadBuiltInPersonas().map(({ name }) => name)).toEqual(expect.arrayContaining(asked));
  });

  it('no step is named as a phase, so that an id means one thing to who removes it', () => {
    for (const { phases, criteria } of loadBuiltInPlaybooks()) {
      const ids = [...phases, ...phases.flatMap(({ steps }) => steps), ...criteria].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('feature asks for problem, user and smallest useful version before the work', () => {
    const planning = loadBuiltInPlaybooks()
      .find(({ type }) => type === 'feature')
      ?.phases.find(({ id }) => id === 'planning');
    expect(planning?.steps.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['scope-problem', 'scope-user', 'scope-smallest']),
    );
  });
});
