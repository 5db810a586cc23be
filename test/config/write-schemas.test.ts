/** The published JSON Schemas are current and take what the loader takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaTexts } from '../../src/config/write-schemas.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const ajv = new Ajv({ strict: false });

describe.each(Object.entries(schemaTexts()))('%s', (file, text) => {
  it('is current', () => {
    expect(read(`schemas/${file}`)).toBe(text);
  });
});

describe('playcaller.schema.json', () => {
  const validate = ajv.compile(JSON.parse(read('schemas/playcaller.schema.json')));

  it.each(['{}', 'capacity: 3', 'gate: {items: {ci: off, tests: {level: advisory, tests: [a]}}}'])('takes %s', (text) => {
    expect(validate(parse(text))).toBe(true);
  });

  it.each(['capcity: 3', 'capacity: x', 'gate: {items: {ci: maybe}}', 'sweep: {act: true}'])('refuses %s', (text) => {
    expect(validate(parse(text))).toBe(false);
  });
});

describe('playbook.schema.json', () => {
  const validate = ajv.compile(JSON.parse(read('schemas/playbook.schema.json')));

  it.each(readdirSync(new URL('playbooks/', root)).filter((name) => name.endsWith('.yml')))(
    'takes %s, which names it for editors',
    (file) => {
      const text = read(`playbooks/${file}`);
      expect(text.split('\n', 1)[0]).toBe('# yaml-language-server: $schema=../schemas/playbook.schema.json');
      expect(validate(parse(text))).toBe(true);
    },
  );

  it.each([
    'extends: bug-fix',
    'extends: bug-fix\nadd: [{ phase: fix, id: x, text: X }]\nremove: [reproduce]\nreplace: [{ id: fix, title: F }]',
    'extends: bug-fix\nadd: { criteria: [{ id: x, text: X }], reading: [R] }',
  ])('takes %s', (text) => {
    expect(validate(parse(text))).toBe(true);
  });

  it.each(['extends: bug-fix\nadds: []', 'extends: bug-fix\nphases: []', 'type: x\nadd: []'])('refuses %s', (text) => {
    expect(validate(parse(text))).toBe(false);
  });
});
