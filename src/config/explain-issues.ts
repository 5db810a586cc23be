/** zod's issues as faults with file, line, field and words that a repository's owner can act on. */
import { z } from 'zod';
import type { Fault } from '../model/config.ts';
import { didYouMean } from './suggest.ts';
import { kindOf, type Path, type YamlSource } from './yaml-source.ts';

/** More would not fit into a check run, and the first ones mend most. */
const MAX_FAULTS = 50;

type Issue = z.core.$ZodIssue;

/** Checks `source` against `schema`. Never throws; the value is there exactly when there are no faults. */
export function check<T>(schema: z.ZodType<T>, source: YamlSource, file: string): { value: T } | { faults: Fault[] } {
  const result = schema.safeParse(source.value ?? {});
  if (result.success) return { value: result.data };
  const known = (path: Path) => knownKeys(schema, path);
  const faults = result.error.issues.flatMap((issue) => explain(issue, [], source, file, known));
  const unsaid = result.error.issues.reduce((sum, issue) => sum + Math.max(0, keysOf(issue).length - MOST_KEYS), 0);
  return {
    faults: cut(
      faults.sort((a, b) => a.line - b.line || a.column - b.column),
      unsaid,
    ),
  };
}

/** Unknown keys of one map that are explained, in the file's order: more are never shown, and each is looked for in the file. */
const MOST_KEYS = MAX_FAULTS + 1;

function keysOf(issue: Issue): readonly string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys : [];
}

/** At most 50; the last one then says how many were left out. */
function cut(faults: Fault[], unsaid: number): Fault[] {
  const last = faults[MAX_FAULTS];
  if (!last) return faults;
  const message = `and ${faults.length + unsaid - MAX_FAULTS} more faults from here on`;
  return [...faults.slice(0, MAX_FAULTS), { ...last, field: '', message }];
}

function explain(issue: Issue, parents: Path, source: YamlSource, file: string, known: (path: Path) => string[]): Fault[] {
  const path = [...parents, ...issue.path];
  const field = path.join('.');
  const at = (message: string): Fault[] => [{ file, ...source.locate(path), field, message }];
  const input = read(source.value, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = known(path);
      const free = keys.filter((name) => read(source.value, [...path, name]) === undefined);
      return issue.keys.slice(0, MOST_KEYS).map((key) => {
        const hint = didYouMean(key, free) || (keys.length > 0 ? `; known here: ${keys.join(', ')}` : '');
        return {
          file,
          ...source.locateKey([...path, key]),
          field: [...path, key].join('.'),
          message: `unknown key "${short(key)}"${hint}`,
        };
      });
    }
    case 'invalid_union':
      return unionFaults(issue.errors, path, source, file, known) ?? at(unionMessage(issue.errors, input));
    case 'invalid_type':
      return at(input === undefined ? 'is missing' : `must be ${expectation(issue.expected)}, not ${shown(input)}`);
    case 'invalid_value': {
      const offer = issue.values.map(String);
      const near = typeof input === 'string' ? didYouMean(input, offer) : '';
      if (input === undefined) return at(`is missing; must be ${oneOf(offer)}`);
      return at(`must be ${oneOf(offer)}, not ${shown(input)}${near}`);
    }
    case 'too_small':
      return at(size(issue.origin, 'at least', Number(issue.minimum)));
    case 'too_big':
      return at(size(issue.origin, 'at most', Number(issue.maximum)));
    default:
      return at(issue.message);
  }
}

/** The branch that the writer meant: the one whose kind (text, list, map) fits. Null when none does. */
function unionFaults(
  branches: readonly Issue[][],
  path: Path,
  source: YamlSource,
  file: string,
  known: (path: Path) => string[],
): Fault[] | null {
  const meant = branches.find(
    (issues) => !issues.some((i) => i.path.length === 0 && (i.code === 'invalid_type' || i.code === 'invalid_value')),
  );
  return meant ? meant.flatMap((issue) => explain(issue, path, source, file, known)) : null;
}

function unionMessage(branches: readonly Issue[][], input: unknown): string {
  const values = branches.flatMap(([first]) => (first?.code === 'invalid_value' ? first.values.map(String) : []));
  const kinds = branches.flatMap(([first]) => (first?.code === 'invalid_type' ? [expectation(first.expected)] : []));
  const offer = [...(values.length > 0 ? [oneOf(values)] : []), ...kinds].join(', or ');
  return `must be ${offer}, not ${shown(input)}${typeof input === 'string' ? didYouMean(input, values) : ''}`;
}

const jsonSchemas = new WeakMap<z.ZodType, z.core.JSONSchema._JSONSchema>();

/** Ten milliseconds to make, and a file may hold thousands of unknown keys. */
function jsonSchemaOf(schema: z.ZodType): z.core.JSONSchema._JSONSchema {
  const made = jsonSchemas.get(schema) ?? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  jsonSchemas.set(schema, made);
  return made;
}

/** The keys that the schema knows at `path`, all branches of a union together. */
function knownKeys(schema: z.ZodType, path: Path): string[] {
  let nodes: z.core.JSONSchema._JSONSchema[] = [jsonSchemaOf(schema)];
  const spread = (node: z.core.JSONSchema._JSONSchema): z.core.JSONSchema._JSONSchema[] =>
    typeof node === 'boolean' ? [] : [node, ...[...(node.anyOf ?? []), ...(node.allOf ?? [])].flatMap(spread)];
  for (const part of path) {
    nodes = nodes.flatMap(spread).flatMap((node) => {
      if (typeof node === 'boolean') return [];
      const next = typeof part === 'number' ? node.items : node.properties?.[String(part)];
      return next === undefined ? [] : [next].flat();
    });
  }
  const keys = nodes.flatMap(spread).flatMap((node) => (typeof node === 'boolean' ? [] : Object.keys(node.properties ?? {})));
  return [...new Set(keys)];
}

function read(value: unknown, path: Path): unknown {
  let here = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.getOwnPropertyDescriptor(here, part)?.value;
  }
  return here;
}

function expectation(expected: string): string {
  const words: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'text',
    boolean: 'true or false',
    array: 'a list',
    object: 'a map',
    record: 'a map',
  };
  return words[expected] ?? expected;
}

function size(origin: string, bound: string, limit: number): string {
  if (origin === 'string')
    return limit === 1 && bound === 'at least' ? 'must not be empty' : `must have ${bound} ${limit} characters`;
  if (origin === 'array') return `must have ${bound} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `must be ${bound} ${limit}`;
}

function oneOf(values: string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
}

/** A value in a message: a text or number itself, else its kind. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? `"${short(value)}"` : kindOf(value);
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
