/** Playbooks that extend others: what each part does, and each kind of mistake (P3). */
import { describe, expect, it } from 'vitest';
import { loadBuiltInPlaybooks } from '../../src/config/load-playbooks.ts';
import { resolveConfiguration } from '../../src/config/resolve-configuration.ts';
import type { Fault } from '../../src/model/config.ts';
import type { Playbook } from '../../src/model/playbook.ts';

type Files = Record<string, string>;

/** `files` by the name of the file, without folder and ending. */
const inFolder = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`.github/playbooks/${name}.yml`, text]));

function resolve(repository: Files, { owner = {}, lastGood = null }: { owner?: Files; lastGood?: Files | null } = {}) {
  return resolveConfiguration({ repository: inFolder(repository), owner: inFolder(owner), lastGood });
}

function told({ faults }: { faults: Fault[] }): string[] {
  return faults.map(({ file, line, field, message }) => `${file.replace(/.*\//, '')}:${line} ${field}: ${message}`);
}

function book(resolved: { playbooks: Playbook[] }, type: string): Playbook {
  const found = resolved.playbooks.find((one) => one.type === type);
  if (!found) throw new Error(`no playbook ${type}`);
  return found;
}

const phasesOf = ({ phases }: Playbook) => Object.fromEntries(phases.map(({ id, steps }) => [id, steps.map((step) => step.id)]));
const BUG_FIX = book({ playbooks: loadBuiltInPlaybooks() }, 'bug-fix');

describe('an extension', () => {
  it('takes everything over that it does not mention', () => {
    const hotfix = book(resolve({ hotfix: 'extends: bug-fix' }), 'hotfix');
    expect(hotfix).toEqual({ ...BUG_FIX, type: 'hotfix', base: 'bug-fix' });
  });

  it('changes its own type, and leaves no second one behind', () => {
    const resolved = resolve({ mine: 'type: bug-fix\nextends: bug-fix\ntitle: Ours' });
    expect(resolved.faults).toEqual([]);
    expect(resolved.playbooks).toHaveLength(8);
    expect(book(resolved, 'bug-fix')).toEqual({ ...BUG_FIX, title: 'Ours', base: 'bug-fix' });
  });

  it('overrides what stands at the head, and sets gate levels beside those that are there', () => {
    const text = `extends: refactoring
version: 2.0.0
title: Small refactoring
goal: Tidier.
chooseFor: Tidy up
hours: { min: 0.5, max: 1 }
reading: [The code]
commit: "refactor: <what>"
gate: { ci: advisory }
`;
    expect(book(resolve({ tidy: text }), 'tidy')).toMatchObject({
      version: '2.0.0',
      title: 'Small refactoring',
      goal: 'Tidier.',
      chooseFor: 'Tidy up',
      hours: { min: 0.5, max: 1 },
      reading: ['The code'],
      commit: 'refactor: <what>',
      gate: { tests: 'advisory', ci: 'advisory' },
    });
  });

  it('adds steps behind others, to the end of a phase, and behind one another', () => {
    const text = `extends: bug-fix
add:
  - { phase: testing, id: t-last, text: Last. }
  - { after: run-full-suite, id: t-second, text: Second. }
  - { phase: testing, after: t-second, id: t-third, text: Third., details: [One] }
`;
    const { phases } = book(resolve({ hotfix: text }), 'hotfix');
    const testing = phases.find(({ id }) => id === 'testing');
    expect(testing?.steps.map(({ id }) => id)).toEqual([
      'run-full-suite',
      't-second',
      't-third',
      'replay-report',
      'test-edges',
      't-last',
    ]);
    expect(testing?.steps[2]).toEqual({ id: 't-third', text: 'Third.', details: ['One'] });
  });

  it('adds phases, criteria and reading', () => {
    const text = `extends: bug-fix
add:
  phases:
    - id: post-mortem
      after: testing
      title: Post-mortem
      minutes: { min: 5, max: 10 }
      persona: oscar
      steps: [{ id: hold-post-mortem, text: Hold it. }]
    - { id: party, title: Party, minutes: { min: 1, max: 2 }, steps: [{ id: cake, text: Eat cake. }] }
  steps:
    - { phase: post-mortem, id: share-post-mortem, text: Share it. }
  criteria: [{ id: shared, text: It was shared. }]
  reading: [The runbook]
`;
    const hotfix = book(resolve({ hotfix: text }), 'hotfix');
    expect(hotfix.phases.map(({ id }) => id)).toEqual([
      'pre-session',
      'investigation',
      'fix',
      'testing',
      'post-mortem',
      'documentation',
      'post-fix',
      'party',
    ]);
    expect(hotfix.phases[4]).toMatchObject({
      persona: 'oscar',
      steps: [{ id: 'hold-post-mortem' }, { id: 'share-post-mortem' }],
    });
    expect(hotfix.criteria.at(-1)).toEqual({ id: 'shared', text: 'It was shared.', details: [] });
    expect(hotfix.reading).toEqual([...BUG_FIX.reading, 'The runbook']);
  });

  it('replaces words by id and keeps the place', () => {
    const text = `extends: bug-fix
replace:
  - { id: judge-scope, text: How far?, details: [Near, Far] }
  - { id: find-root-cause, text: Why? }
  - { id: bug-verified, text: It is gone. }
  - { id: testing, title: Try it, minutes: { min: 1, max: 2 }, persona: argo }
`;
    const hotfix = book(resolve({ hotfix: text }), 'hotfix');
    expect(phasesOf(hotfix)).toEqual(phasesOf(BUG_FIX));
    expect(hotfix.phases[1]?.steps.slice(0, 2)).toEqual([
      { id: 'find-root-cause', text: 'Why?', details: [] },
      { id: 'judge-scope', text: 'How far?', details: ['Near', 'Far'] },
    ]);
    expect(hotfix.criteria[0]).toEqual({ id: 'bug-verified', text: 'It is gone.', details: [] });
    expect(hotfix.phases[3]).toMatchObject({ title: 'Try it', minutes: { min: 1, max: 2 }, persona: 'argo' });
  });

  it('removes steps, criteria and phases; a phase without steps goes with its last one', () => {
    const text = 'extends: bug-fix\nremove: [reproduce, commit-fix, look-for-siblings, documentation, nothing-new-broken]';
    const hotfix = book(resolve({ hotfix: text }), 'hotfix');
    expect(hotfix.phases.map(({ id }) => id)).toEqual(['pre-session', 'investigation', 'fix', 'testing']);
    expect(phasesOf(hotfix)['pre-session']).toEqual(['read-report', 'check-known-gap']);
    expect(hotfix.criteria.map(({ id }) => id)).toEqual(['bug-verified', 'regression-prevented', 'cause-documented']);
  });

  it('moves a step: removed here, added there under the same id', () => {
    const text = 'extends: bug-fix\nremove: [reproduce]\nadd: [{ phase: testing, id: reproduce, text: Again. }]';
    expect(phasesOf(book(resolve({ hotfix: text }), 'hotfix')).testing).toContain('reproduce');
  });

  it('goes over several files, over the owner, and knows the built-in type at the end', () => {
    const owner = { hotfix: 'extends: bug-fix\ntitle: Hotfix\nremove: [reproduce]' };
    const repository = {
      a: 'type: night\nextends: hotfix\nremove: [read-report]',
      hotfix: 'extends: hotfix\nremove: [judge-scope]',
    };
    const resolved = resolve(repository, { owner });
    expect(resolved.faults).toEqual([]);
    const night = book(resolved, 'night');
    expect([night.title, night.base]).toEqual(['Hotfix', 'bug-fix']);
    const ids = Object.values(phasesOf(night)).flat();
    for (const id of ['reproduce', 'read-report', 'judge-scope']) expect(ids).not.toContain(id);
  });

  it('of a playbook that is nobody else’s has no built-in type; of a built-in type written anew it has', () => {
    const whole = (type: string) => `type: ${type}
version: 1.0.0
title: T
goal: G
chooseFor: C
hours: { min: 1, max: 2 }
phases: [{ id: p, title: P, minutes: { min: 1, max: 2 }, steps: [{ id: s, text: S }] }]
criteria: [{ id: c, text: C }]
commit: c
`;
    const files = { spike: whole('spike'), longer: 'extends: spike', feature: whole('feature'), big: 'extends: feature' };
    const resolved = resolve(files);
    expect(['spike', 'longer', 'feature', 'big'].map((type) => book(resolved, type).base)).toEqual([null, null, null, 'feature']);
  });
});

describe('a mistake is told with file, line, field and words', () => {
  it.each<[what: string, text: string, faults: string[]]>([
    [
      'an unknown type',
      'extends: bugfix',
      ['x.yml:1 extends: there is no playbook of the type "bugfix" (did you mean "bug-fix"?)'],
    ],
    [
      'a type like no other',
      'extends: zzzzzzzzzzzz',
      [
        'x.yml:1 extends: there is no playbook of the type "zzzzzzzzzzzz"; known here: bug-fix, documentation, feature, idea-generation, module-integration, performance, quality-audit, refactoring',
      ],
    ],
    ['itself', 'extends: x', ['x.yml:1 extends: extends itself, and there is no other playbook of the type "x"']],
    [
      'ids that are not there',
      'extends: bug-fix\nremove: [reprodce]\nreplace:\n  - { id: judge-scop, text: T }\nadd:\n  - { phase: testin, id: n, text: N }\n  - { after: run-ful-suite, id: m, text: M }',
      [
        'x.yml:2 remove.0: nothing here has the id "reprodce" (did you mean "reproduce"?)',
        'x.yml:4 replace.0.id: nothing here has the id "judge-scop" (did you mean "judge-scope"?)',
        'x.yml:6 add.0.phase: there is no phase "testin" (did you mean "testing"?)',
        'x.yml:7 add.1.after: there is no step "run-ful-suite" (did you mean "run-full-suite"?)',
      ],
    ],
    [
      'ids that stand twice',
      'extends: bug-fix\nremove: [reproduce, reproduce]\nreplace: [{ id: judge-scope, text: A }, { id: judge-scope, text: B }]\nadd: [{ phase: fix, id: read-report, text: T }]',
      [
        'x.yml:2 remove.1: the id "reproduce" stands twice in this list',
        'x.yml:3 replace.1.id: the id "judge-scope" stands twice in this list',
        'x.yml:4 add.0.id: the id "read-report" is there already; to change it, use "replace"',
      ],
    ],
    [
      'replaced and removed',
      'extends: bug-fix\nremove: [reproduce]\nreplace: [{ id: reproduce, text: A }]',
      ['x.yml:3 replace.0.id: "reproduce" is also in "remove": keep one of the two'],
    ],
    [
      'a place that is two places',
      'extends: bug-fix\nadd: [{ phase: fix, after: run-full-suite, id: n, text: N }]',
      ['x.yml:2 add.0.after: the step "run-full-suite" is in the phase "testing", not in "fix"'],
    ],
    [
      'no place',
      'extends: bug-fix\nadd: [{ id: n, text: N }]',
      ['x.yml:2 add.0.phase: is missing; must be one of pre-session, investigation, fix, testing, documentation, post-fix'],
    ],
    [
      'a phase that is there, and one with a step that is there',
      'extends: bug-fix\nadd:\n  phases:\n    - { id: fix, title: F, minutes: { min: 1, max: 2 }, steps: [{ id: n, text: N }] }\n    - { id: more, after: fixx, title: F, minutes: { min: 1, max: 2 }, steps: [{ id: m, text: N }, { id: m, text: N }, { id: reproduce, text: R }] }',
      [
        'x.yml:4 add.phases.0.id: there is a phase "fix" already; to change it, use "replace"',
        'x.yml:5 add.phases.1.after: there is no phase "fixx" (did you mean "fix"?)',
        'x.yml:5 add.phases.1.steps.1.id: the id "m" stands twice in this playbook',
        'x.yml:5 add.phases.1.steps.2.id: the id "reproduce" is there already; to change it, use "replace"',
      ],
    ],
    [
      'words that do not fit what the id names',
      'extends: bug-fix\nreplace:\n  - { id: reproduce, text: T, title: X }\n  - { id: testing, text: T }\n  - { id: bug-verified, details: [D] }',
      [
        'x.yml:3 replace.0.title: "reproduce" is a step, which has no title; it has text, details',
        'x.yml:4 replace.1.text: "testing" is a phase, which has no text; it has title, minutes, persona',
        'x.yml:5 replace.2.details: "bug-verified" is a criterion, which has no details; it has text',
        'x.yml:5 replace.2.text: is missing',
      ],
    ],
    [
      'nothing left',
      `extends: bug-fix\nremove: [${[...BUG_FIX.phases, ...BUG_FIX.criteria].map(({ id }) => id).join(', ')}]`,
      ['x.yml:2 remove: leaves no step in the playbook', 'x.yml:2 remove: leaves no success criterion in the playbook'],
    ],
    [
      'an unknown key',
      'extends: bug-fix\nadd: [{ fase: fix, id: n, text: N }]',
      ['x.yml:2 add.0.fase: unknown key "fase" (did you mean "phase"?)'],
    ],
    [
      'an unknown key in the long form',
      'extends: bug-fix\nadd: { criterias: [] }',
      ['x.yml:2 add.criterias: unknown key "criterias" (did you mean "criteria"?)'],
    ],
    ['no list', 'extends: bug-fix\nremove: reproduce', ['x.yml:2 remove: must be a list, not "reproduce"']],
    [
      'a whole playbook in it',
      'extends: bug-fix\nphases: []',
      [
        'x.yml:2 phases: unknown key "phases"; known here: type, extends, version, title, goal, chooseFor, hours, reading, commit, gate, add, replace, remove',
      ],
    ],
  ])('%s', (_, text, faults) => {
    const resolved = resolve({ x: text });
    expect(told(resolved)).toEqual(faults);
    expect(resolved.playbooks).toEqual(loadBuiltInPlaybooks());
    expect(resolved.files).toEqual({});
  });

  it('a file whose name is no type needs one', () => {
    expect(told(resolve({ 'My Own': 'extends: bug-fix' }))).toEqual(['My Own.yml:1 type: is missing']);
  });

  it('a circle is told in each of its files, and what extends one of them misses it', () => {
    const resolved = resolve({
      a: 'extends: b',
      b: 'extends: c',
      c: 'title: C\nextends: a',
      d: 'extends: a',
      fine: 'extends: feature',
    });
    expect(told(resolved)).toEqual([
      'a.yml:1 extends: goes in a circle: a → b → c → a',
      'b.yml:1 extends: goes in a circle: a → b → c → a',
      'c.yml:2 extends: goes in a circle: a → b → c → a',
      'd.yml:1 extends: there is no playbook of the type "a"; known here: bug-fix, documentation, feature, fine, idea-generation, module-integration, performance, quality-audit, refactoring',
    ]);
    expect(resolved.playbooks).toHaveLength(9);
  });

  it('thousands of steps', () => {
    const steps = Array.from({ length: 40 }, (_, n) => `{ id: n-${n}, text: T }`).join(', ');
    const phases = Array.from(
      { length: 5 },
      (_, n) => `    - { id: p-${n}, title: P, minutes: { min: 1, max: 2 }, steps: [${steps.replaceAll('n-', `p-${n}-`)}] }`,
    );
    const resolved = resolve({ x: `extends: bug-fix\nadd:\n  phases:\n${phases.join('\n')}` });
    expect(told(resolved)).toEqual(['x.yml:1 phases: 221 steps and criteria; at most 200 fit into one comment']);
  });
});

describe('the last good version', () => {
  const GOOD = 'extends: bug-fix\ntitle: Good\nremove: [reproduce]';

  it('stays in force while the file is broken, whatever the fault', () => {
    const before = resolve({ x: GOOD });
    for (const text of ['extends: nothing', 'extends: [', 'extends: x', 'extends: bug-fix\nremove: [nothing]', 'type: x']) {
      const after = resolve({ x: text }, { lastGood: before.files });
      expect(after.faults.length, text).toBeGreaterThan(0);
      expect(after.playbooks, text).toEqual(before.playbooks);
      expect(after.files, text).toEqual(before.files);
    }
  });

  it('stays in force for each file of a circle, told once', () => {
    const before = resolve({ a: GOOD, b: 'extends: a\ntitle: B' });
    const after = resolve({ a: 'extends: b', b: 'extends: a\ntitle: B' }, { lastGood: before.files });
    expect(told(after)).toEqual(['a.yml:1 extends: goes in a circle: a → b → a', 'b.yml:1 extends: goes in a circle: a → b → a']);
    expect(after.playbooks).toEqual(before.playbooks);
  });

  it('goes on with what still fits when the playbook below has lost a step', () => {
    const extension = { bug: 'type: bug-fix\nextends: bug-fix\nremove: [reproduce, judge-scope]\ntitle: Ours' };
    const before = resolve(extension);
    const owner = { fix: 'type: bug-fix\nextends: bug-fix\nremove: [reproduce]' };
    const after = resolve(extension, { owner, lastGood: before.files });
    expect(told(after)).toEqual(['bug.yml:3 remove.0: nothing here has the id "reproduce"']);
    expect(book(after, 'bug-fix').title).toBe('Ours');
    expect(Object.values(phasesOf(book(after, 'bug-fix'))).flat()).not.toContain('judge-scope');
    expect(after.files).toMatchObject(before.files);
  });

  it("is kept apart from the owner's file of the same path", () => {
    const before = resolve({ hotfix: 'extends: hotfix\ntitle: Ours' }, { owner: { hotfix: 'extends: bug-fix\ntitle: Theirs' } });
    expect(Object.keys(before.files)).toEqual(['owner:.github/playbooks/hotfix.yml', '.github/playbooks/hotfix.yml']);
    const after = resolve({ hotfix: 'extends: [' }, { owner: { hotfix: 'extends: [' }, lastGood: before.files });
    expect(after.playbooks).toEqual(before.playbooks);
    expect(after.files).toEqual(before.files);
    expect(after.faults.map(({ message }) => message.includes("(in the owner's"))).toEqual([true, false]);
  });
});
