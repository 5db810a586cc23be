/** Variables for a prompt: from the command line, and from a file below them (B4). */
import { readYaml } from '../config/yaml-source.ts';
import { cleanText } from '../render/markdown.ts';
import { faultText, readText } from './input-file.ts';
import { UsageFault } from './usage-fault.ts';

/** By key as written; the command line's win, whatever the case. @throws {UsageFault} */
export function readVariables(pairs: readonly string[], file: string | null): Map<string, string> {
  const given = new Map<string, string>();
  for (const pair of pairs) {
    const [, key, value = ''] = /^([A-Za-z][A-Za-z0-9_-]*)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined) throw new UsageFault(`${JSON.stringify(cleanText(pair, 60))} is no KEY=value. See --help.`);
    if (given.has(key)) throw new UsageFault(`${key} is given twice.`);
    given.set(key, value);
  }
  const said = new Set([...given.keys()].map(plain));
  const kept = file === null ? [] : Object.entries(inFile(file)).filter(([key]) => !said.has(plain(key)));
  return new Map([...given, ...kept]);
}

function plain(key: string): string {
  return key.toUpperCase().replaceAll('-', '_');
}

/** @throws {UsageFault} */
function inFile(file: string): Record<string, string> {
  const read = readYaml(readText(file), file);
  if ('faults' in read) throw new UsageFault(faultText(file, read.faults));
  const { source } = read;
  const faults: string[] = [];
  const entries = Object.entries(source.value ?? {}).flatMap(([key, value]) => {
    const text = textOf(value);
    if (text !== null) return [[key, text] as const];
    faults.push(`${file} ${cleanText(key, 60)}: must be text, a number or a list of these (line ${source.locate([key]).line})`);
    return [];
  });
  if (faults.length > 0) throw new UsageFault(faults.join('\n  '));
  return Object.fromEntries(entries);
}

/** A list becomes one text: `id, customer, total`. Null when it is neither. */
function textOf(value: unknown): string | null {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.map((part) => (Array.isArray(part) ? null : textOf(part)));
  return parts.every((part) => part !== null) ? parts.join(', ') : null;
}
