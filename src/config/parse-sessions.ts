/** The text of a command's file, JSON or YAML, as a plain value; its lines are looked up only when something is wrong. */
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';

/** A bigger one is not walked a second time to find its lines. */
const LOCATED_CHARACTERS = 300_000;
/** Reading YAML takes some fifty times as long as JSON. */
const MOST_YAML_CHARACTERS = 8_000_000;
/** Expanding aliases may make a small file huge ("billion laughs"). */
const MAX_ALIASES = 100;

export type Parsed =
  | { value: unknown; lineOf(path: (string | number)[]): number | null }
  /** `line` counts from 1; null when unknown. */
  | { message: string; line: number | null };

/** Never throws. JSON is what begins with a bracket, unless `format` says which it is. `expected`: said of an empty file. */
export function parseSessions(
  whole: string,
  format: 'json' | 'yaml' | 'either',
  expected = 'a list of sessions is expected, [] when there are none',
): Parsed {
  const text = whole.replace(/^\uFEFF/, '');
  if (text.trim() === '') return { message: `is empty; ${expected}`, line: null };
  const yaml = format === 'yaml' || (format === 'either' && !/^\s*[[{]/.test(text));
  return yaml ? readYaml(text) : readJson(text);
}

function readJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return { value, lineOf: linesOf(text) };
  } catch (error) {
    return jsonFault(text, error instanceof Error ? error.message : String(error));
  }
}

/** JSON is YAML too, as far as lines go. */
function linesOf(text: string): (path: (string | number)[]) => number | null {
  if (text.length > LOCATED_CHARACTERS) return () => null;
  let walked: ReturnType<typeof documentOf> | null = null;
  return (path) => {
    walked ??= documentOf(text);
    return lineIn(walked.document, walked.lines, path);
  };
}

/** The engine's words, without the piece of the file that it repeats. */
function jsonFault(text: string, said: string): Parsed {
  const comma = /^Unexpected token '[\]}]'/.test(said) || /^Expected double-quoted/.test(said) ? /,\s*[\]}]/.exec(text) : null;
  if (comma) {
    const message = `is not valid JSON: a comma stands before ${JSON.stringify(comma[0].at(-1))}; take it out`;
    return { message, line: lineAt(text, comma.index) };
  }
  const position = / at position (\d+)/.exec(said);
  const end = text.trimEnd().length;
  const at = said.includes('end of JSON') ? end : position ? Math.min(end, Number(position[1])) : null;
  const reason = said.replace(/, (?:\.\.\.)?"[\s\S]*$| (?:in JSON )?at position [\s\S]*$| in JSON$/, '');
  return { message: `is not valid JSON: ${reason}`, line: at === null ? null : lineAt(text, at) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function readYaml(text: string): Parsed {
  if (text.length > MOST_YAML_CHARACTERS)
    return {
      message: `has ${text.length} characters of YAML; at most ${MOST_YAML_CHARACTERS} are read. Make it JSON`,
      line: null,
    };
  try {
    const { document, lines } = documentOf(text);
    const [error] = document.errors;
    if (error) return { message: `is not valid YAML: ${firstLine(error.message)}`, line: lines.linePos(error.pos[0]).line };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value, lineOf: (path) => lineIn(document, lines, path) };
  } catch (error) {
    // The library throws on unresolved and excessive aliases and when its recursion is exhausted.
    return { message: `is not valid YAML: ${firstLine(error instanceof Error ? error.message : String(error))}`, line: null };
  }
}

function documentOf(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  // uniqueKeys is off because the library compares every pair of keys: minutes for a hostile file.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  return { document, lines };
}

function lineIn(document: Document, lines: LineCounter, path: (string | number)[]): number | null {
  const node = document.getIn(path, true);
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : null;
}

function firstLine(message: string): string {
  if (message.includes('call stack')) return 'nested too deeply';
  return message.split('\n', 1)[0] ?? message;
}
