/** A command's input, a file or standard input: read, and its faults told. */
import { readFileSync, statSync } from 'node:fs';
import type { SessionsFault } from '../config/load-sessions.ts';
import { cleanText } from '../render/markdown.ts';
import { UsageFault } from './usage-fault.ts';

/** A longer one could not be held as one text. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Characters of one fault; a path can be long. */
const MAX_LINE = 1_000;

/** By the file's ending; standard input may be either. */
export function formatOf(file: string): 'json' | 'yaml' | 'either' {
  if (file === '-') return 'either';
  return /\.ya?ml$/i.test(file) ? 'yaml' : 'json';
}

/** The file's text; `-` is standard input. @throws {UsageFault} */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    const size = file === '-' ? 0 : statSync(file).size;
    if (size > MOST_BYTES) throw new UsageFault(`${file} has ${size} bytes; at most ${MOST_BYTES} are read.`);
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageFault(code === 'ENOENT' ? `there is no file ${file}.` : `${file} cannot be read (${code}).`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageFault(`${file} is not UTF-8 text; save it as UTF-8.`);
  }
}

/** One line a fault; the file's own words may hold anything. */
export function faultText(path: string, faults: SessionsFault[]): string {
  const file = path === '-' ? 'standard input' : path;
  const lines = faults.map(({ field, message, line }) => {
    const place = field.startsWith('[') ? `${file}${field}: ` : field === '' ? `${file} ` : `${file} ${field}: `;
    return cleanText(`${place}${message}${line === null ? '' : ` (line ${line})`}`, MAX_LINE);
  });
  return lines.length === 1 ? (lines[0] ?? '') : `${lines.length} faults\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
